import type { DraftInHand } from '#features/drafts/ui/useDraft.ts'
import type { BoxProps } from './boxProps.ts'
import { WaitingReplies } from './WaitingReplies.tsx'
import { Watched, WhoWrites } from './WhoWrites.tsx'

/** What one should know before writing: who else does, and what of ours still waits to leave. */
export function BeforeWriting({
  conversation,
  draft,
  onWrite,
}: BoxProps & { draft: DraftInHand; onWrite: () => void }) {
  return (
    <>
      <WaitingReplies conversation={conversation} />
      <WhoWrites conversation={conversation} onWrite={onWrite} />
      <Watched number={conversation.number} draft={draft} />
    </>
  )
}
