// One mail of a consult leaves: as a job, tried again until the server says yes or no. What may not leave is looked at
// once more here: the person may have joined the customer's side since he was asked.
import type { OutgoingAttachment, OutgoingMessage } from '#channels/channel.ts'
import { compose } from '#channels/email/compose.ts'
import { consultAddress, loopId } from '#channels/email/tokens.ts'
import { defaultSettings, type Settings } from '#features/agents/agents.contract.ts'
import * as connections from '#features/connections/connections.ts'
import * as consults from '#features/consults/consults.ts'
import * as conversations from '#features/conversations/conversations.ts'
import * as outbox from '#features/outbox/outbox.ts'
import { type Db, inTransaction } from '#platform/db/db.ts'
import { system } from '#platform/events/events.ts'
import type { House } from '#platform/house.ts'
import { languageOf } from '#platform/texts/texts.ts'
import { type SendingChannels, wayOut } from '../sending/way-out.ts'
import { writeLetter } from './letter.ts'

/** A minute and a half: a job runs as long as this at the most. */
const patience = 90_000

/** @throws when the server is away: the job is tried again */
export async function postConsultMail(house: House, channels: SendingChannels, id: string): Promise<void> {
  const { db } = house
  const [mail] = await consults.mailsById(db, [id])
  if (!mail || mail.sent_at || mail.failed_at || mail.consult.state !== 'open') return
  const row = await inTransaction(db, (tx) => conversations.survivor(tx, mail.consult.conversation))
  if (!row) return
  const [customer] = await consults.onTheOtherSide(db, row, [mail.address])
  if (customer) return fail(house, mail, row.id, 'is_customer')
  const message = await messageOf(house, mail, row)
  if (!message) return
  const { channel } = await wayOut(db, row.inbox, null)
  const [connection] = channel ? await connections.openConnections(db, house.secrets, { id: channel }) : []
  if (channel && !connection) throw new Error('the channel is switched off')
  const way = channels('mail')
  if (!connection || way.canDeliver?.(connection) === false) return keep(house, mail.id, message)
  const [outcome] = await way.deliver(message, [mail.address], connection, AbortSignal.timeout(patience))
  if (outcome?.outcome === 'failed') return fail(house, mail, row.id, outcome.text)
  if (outcome?.outcome === 'retry') throw new Error(outcome.text || 'not now')
  await consults.noteSent(db, mail.id, house.clock.now())
}

async function keep(house: House, mail: string, message: OutgoingMessage): Promise<void> {
  const source = await compose(message)
  await inTransaction(house.db, async (tx) => {
    await consults.noteSent(tx, mail, house.clock.now())
    await outbox.keep(tx, { message, recipients: [message.to[0]!.address], source, asks: true })
  })
}

/** It shows in the conversation, and its asker is told. */
export async function fail(
  house: House,
  mail: consults.ConsultMail,
  conversation: string,
  said: string,
): Promise<void> {
  await inTransaction(house.db, (tx) => tellFailed(tx, mail, conversation, said, house.clock.now()))
}

export async function tellFailed(
  tx: Db,
  { id, address, name, consult }: consults.ConsultMail,
  conversation: string,
  said: string,
  at: Date,
): Promise<void> {
  const row = await conversations.survivor(tx, conversation)
  if (!row || !(await consults.noteFailed(tx, id, said, at))) return
  await conversations.changeLocked(tx, row, {
    at,
    actor: system,
    kind: 'consult_undelivered',
    set: {},
    after: { consult: consult.id, to: name ?? address, asker: consult.asked_by, said },
    item: consult.question,
    always: true,
  })
}

async function messageOf(
  house: House,
  mail: consults.ConsultMail,
  { id, inbox }: conversations.ConversationRow,
): Promise<OutgoingMessage | null> {
  const { db, secrets } = house
  const { consult } = mail
  const question = await db
    .selectFrom('comments')
    .select(['text', 'html', 'origin'])
    .where('id', '=', consult.question)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  if (!question) return null
  const desk = await db
    .selectFrom('inboxes')
    .select(['address', 'plus_addressing'])
    .where('id', '=', inbox)
    .executeTakeFirstOrThrow()
  const asker = await readerOf(db, consult.asked_by)
  const reader = mail.agent ? await readerOf(db, mail.agent) : asker
  const letter = await writeLetter(house, db, {
    conversation: id,
    home: question.origin,
    asker: consult.asker,
    text: question.text,
    html: question.html?.includes('<img') ? null : question.html,
    include: consult.include,
    answerBy: consult.answer_by,
    kind: mail.kind,
    mail: mail.id,
    ...reader,
  })
  const from = { name: `${consult.asker} via Foyer`, address: desk.address }
  const token = desk.plus_addressing ? consultAddress(secrets, desk.address, mail.id) : null
  return {
    id: '0',
    conversation: id,
    at: mail.at,
    messageId: mail.message_id,
    inReplyTo: null,
    references: [],
    from,
    replyTo: token ? { name: from.name, address: token } : null,
    to: [{ name: mail.name, address: mail.address }],
    cc: [],
    ...letter,
    attachments: mail.kind === 'question' ? await filesOf(house, id, consult) : [],
    headers: { 'X-Loop': loopId(secrets) },
    envelopeFrom: token ?? desk.address,
  }
}

async function readerOf(db: Db, agent: string): Promise<{ language: string; timeZone: string }> {
  const { settings } = await db
    .selectFrom('agents')
    .select('settings')
    .where('id', '=', agent)
    .executeTakeFirstOrThrow()
  const { language, timeZone } = { ...defaultSettings, ...(settings as Partial<Settings>) }
  return { language: languageOf(language ?? undefined), timeZone: timeZone ?? 'UTC' }
}

/** The asker's own files, and those of the conversation he chose; nothing that is sealed. */
async function filesOf(
  house: House,
  conversation: string,
  { question, include }: consults.ConsultRow,
): Promise<OutgoingAttachment[]> {
  const rows = await chosenFiles(house.db, conversation, question, include.attachments ?? [])
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    type: row.type,
    size: Number(row.size),
    contentId: null,
    url: '',
    open: () => house.files.stream(row.file),
  }))
}

export const chosenFiles = (db: Db, conversation: string, question: string | null, chosen: string[]) =>
  db
    .selectFrom('attachments as t')
    .leftJoin('messages as m', 'm.id', 't.message')
    .leftJoin('comments as c', 'c.id', 't.comment')
    .select(['t.id', 't.name', 't.type', 't.size', 't.file'])
    .where('t.seal', 'is', null)
    .where((where) =>
      where.or([
        where('t.comment', '=', question),
        where.and([
          where('t.id', 'in', chosen.length > 0 ? chosen : [null]),
          where.or([where('m.conversation', '=', conversation), where('c.conversation', '=', conversation)]),
        ]),
      ]),
    )
    .orderBy('t.id')
    .execute()
