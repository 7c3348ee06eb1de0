// Keep, then hand over. A door gives a message here and may let its source forget it as soon as `receive` answers;
// what becomes of it is worked out by lanes beside each other, in this process or, when it only has doors, in another.
import type { Remote } from '#channels/channel.ts'
import * as ledger from '#features/ledger/ledger.ts'
import { type Db, inTransaction } from '#platform/db/db.ts'
import type { House } from '#platform/house.ts'
import { openReceiving } from '../receive-message.ts'
import { openKeeper } from './keeper.ts'
import { openLanes } from './lanes.ts'
import type { ReadChannel, Settled, Wish } from './receiving.ts'

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
  remote: Remote | null
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
  /** Keeps several in one transaction with what their source must know of it (its position). */
  receiveTogether(messages: AtTheDoor[], alongside: (tx: Db) => Promise<void>): Promise<Receipt[]>
  /** Works once more on a message that found no place, from its source, as a person wishes. */
  again(entry: ledger.Entry, wish: Wish | null): Promise<Settled | null>
  /** Takes up what is due: other processes' messages, next tries, what a process left when it died. */
  sweep(now: Date): Promise<number>
  /** Until nothing is in hand. */
  rest(): Promise<void>
  close(): Promise<void>
}

interface Prepared {
  raw: Uint8Array
  kind: string | null
  arrivals: ledger.Arrival[]
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

/**
 * Every try is counted before it is made and every failure noted after it, the last one as quarantined. More tries
 * than that, and the process ended with each: the message is put aside before it ends this one, too.
 */
const isDeadly = ({ tries }: ledger.Entry) => tries > ledger.maxTries * 2
async function putAside({ db, clock, log }: House, { id, tries }: ledger.Entry): Promise<Settled> {
  const reason = 'No try came to an end'
  log.warn('mail put aside', { ledger: id, tries })
  await ledger.quarantine(db, { id, tries, reason, at: clock.now() })
  return { outcome: 'quarantined', reason, conversation: null, item: null }
}

export function openReceiver(
  house: House,
  { channel, lanes: width = 24, works, onLeft }: ReceiverOptions,
): Receiver {
  const keeper = openKeeper(house.db)
  const work = openReceiving(house, channel)
  const lanes = openLanes({
    width,
    work: (entry, raw) => (isDeadly(entry) ? putAside(house, entry) : work(entry, raw)),
    claim: (limit) => ledger.claimDue(house.db, house.clock.now(), limit),
    onError: (error) => house.log.error('lane', { error }),
  })
  /** The bytes go to disk; what the ledger must know of the message comes back, an arrival per inbox. */
  async function prepare({ raw, inboxes, wait = false, kind, ...rest }: AtTheDoor): Promise<Prepared> {
    const inHand = wait || (works && lanes.hasRoom())
    const sha256 = await house.files.keep(raw)
    const receivedAt = house.clock.now()
    const arrivals = inboxes.map((inbox) => ({
      ...rest,
      inbox,
      sha256,
      size: raw.length,
      receivedAt,
      inHand,
    }))
    return { raw, kind, arrivals }
  }
  function handOver({ raw, kind, arrivals }: Prepared, kept: ledger.Kept[]): Receipt[] {
    return kept.map(({ ledger: id, fresh }, i) => {
      const { inbox, inHand, sha256, ...arrival } = arrivals[i]!
      if (!inHand && fresh) onLeft?.()
      if (!inHand || !fresh) return { ledger: id, inbox, fresh, settled: null }
      const entry = { ...arrival, id, kind, inbox, sha256: Buffer.from(sha256), tries: 1 }
      return { ledger: id, inbox, fresh, settled: lanes.take(entry, raw) }
    })
  }
  return {
    async receive(message) {
      const prepared = await prepare(message)
      return handOver(prepared, await keeper.keep(prepared.arrivals))
    },
    async receiveTogether(messages, alongside) {
      const prepared = await Promise.all(messages.map(prepare))
      const kept = await inTransaction(house.db, async (tx) => {
        await alongside(tx)
        return ledger.keep(
          tx,
          prepared.flatMap((one) => one.arrivals),
        )
      })
      return prepared.flatMap((one) => handOver(one, kept.splice(0, one.arrivals.length)))
    },
    again: (entry, wish) => work(entry, undefined, wish),
    sweep: async () => (works ? lanes.sweep() : 0),
    rest: lanes.rest,
    close: lanes.close,
  }
}
