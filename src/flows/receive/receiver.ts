// Keep, then hand over. A door gives a message here and may let its source forget it as soon as `receive` answers;
// what becomes of it is worked out by lanes beside each other, in this process or, when it only has doors, in another.
import * as ledger from '#features/ledger/ledger.ts'
import type { House } from '#platform/house.ts'
import { receiveMessage } from '../receive-message.ts'
import { openKeeper } from './keeper.ts'
import { openLanes } from './lanes.ts'
import type { ReadChannel, Settled } from './receiving.ts'

/** A message at a door; one that several inboxes are addressed by is one entry in the ledger for each. */
export interface AtTheDoor {
  door: ledger.Arrival['door']
  channel: string | null
  /** the channel's kind; null: mail */
  kind: string | null
  inboxes: string[]
  /** names it at its source; null where the door has no such name */
  sourceKey: string | null
  raw: Uint8Array
  envelopeFrom: string | null
  envelopeTo: string[]
  mode: 'live' | 'history'
  remote: { address?: string; helo?: string } | null
  /** the caller waits for the outcome: it is worked on here whatever this process is for */
  wait?: boolean
}
export interface Receipt {
  ledger: string
  inbox: string
  /** false: its source had brought it before */
  fresh: boolean
  /** null: it is not worked on here */
  settled: Promise<Settled | null> | null
}

export interface Receiver {
  /** Answers when the message is kept for good. Throws when it cannot be kept. */
  receive(message: AtTheDoor): Promise<Receipt[]>
  /** Takes up what is due: other processes' messages, next tries, what a process left when it died. */
  sweep(now: Date): Promise<number>
  /** Until nothing is in hand. */
  rest(): Promise<void>
  close(): Promise<void>
}

export interface ReceiverOptions {
  channel: ReadChannel
  /** messages worked on beside each other */
  lanes?: number
  /** false: this process only keeps; others are told and do the rest */
  works: boolean
  /** something waits for another process */
  onLeft?(): void
}

export function openReceiver(
  house: House,
  { channel, lanes: width = 6, works, onLeft }: ReceiverOptions,
): Receiver {
  const keeper = openKeeper(house.db)
  const lanes = openLanes({
    width,
    work: (entry, raw) => receiveMessage(house, channel, entry, raw),
    claim: (limit) => ledger.claimDue(house.db, house.clock.now(), limit),
    onError: (error) => house.log.error('lane', { error }),
  })
  return {
    async receive(message) {
      const inHand = (works || message.wait === true) && (message.wait === true || lanes.hasRoom())
      const sha256 = await house.files.keep(message.raw)
      const receivedAt = house.clock.now()
      const { raw, inboxes, wait, kind, ...rest } = message
      const arrivals = inboxes.map((inbox) => ({
        ...rest,
        inbox,
        sha256,
        size: raw.length,
        receivedAt,
        inHand,
      }))
      const kept = await keeper.keep(arrivals)
      if (!inHand) onLeft?.()
      return kept.map(({ ledger: id, fresh }, i): Receipt => {
        const { inbox, door, channel, envelopeFrom, envelopeTo, mode, remote } = arrivals[i]!
        const entry = {
          id,
          door,
          channel,
          kind,
          inbox,
          sha256,
          envelopeFrom,
          envelopeTo,
          mode,
          remote,
          receivedAt,
          tries: 1,
        }
        return { ledger: id, inbox, fresh, settled: fresh && inHand ? lanes.take(entry, raw) : null }
      })
    },
    sweep: async () => (works ? lanes.sweep() : 0),
    rest: lanes.rest,
    close: lanes.close,
  }
}
