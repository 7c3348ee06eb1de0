import { useState } from 'react'
import { defineCommand } from '#console/commands/registry.ts'
import { useCommand } from '#console/commands/useCommands.ts'
import { onDemandAlone } from '#console/kit/onDemand.tsx'
import type { PrintDialogProps } from './PrintDialog.tsx'

const PrintDialog = onDemandAlone<PrintDialogProps>(
  async () => (await import('./PrintDialog.tsx')).PrintDialog,
)

/** Ctrl+P on paper gives the conversation, not the desk around it. */
export const printConversation = defineCommand({
  id: 'conversation.print',
  text: 'timeline:print',
  group: 'conversation',
  when: 'conversation',
  keys: ['Mod+p'],
  icon: 'print',
})

export function Printing({ number }: { number: number }) {
  const [open, setOpen] = useState(false)
  useCommand(printConversation, () => setOpen(true))
  return <PrintDialog number={number} open={open} onOpenChange={setOpen} />
}
