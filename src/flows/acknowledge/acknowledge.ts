// "We have your message", as far as an inbox wants it. A machine that answers can meet another that does: all of RFC
// 3834, and more, keeps the two silent. Asked again under the conversation's lock, by a job of its own per message.

import { mailLimits } from '#channels/email/limits.ts'
import { newMessageId } from '#channels/email/tokens.ts'
import * as conversations from '#features/conversations/conversations.ts'
import * as deliveries from '#features/deliveries/deliveries.ts'
import { type Db, inTransaction, lockInTransaction, lockSpace } from '#platform/db/db.ts'
import { system } from '#platform/events/events.ts'
import type { Follower } from '#platform/events/follow.ts'
import type { House } from '#platform/house.ts'
import { addJob } from '#platform/jobs/jobs.ts'
import { text as say } from '#platform/texts/texts.ts'
import { deskOf, replySubject } from '../sending/letter.ts'
import { threadOf } from '../sending/thread.ts'
import { wayOut } from '../sending/way-out.ts'
import { wordsOf } from '../sending/words.ts'
import { type Asking, askingFor, wanted } from './may-answer.ts'

/**
 * Hears of every message; a job for each that an inbox may want to acknowledge and whose sender has not asked machines
 * to be silent (X-Auto-Response-Suppress).
 */
export const acknowledgeFollower: Follower = {
  kinds: ['message_received'],
  wants: ({ item, after: told }) =>
    item !== null && told.automatic === null && told.silent !== true && told.noAutoAnswer !== true,
  from: 'now',
  async react(tx, events) {
    const items = events.map(({ item }) => item!)
    for (const message of await wanted(tx, items)) await addJob(tx, 'acknowledge', { message })
  },
}

export async function acknowledge(house: House, message: string): Promise<boolean> {
  return inTransaction(house.db, async (tx) => {
    const asked = await askedIn(tx, message)
    if (!asked) return false
    const row = await conversations.lock(tx, asked.conversation)
    // One at a time to an address: what it was told is counted over all its conversations.
    await lockInTransaction(tx, lockSpace.told, asked.address)
    const asking = await askingFor(tx, message, house.clock.now())
    if (asking) await answer(tx, house, row, asking)
    return asking !== null
  })
}

async function askedIn(tx: Db, message: string): Promise<{ conversation: string; address: string } | null> {
  const row = await tx
    .selectFrom('messages')
    .select(['conversation', 'author_address'])
    .where('id', '=', message)
    .executeTakeFirst()
  return row ? { conversation: row.conversation, address: row.author_address?.toLowerCase() ?? '' } : null
}

async function answer(tx: Db, house: House, row: conversations.ConversationRow, asking: Asking) {
  const now = house.clock.now()
  const way = await wayOut(tx, row.inbox, row.channel)
  const desk = await deskOf(tx, row.id, null)
  const { inbox, language } = desk
  const thread = await threadOf(tx, row.id, row.last_position + 1)
  const words = wordsOf(
    { text: asking.text?.trim() || say(language, 'acknowledgement:text', { inbox: inbox.name }) },
    mailLimits,
  )
  const { message } = await conversations.append(
    tx,
    row,
    {
      ...words,
      // What the customer said last stays what lists show.
      preview: row.preview,
      direction: 'out',
      medium: 'mail',
      channel: way.channel,
      at: now,
      author: { ...system, name: inbox.name, address: null },
      automatic: 'acknowledgement',
      subject: asking.proved
        ? replySubject(asking.subject || row.subject)
        : say(language, 'acknowledgement:subject'),
      from: { name: inbox.name, address: inbox.address },
      to: [{ name: asking.name, address: asking.address }],
      cc: [],
      messageId: newMessageId(house.secrets, row.id, inbox.address.split('@').at(-1) ?? 'localhost'),
      inReplyTo: thread.inReplyTo,
      attachments: [],
    },
    { now },
  )
  await deliveries.plan(tx, {
    message,
    channel: way.channel,
    kind: 'acknowledgement',
    agent: null,
    recipients: [{ address: asking.address, role: 'to' }],
    state: 'queued',
    dueAt: now,
    quote: 'none',
  })
}
