import type { DraftInHand } from '#features/drafts/ui/useDraft.ts'
import type { BoxProps, ComposerTab } from './boxProps.ts'
import { WaitingReplies } from './WaitingReplies.tsx'
import { WhoWrites } from './WhoWrites.tsx'

/** What one should know before writing: who else does, and what of ours still waits to leave. */
export function BeforeWriting({ conversation, draft }: BoxProps & { draft: DraftInHand; tab: ComposerTab }) {
  return (
    <>
      <WaitingReplies conversation={conversation} draft={draft} />
      <WhoWrites conversation={conversation} draft={draft} />
    </>
  )
}
