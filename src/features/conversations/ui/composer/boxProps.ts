import type { RefObject } from 'react'
import type { DraftInHand } from '#features/drafts/ui/useDraft.ts'
import type { Item, OpenedConversation } from '../../conversations.contract.ts'

export type ComposerTab = 'reply' | 'comment' | 'forward'

/** What the writing boxes are told. */
export interface BoxProps {
  conversation: OpenedConversation
  focusAsked: number
  lastSeen: () => string | null
  /** What one wrote oneself one has seen; `all`: and whatever came before it. */
  onSeen: (item: Item, all?: boolean) => void
  onNewer: (ids: string[]) => void
}
export interface DraftBoxProps extends BoxProps {
  draft: DraftInHand
  /** The composer: files may be dropped anywhere in the conversation around it. */
  place: RefObject<HTMLElement | null>
}
