import type { DraftInHand } from '#features/drafts/ui/useDraft.ts'
import type { Item } from '../../conversations.contract.ts'
import type { BoxProps } from './boxProps.ts'
import { NewsLine } from './NewsLine.tsx'
import { WaitingReplies } from './WaitingReplies.tsx'
import { Watched, WhoWrites } from './WhoWrites.tsx'

/** What one should know before writing: who else does, and what of ours still waits to leave, and what was said meanwhile. */
export function BeforeWriting({
  conversation,
  draft,
  news,
  onNewer,
  onWrite,
}: BoxProps & { draft: DraftInHand; news: readonly Item[]; onWrite: () => void }) {
  return (
    <>
      <NewsLine news={news} onLook={onNewer} />
      <WaitingReplies conversation={conversation} />
      <WhoWrites conversation={conversation} onWrite={onWrite} />
      <Watched number={conversation.number} draft={draft} />
    </>
  )
}
