import type { OpenedConversation } from '../conversations.contract.ts'

/** What both writing boxes are told. */
export interface BoxProps {
  conversation: OpenedConversation
  focusAsked: number
  lastSeen: () => string | null
  onNewer: (ids: string[]) => void
}
