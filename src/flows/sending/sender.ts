// One process's hands: for every channel with something due it claims, sends and settles, a few messages at a time.
// Channels do not wait for each other, and the due loop waits for none.
import { randomUUID } from 'node:crypto'
import * as deliveries from '#features/deliveries/deliveries.ts'
import { inTransaction } from '#platform/db/db.ts'
import type { DueSource } from '#platform/due/due.ts'
import type { House } from '#platform/house.ts'
import { announce, lockFor } from './announce.ts'
import { send } from './send.ts'
import type { SendingChannels } from './way-out.ts'

/** Messages of one channel under way at once, and of all channels together. */
const perChannel = 4
const atOnce = 16
/** A try that hangs is given up before its lease ends. */
const patience = 4 * 60_000

/** What a dead worker left is tried once more, or comes back to its author. */
async function giveBackLost({ db }: House, living: deliveries.Living): Promise<void> {
  for (const message of await deliveries.lostMessages(db, living))
    await inTransaction(db, async (tx) => {
      const settling = await lockFor(tx, message)
      await announce(tx, settling, await deliveries.giveBack(tx, message, living), living.now)
    })
}

export function openSender(house: House, channels: SendingChannels): DueSource {
  const by = randomUUID()
  const lanes = new Map<string | null, Set<Promise<void>>>()
  const stopping = new AbortController()
  const messages = new Set<string>()
  const underWay = () => [...lanes.values()].reduce((sum, lane) => sum + lane.size, 0)

  /** Works through a channel until nothing of it is due. */
  async function work(channel: string | null): Promise<void> {
    while (!stopping.signal.aborted) {
      const claim = await deliveries.claim(house.db, { channel, by, now: house.clock.now() })
      if (!claim) return
      const signal = AbortSignal.any([stopping.signal, AbortSignal.timeout(patience)])
      messages.add(claim.message)
      await send(house, channels, claim, signal).finally(() => messages.delete(claim.message))
    }
  }
  function start(channel: string | null): void {
    const lane = lanes.get(channel) ?? new Set()
    lanes.set(channel, lane)
    const working = work(channel)
      .catch((error) => house.log.error('sending', { channel, error }))
      .finally(() => lane.delete(working))
    lane.add(working)
  }
  const source: DueSource = async (now) => {
    if (stopping.signal.aborted) return 0
    await giveBackLost(house, { now, alive: by, underWay: [...messages] })
    for (const channel of await deliveries.dueChannels(house.db, now))
      if ((lanes.get(channel)?.size ?? 0) < perChannel && underWay() < atOnce) start(channel)
    // What is under way shows in the rows; nobody needs to wait for it here.
    return 0
  }
  source.close = async () => {
    stopping.abort()
    await Promise.all([...lanes.values()].flatMap((lane) => [...lane]))
  }
  return source
}
