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

/** One link writes that many answers in an hour. */
const most = 20

async function answer(tx: Db, { mail, row }: Asked, text: string, at: Date): Promise<void> {
  const { consult, agent, name, address } = mail
  const lately = (await consults.answersOf(tx, consult.id, address)).filter(
    (one) => one.at > after(at, -minutes(60)),
  )
  // Pressed twice, or sent again by the browser.
  if (lately.some((one) => one.text === text && one.at > after(at, -minutes(2)))) return
  if (lately.length >= most) refuse('too_often', { params: { seconds: 3600 } })
  const origin = { name, address, invited: null, verified: null, ledger: null, files: [] }
  await consults.answer(tx, row, consult, { text, agent, ends: true, ...origin }, at)
}

async function show(tx: Db, { mail, row }: Asked, language: string): Promise<AskedPage> {
  const { consult, name, address } = mail
  const question = await tx
    .selectFrom('comments')
    .select(['text', 'position', 'origin'])
    .where('id', '=', consult.question)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  // What was written after the question did not go along; of one withdrawn nothing is shown any more.
  const open = question && consult.state !== 'withdrawn'
  const wanted = { conversation: row.id, include: consult.include, language, timeZone: 'UTC' }
  const nothing = { last: { text: '' }, earlier: { text: '' } }
  const { last, earlier } = open ? await pastOf(tx, { ...wanted, before: question.position }) : nothing
  const answers = await consults.answersOf(tx, consult.id, address)
  return {
    state: consult.state,
    subject: await subjectOf(tx, question?.origin ?? row.id),
    asker: consult.asker,
    name,
    question: open ? question.text : '',
    thread: [last.text, earlier.text].filter(Boolean).join('\n\n'),
    answerBy: consult.answer_by.toISOString(),
    answers: answers.map(({ at, text }) => ({ at: at.toISOString(), text })),
  }
}

/** Of the conversation it was asked in, whatever that was merged into since. */
async function subjectOf(tx: Db, conversation: string): Promise<string> {
  const { subject } = await tx
    .selectFrom('conversations')
    .select('subject')
    .where('id', '=', conversation)
    .executeTakeFirstOrThrow()
  return subject
}
