import Type from 'typebox'
import { consultMessageId } from '#channels/email/tokens.ts'
import { defaultSettings, type Settings } from '#features/agents/agents.contract.ts'
import { ConsultLetter, type ConsultTo, NewConsult } from '#features/consults/consults.contract.ts'
import * as consults from '#features/consults/consults.ts'
import { Comment, Consult, Conversation } from '#features/conversations/conversations.contract.ts'
import * as conversations from '#features/conversations/conversations.ts'
import { after, hours } from '#platform/clock/clock.ts'
import { type Db, inTransaction } from '#platform/db/db.ts'
import { type FieldError, Refusal, refuse, refuseField } from '#platform/errors/refuse.ts'
import type { House } from '#platform/house.ts'
import { htmlToText } from '#platform/html/html-to-text.ts'
import { safeHtml } from '#platform/html/safe-html.ts'
import { type App, callerOf } from '#platform/http/http.ts'
import { answerOnce } from '#platform/http/idempotency.ts'
import { addJob } from '#platform/jobs/jobs.ts'
import { Id, Time } from '../../shared/wire.ts'
import { readMailbox } from '../sending/recipients.ts'
import { domainOf, writeLetter } from './letter.ts'
import { chosenFiles } from './post.ts'

const tags = ['Consults']
const params = Type.Object({
  number: Type.String({ pattern: '^[0-9]{1,18}$', description: "the conversation's number" }),
})
/** So long somebody has who was given no time. */
const usual = hours(4)

/** Questions to people inside and to partners outside. */
export function addConsultRoutes(app: App, house: House): void {
  app.post(
    '/api/v1/conversations/:number/consults',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'Ask somebody inside, or a partner: by mail, answered as a comment',
        description: `The question becomes a comment that the customer never sees, and a mail to each person. 422 where an
address is the customer's (is_customer) or one of ours (is_ours); 409 already_asked and outside_address ask once more.`,
        tags,
        params,
        body: NewConsult,
        response: { 201: Comment },
      },
    },
    async (request, reply) =>
      answerOnce(house, request, reply, 201, async (tx) => {
        const by = conversations.writerOf(request, house)
        const { body } = request
        const row = await conversations.findLocked(tx, by.agent, request.params.number)
        conversations.refuseMerged(row)
        const words = wordsOf(body)
        const answerBy = body.answerBy ? new Date(body.answerBy) : after(by.at, usual)
        if (answerBy <= by.at) refuseField('answerBy', 'in_past')
        const whom = await consults.whomOf(tx, row, wantedOf(body.to), by.agent, by.at)
        await checkFiles(tx, row.id, body)
        if (!body.anyway) await refuseSecond(tx, row, whom, by.agent)
        if (!body.outside) await refuseOutside(tx, row, whom, body, answerBy, by.agent, house)
        const written = await conversations.comment(
          tx,
          row,
          { ...words, mentions: [], stop: false, attachments: body.attachments ?? [] },
          by,
        )
        const domain = await domainOf(tx, row.inbox)
        const asked = await consults.ask(
          tx,
          written.row,
          {
            question: written.id,
            whom,
            include: body.include ?? {},
            answerBy,
            messageId: (mail) => consultMessageId(house.secrets, mail, domain),
          },
          by,
        )
        for (const mail of asked.mails) await addJob(tx, 'post_consult_mail', { mail })
        const onHold = { category: 'on_hold' as const, name: null }
        const now = body.onHold ? await conversations.setStatus(tx, asked.row, onHold, by) : asked.row
        await conversations.read(tx, now, by.agent, by)
        const [comment] = await conversations.showItems(tx, [{ type: 'comment', id: written.id }], 'en')
        return comment as Comment
      }),
  )

  app.post(
    '/api/v1/conversations/:number/consults/preview',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'The mail as it would leave',
        tags,
        params,
        body: NewConsult,
        response: { 200: ConsultLetter },
      },
    },
    async (request) =>
      inTransaction(house.db, async (tx) => {
        const by = conversations.writerOf(request, house)
        const row = await conversations.findLocked(tx, by.agent, request.params.number)
        const { body } = request
        const answerBy = body.answerBy ? new Date(body.answerBy) : after(by.at, usual)
        return letterOf(tx, house, row, body, answerBy, by.agent)
      }),
  )

  app.patch(
    '/api/v1/consults/:id',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'Another time to answer by, or no more reminders',
        tags,
        params: Type.Object({ id: Id }),
        body: Type.Object({
          answerBy: Type.Optional(Time),
          remind: Type.Optional(Type.Boolean({ description: 'false: nobody is reminded any more' })),
        }),
        response: { 200: Consult },
      },
    },
    async (request) =>
      inTransaction(house.db, async (tx) => {
        const by = conversations.writerOf(request, house)
        const { row, consult } = await findConsult(tx, by.agent, request.params.id)
        const { answerBy, remind } = request.body
        if (consult.state !== 'open') refuse('changed_since')
        if (answerBy && new Date(answerBy) <= by.at) refuseField('answerBy', 'in_past')
        await consults.remindAt(
          tx,
          row,
          consult,
          { answerBy: answerBy ? new Date(answerBy) : undefined, remind },
          by,
        )
        return shownConsult(tx, consult.id, consult.question)
      }),
  )

  app.delete(
    '/api/v1/consults/:id',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'Withdraw a question: the ball comes back, nobody is reminded any more',
        tags,
        params: Type.Object({ id: Id }),
        response: { 200: Conversation },
      },
    },
    async (request) =>
      inTransaction(house.db, async (tx) => {
        const by = conversations.writerOf(request, house)
        const { row, consult } = await findConsult(tx, by.agent, request.params.id)
        await consults.withdraw(tx, row, consult.id, by)
        return conversations.showConversation(tx, row.id, callerOf(request).id)
      }),
  )
}

async function findConsult(tx: Db, agent: string, id: string) {
  const consult = (await consults.consultOf(tx, id)) ?? refuse('not_found')
  const there = await conversations.survivor(tx, consult.conversation)
  const row = await conversations.findLocked(tx, agent, there?.id ?? consult.conversation)
  return { row, consult }
}

async function shownConsult(tx: Db, id: string, question: string): Promise<Consult> {
  const [comment] = await conversations.showItems(tx, [{ type: 'comment', id: question }], 'en')
  return (comment as Comment).consults.find((one) => one.id === id) ?? refuse('not_found')
}

/** What was written, made safe; the text comes out of the HTML where only that was given. */
function wordsOf({ text, html }: NewConsult) {
  const safe = html?.trim() ? safeHtml(html) : null
  const plain = (text?.trim() ? text : safe ? htmlToText(safe) : '').trim()
  if (plain === '') refuseField('text', 'required')
  return { text: plain, html: safe }
}

function wantedOf(to: ConsultTo[]): consults.Wanted[] {
  const errors: FieldError[] = []
  const wanted = to.flatMap((one, n): consults.Wanted[] => {
    if (typeof one === 'object' && 'kind' in one) return [{ kind: one.kind, id: one.id }]
    const mailbox = readMailbox(one)
    if (mailbox) return [mailbox]
    errors.push({ field: `to.${n}`, code: 'not_an_address' })
    return []
  })
  if (errors.length > 0) throw new Refusal('invalid', { errors })
  return wanted
}

async function checkFiles(tx: Db, conversation: string, { include }: NewConsult): Promise<void> {
  const chosen = include?.attachments ?? []
  if (chosen.length === 0) return
  const known = new Set((await chosenFiles(tx, conversation, null, chosen)).map(({ id }) => id))
  const errors = chosen.flatMap((id, n) =>
    known.has(id) ? [] : [{ field: `include.attachments.${n}`, code: 'unknown' }],
  )
  if (errors.length > 0) throw new Refusal('invalid', { errors })
}

async function refuseSecond(
  tx: Db,
  row: conversations.ConversationRow,
  whom: consults.Whom[],
  agent: string,
) {
  const before = await consults.askedAlready(tx, row, whom, await conversations.sightOf(tx, agent))
  if (!before) return
  const { to, by, at, conversation } = before
  const elsewhere = conversation === row.id ? null : Number(conversation)
  refuse('already_asked', { params: { to, by }, extra: { at: at.toISOString(), elsewhere } })
}

async function refuseOutside(
  tx: Db,
  row: conversations.ConversationRow,
  whom: consults.Whom[],
  body: NewConsult,
  answerBy: Date,
  agent: string,
  house: House,
) {
  const outside = await consults.strangers(tx, whom)
  if (outside.length === 0) return
  const letter = await letterOf(tx, house, row, body, answerBy, agent)
  refuse('outside_address', { params: { addresses: outside.join(', ') }, extra: { letter } })
}

async function letterOf(
  tx: Db,
  house: House,
  row: conversations.ConversationRow,
  body: NewConsult,
  answerBy: Date,
  agent: string,
): Promise<ConsultLetter> {
  const { name, settings } = await tx
    .selectFrom('agents')
    .select(['name', 'settings'])
    .where('id', '=', agent)
    .executeTakeFirstOrThrow()
  const { language, timeZone } = { ...defaultSettings, ...(settings as Partial<Settings>) }
  const words = body.text?.trim() || body.html?.trim() ? wordsOf(body) : { text: '', html: null }
  const letter = await writeLetter(house, tx, {
    conversation: row.id,
    asker: name,
    ...words,
    include: body.include ?? {},
    answerBy,
    kind: 'question',
    mail: null,
    language: language ?? 'en',
    timeZone: timeZone ?? 'UTC',
  })
  const inbox = await tx
    .selectFrom('inboxes')
    .select('address')
    .where('id', '=', row.inbox)
    .executeTakeFirst()
  const chosen = await chosenFiles(tx, row.id, null, body.include?.attachments ?? [])
  return {
    from: `${name} via Foyer <${inbox?.address}>`,
    ...letter,
    attachments: chosen.map((file) => file.name),
  }
}
