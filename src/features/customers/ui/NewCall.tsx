import { useNavigate } from '@tanstack/react-router'
import { Suspense, useState } from 'react'
import { useCommands } from '#console/commands/useCommands.ts'
import { lazily } from '#console/kit/lazily.ts'
import { goCustomers, newCall } from './commands.ts'

const Form = lazily(async () => (await import('./NewCallForm.tsx')).NewCallForm)

/** What of customers works everywhere on the desk: the call that is noted down, and the way to the list. */
export function NewCall() {
  const [open, setOpen] = useState(false)
  const navigate = useNavigate()
  useCommands([
    { command: newCall, run: () => setOpen(true) },
    { command: goCustomers, run: () => void navigate({ to: '/customers' }) },
  ])
  return <Suspense>{open && <Form onClose={() => setOpen(false)} />}</Suspense>
}
