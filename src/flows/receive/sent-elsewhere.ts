// While a team still answers from its old mail program, the folder of sent mail is watched: such an answer is ours, has left
// already, and means for its conversation what a reply means.
import * as conversations from '#features/conversations/conversations.ts'
import * as deliveries from '#features/deliveries/deliveries.ts'
import { append } from '#platform/events/events.ts'
import { doAfterwards } from '../sending/afterwards.ts'
import type { Author } from './identify.ts'
import type { Around } from './look-around.ts'
import type { Receiving } from './receiving.ts'

/** Mail from us to us: nobody outside has got it. */
export const isAmongUs = ({ message }: Receiving, { ownInboxes, agents }: Around): boolean =>
  [...message.to, ...message.cc].every(({ address }) => ownInboxes.has(address) || agents.has(address))

/** Recorded as sent; the conversation waits for the customer, with its author where nobody has it. */
export async function noteSentElsewhere(
  { tx, entry, message, now }: Receiving,
  row: conversations.ConversationRow,
  item: string,
  { actor }: Author,
): Promise<void> {
  const recipients = new Map<string, 'to' | 'cc'>([
    ...message.cc.map(({ address }) => [address, 'cc'] as const),
    ...message.to.map(({ address }) => [address, 'to'] as const),
  ])
  await deliveries.noteSent(tx, {
    message: item,
    channel: entry.channel,
    recipients: [...recipients].map(([address, role]) => ({ address, role })),
    at: now,
  })
  const told = { conversation: row.id, item, at: now, actor }
  await append(tx, { ...told, kind: 'message_sent', after: { recipients: [...recipients.keys()] } })
  if (message.automatic || row.merged_into || row.category === 'closed') return
  const status = await conversations.statusNamed(tx, 'pending', 'status')
  const then = actor.id ? { status } : { status, assignee: row.assignee }
  await doAfterwards(tx, row, then, actor.id ?? '', { actor, at: now })
}
