import { Suspense } from 'react'
import { lazily } from '#console/kit/lazily.ts'

const Form = lazily(async () => (await import('./NewConversationForm.tsx')).NewConversationForm)

/** A conversation begun by an agent on a customer's behalf. Fetched when asked for. */
export const NewConversation = ({ onClose }: { onClose: () => void }) => (
  <Suspense>
    <Form onClose={onClose} />
  </Suspense>
)
