import type { Item, OpenedConversation } from '../conversations.contract.ts'

/** What both writing boxes are told. */
export interface BoxProps {
  conversation: OpenedConversation
  focusAsked: number
  lastSeen: () => string | null
  /** What one sent oneself one has seen. */
  onSeen: (item: Item) => void
  onNewer: (ids: string[]) => void
}
