// A reply that waits (the undo window, "send later") is held when somebody outside writes before it has left: its author
// is asked. Seen when the news comes in, and once more when the reply is due, both under the conversation's lock: one
// of the two comes second and sees the other.
import type { Channel } from '#channels/channel.ts'
import * as conversations from '#features/conversations/conversations.ts'
import * as deliveries from '#features/deliveries/deliveries.ts'
import type { Db } from '#platform/db/db.ts'
import { bringBack, type Settling } from './announce.ts'
import { hasNews } from './guard.ts'
import { wayOut } from './way-out.ts'

/** What each kind of channel obeys. */
type Channels = (kind: string) => Pick<Channel, 'limits'>

/** @returns whether there is news: then it waits for a person */
export async function stopAtNews(
  tx: Db,
  channels: Channels,
  settling: Settling,
  now: Date,
): Promise<boolean> {
  const { sending, row } = settling
  if (!sending.unlessCustomerWrites) return false
  const { kind } = await wayOut(tx, row.inbox, row.channel)
  if (!(await hasNews(tx, sending, channels(kind).limits.guardsCustomerMessages))) return false
  if (await deliveries.hold(tx, sending.message)) await bringBack(tx, settling, 'reply_held', {}, now)
  return true
}

/** Something came into a conversation that is locked: whatever waits in it to leave is looked at. */
export async function stopWaiting(
  tx: Db,
  channels: Channels,
  conversation: string,
  now: Date,
): Promise<void> {
  for (const message of await deliveries.waitingIn(tx, conversation)) {
    const sending = await deliveries.sendingOf(tx, message)
    await stopAtNews(tx, channels, { sending, row: await conversations.lock(tx, conversation) }, now)
  }
}
