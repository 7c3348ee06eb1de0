// What became of a message is an event; what failed comes back to its author.
import type { DeliveryOutcome } from '#channels/channel.ts'
import * as conversations from '#features/conversations/conversations.ts'
import * as deliveries from '#features/deliveries/deliveries.ts'
import type { Db } from '#platform/db/db.ts'
import { append, system } from '#platform/events/events.ts'

export interface Settling {
  sending: deliveries.Sending
  row: conversations.ConversationRow
}

/** The conversation is locked before its deliveries, as everywhere; a merge may take the message elsewhere meanwhile. */
export async function lockFor(tx: Db, message: string): Promise<Settling> {
  for (let sending = await deliveries.sendingOf(tx, message); ; ) {
    const row = await conversations.lock(tx, sending.conversation)
    sending = await deliveries.sendingOf(tx, message)
    if (sending.conversation === row.id) return { sending, row }
  }
}

export async function announce(
  tx: Db,
  settling: Settling,
  { sent, failed, waiting }: deliveries.Settled,
  at: Date,
): Promise<void> {
  const { sending } = settling
  const told = { conversation: sending.conversation, item: sending.message, at, actor: system }
  const names = (list: { recipient: string }[]) => list.map(({ recipient }) => recipient)
  if (sent.length > 0) await append(tx, { ...told, kind: 'message_sent', after: { recipients: names(sent) } })
  if (waiting.length > 0)
    await append(tx, {
      ...told,
      kind: 'delivery_delayed',
      after: { recipients: names(waiting), ...wordsOf(waiting) },
    })
  if (failed.length > 0)
    await bringBack(tx, settling, 'delivery_failed', { recipients: names(failed), ...wordsOf(failed) }, at)
}

/** The server's words, or ours as a key: they become words for whoever reads the event. */
const wordsOf = ([first]: DeliveryOutcome[]) => (first?.own ? { own: first.own } : { text: first?.text })

/** The customer has not got it: open again, awake, with its author where nobody has it. */
export async function bringBack(
  tx: Db,
  { sending, row }: Settling,
  kind: 'delivery_failed' | 'delivery_bounced' | 'reply_held',
  after: Record<string, unknown>,
  at: Date,
): Promise<void> {
  const asleep = row.category === 'pending' || row.category === 'solved'
  const set: conversations.ConversationFields =
    row.category === 'closed' || row.merged_into
      ? {}
      : {
          ...(asleep ? conversations.asCategory(row, 'open', system, at) : {}),
          assignee: row.assignee ?? sending.agent,
          snoozed_until: null,
          snoozed_by: null,
        }
  await conversations.changeLocked(tx, row, {
    at,
    actor: system,
    kind,
    item: sending.message,
    set,
    after,
    always: true,
  })
}
