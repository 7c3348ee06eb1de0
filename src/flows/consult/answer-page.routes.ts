// The link in a mail that asks somebody: he reads the question and answers in the browser, signed in nowhere. Good for
// this one question and this one person, for thirty days, until the question is withdrawn.
import Type from 'typebox'
import { readConsultLink } from '#channels/email/tokens.ts'
import { AnswerInput, AskedPage } from '#features/consults/consults.contract.ts'
import * as consults from '#features/consults/consults.ts'
import * as conversations from '#features/conversations/conversations.ts'
import { after, days, minutes } from '#platform/clock/clock.ts'
import { type Db, inTransaction } from '#platform/db/db.ts'
import { refuse, refuseField } from '#platform/errors/refuse.ts'
import type { Actor } from '#platform/events/events.ts'
import type { House } from '#platform/house.ts'
import type { App } from '#platform/http/http.ts'
import { languageOf } from '#platform/texts/texts.ts'
import { pastOf } from './letter.ts'

const lasts = days(30)
const params = Type.Object({ token: Type.String({ maxLength: 100 }) })
const tags = ['Consults']

export function addAnswerPageRoutes(app: App, house: House): void {
  // anyone: the token's signature is the permission; it permits to see one question and to answer it.
  app.get(
    '/api/v1/answers/:token',
    {
      config: { who: 'anyone' },
      schema: {
        summary: 'What one is asked, by the link in the mail',
        tags,
        params,
        response: { 200: AskedPage },
      },
    },
    async (request) => {
      const language = languageOf(request.headers['accept-language'])
      return inTransaction(house.db, async (tx) =>
        show(tx, await find(tx, house, request.params.token), language),
      )
    },
  )
  app.post(
    '/api/v1/answers/:token',
    {
      config: { who: 'anyone' },
      schema: {
        summary: 'Answer it: the words become a comment',
        tags,
        params,
        body: AnswerInput,
        response: { 200: AskedPage },
      },
    },
    async (request) => {
      const language = languageOf(request.headers['accept-language'])
      const text = request.body.text.trim()
      if (text === '') refuseField('text', 'required')
      return inTransaction(house.db, async (tx) => {
        const asked = await find(tx, house, request.params.token)
        if (asked.mail.consult.state === 'withdrawn') refuse('changed_since')
        await answer(tx, asked, text, house.clock.now())
        return show(tx, await find(tx, house, request.params.token), language)
      })
    },
  )
}

interface Asked {
  mail: consults.ConsultMail
  row: conversations.ConversationRow
}

/** 404 for what we have not signed, what is over, and who has come to the customer's side since. */
async function find(tx: Db, { secrets, clock }: House, token: string): Promise<Asked> {
  const id = readConsultLink(secrets, token)
  const [mail] = id ? await consults.mailsById(tx, [id]) : []
  if (!mail || after(mail.at, lasts) < clock.now()) refuse('not_found')
  const row = (await conversations.survivor(tx, mail.consult.conversation)) ?? refuse('not_found')
  const outside = await consults.onTheOtherSide(tx, row, [mail.address])
  return outside.length > 0 ? refuse('not_found') : { mail, row }
}

async function answer(tx: Db, { mail, row }: Asked, text: string, at: Date): Promise<void> {
  const { consult, agent, name, address } = mail
  // Pressed twice, or sent again by the browser.
  const again = (await consults.answersOf(tx, consult.id, address)).some(
    (one) => one.text === text && one.at > after(at, -minutes(2)),
  )
  if (again) return
  const actor: Actor = agent ? { kind: 'agent', id: agent } : { kind: 'collaborator', id: null }
  const origin = { name, address, invited: null, verified: null, ledger: null, files: [] }
  const written = await conversations.comment(
    tx,
    row,
    {
      text,
      html: null,
      mentions: [],
      stop: true,
      attachments: [],
      answer: { consult: consult.id, ...origin },
    },
    { actor, at },
  )
  const answering = { comment: written.id, name: name ?? address }
  await consults.answered(tx, written.row, consult, answering, { actor, at })
}

async function show(tx: Db, { mail, row }: Asked, language: string): Promise<AskedPage> {
  const { consult, name, address } = mail
  const question = await tx
    .selectFrom('comments')
    .select('text')
    .where('id', '=', consult.question)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  const wanted = { conversation: row.id, include: consult.include, language, timeZone: 'UTC' }
  const { last, earlier } = await pastOf(tx, wanted)
  const answers = await consults.answersOf(tx, consult.id, address)
  return {
    state: consult.state,
    subject: row.subject,
    asker: consult.asker,
    name,
    question: question?.text ?? '',
    thread: [last.text, earlier.text].filter(Boolean).join('\n\n'),
    answerBy: consult.answer_by.toISOString(),
    answers: answers.map(({ at, text }) => ({ at: at.toISOString(), text })),
  }
}
