import type { ConversationRow } from '#features/conversations/conversations.ts'
import type { Around } from '../look-around.ts'
import type { Receiving } from '../receiving.ts'

export interface Finder {
  name: 'ongoing' | 'reply_token' | 'our_id' | 'known_id' | 'marker' | 'number'
  /** signed: it decides whoever sends; else only somebody who is on the conversation already joins it */
  signed: boolean
  /** it can be guessed: forged mail joins nothing by it, and an agent's address must be proven */
  guessable?: true
  candidates(receiving: Receiving, around: Around): string[]
}
export interface Found {
  conversation: ConversationRow
  by: Finder['name'] | 'person'
  /** the merged conversation it was named by: should that be undone, the message goes back with it */
  via?: string | null
}
