import { Suspense, useEffect } from 'react'
import { lazily } from '#console/kit/lazily.ts'
import { Skeleton } from '#console/kit/States.tsx'
import type { Conversation } from '#features/conversations/conversations.contract.ts'

const load = async () => (await import('./WhoPanel.tsx')).WhoPanel
const Panel = lazily(load)

/** The person on the other side; fetched beside the conversation, which is painted first. */
export function Who({ conversation }: { conversation: Conversation }) {
  useEffect(() => void load().catch(() => {}), [])
  return (
    <Suspense fallback={<Skeleton lines={4} />}>
      <Panel conversation={conversation} />
    </Suspense>
  )
}
