import type { Channel, IncomingMessage } from '#channels/channel.ts'
import type { Entry } from '#features/ledger/ledger.ts'
import type { Db } from '#platform/db/db.ts'
import type { House } from '#platform/house.ts'
import type { KeptAttachment } from './keep-attachments.ts'

export type ReadChannel = (kind: string) => Pick<Channel, 'read' | 'limits'>

/** What became of a message; `outcome` is one of the ledger's words. */
export interface Settled {
  outcome: 'threaded' | 'started' | 'comment' | 'bounce' | 'ignored' | 'failed' | 'quarantined'
  reason: string | null
  conversation: string | null
  /** the message's id */
  item: string | null
}
/** Said by a person in the mail log: a conversation of its own, or this one. */
export type Wish = { do: 'start' } | { do: 'join'; conversation: string }

/** A message that is kept and read. */
export interface Arrived {
  entry: Entry
  message: IncomingMessage
  attachments: KeptAttachment[]
  /** a person said where it belongs */
  wish: Wish | null
}
/** What every step works with. */
export interface Receiving extends Arrived {
  tx: Db
  house: House
  channel: ReadChannel
  /** this try's time, by our clock */
  now: Date
}

export interface Placed {
  outcome: 'threaded' | 'started' | 'comment' | 'bounce' | 'ignored' | 'quarantined'
  conversation: string | null
  /** the merged conversation by which it came here */
  via?: string | null
  item: string | null
  reason?: string | null
  duplicateOf?: string | null
  verdict?: Record<string, unknown>
}
export type PlacedInConversation = Placed & { conversation: string; item: string }
