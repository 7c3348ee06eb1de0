// The mail log: everything that came in, what became of it, its source, and what a person can still do about it.
import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import * as conversations from '#features/conversations/conversations.ts'
import { MailLogEntry, MailLogPage, outcomes } from '#features/ledger/ledger.contract.ts'
import * as ledger from '#features/ledger/ledger.ts'
import { inTransaction } from '#platform/db/db.ts'
import { refuse, refuseField } from '#platform/errors/refuse.ts'
import type { House } from '#platform/house.ts'
import { type App, byCaller, callerOf, refuseWithout } from '#platform/http/http.ts'
import { Id, PageQuery, Time } from '../shared/wire.ts'
import { askAgain } from './receive/ask-again.ts'
import type { Receiver } from './receive/receiver.ts'
import type { Wish } from './receive/receiving.ts'

const tags = ['Mail log']
const params = Type.Object({ id: Id })
const Query = Type.Object({
  outcome: Type.Optional(Type.String({ maxLength: 200, description: 'a comma list of outcomes' })),
  inbox: Type.Optional(Id),
  q: Type.Optional(
    Type.String({
      maxLength: 300,
      description: 'a part of subject, sender or recipient; a whole Message-ID or SHA-256',
    }),
  ),
  after: Type.Optional(Time),
  before: Type.Optional(Time),
  ...PageQuery,
})

/** Agents see what came to the inboxes and conversations they see. */
export function addMailLogRoutes(app: App, house: House, receiver: Receiver): void {
  const { db, files } = house
  app.get(
    '/api/v1/mail-log',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'What came in and what became of it, the newest first',
        tags,
        querystring: Query,
        response: { 200: MailLogPage },
      },
    },
    async (request) => {
      const asked = request.query.outcome?.split(',') ?? []
      if (asked.some((one) => !outcomes.some((known) => known === one))) refuseField('outcome', 'not_allowed')
      return ledger.pageOfMailLog(db, await conversations.sightOf(db, callerOf(request).id), request.query)
    },
  )
  app.get(
    '/api/v1/mail-log/:id',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'One line of the mail log, with its tries',
        tags,
        params,
        response: { 200: MailLogEntry },
      },
    },
    async (request) =>
      ledger.findMailLogEntry(db, await conversations.sightOf(db, callerOf(request).id), request.params.id),
  )
  app.get(
    '/api/v1/mail-log/:id/source',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'The message as it came, untouched, as a file',
        description: 'For administrators, and agents with the right `source`.',
        tags,
        params,
        response: { 200: Type.Unsafe<unknown>({ type: 'string', format: 'binary' }) },
      },
    },
    async (request, reply) => {
      const sight = await conversations.sightOf(db, callerOf(request).id)
      const file = (await ledger.sourceOf(db, sight, request.params.id)) ?? refuse('not_found')
      refuseWithout('source', callerOf(request))
      return reply
        .headers({
          'content-type': 'text/plain; charset=utf-8',
          'content-disposition': `attachment; filename="mail-${request.params.id}.eml.txt"`,
          'content-security-policy': "sandbox; default-src 'none'",
          'x-content-type-options': 'nosniff',
          'cache-control': 'private, no-store',
        })
        .send(files.stream(file))
    },
  )

  /** Works on the message once more; answers with the entry as it stands then. */
  const again = async (request: FastifyRequest, id: string, wish: Wish | null) => {
    const agent = callerOf(request).id
    const sight = await conversations.sightOf(db, agent)
    await ledger.findMailLogEntry(db, sight, id)
    if (wish?.do === 'join') await conversations.find(db, agent, wish.conversation)
    await inTransaction(db, (tx) => ledger.takeUp(tx, id, wish?.do ?? 'retry', byCaller(house, request)))
    await receiver.again(await ledger.entryOf(db, id), wish)
    return ledger.findMailLogEntry(db, sight, id)
  }
  const schema = { tags, params, response: { 200: MailLogEntry } }
  app.post(
    '/api/v1/mail-log/:id/retry',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'Tries once more; what a mail server did not hand out is asked for again',
        ...schema,
      },
    },
    async (request) => {
      const { id } = request.params
      const sight = await conversations.sightOf(db, callerOf(request).id)
      const { inbox } = await ledger.findMailLogEntry(db, sight, id)
      const withheld = await ledger.withheld(db, id)
      if (!withheld) return again(request, id, null)
      const had = await askAgain(house, receiver, withheld)
      // What it named may be inboxes the caller does not see: then it is told of the first time alone.
      const own = had.find((one) => one.inbox === inbox.id)
      return ledger.findMailLogEntry(db, sight, own?.ledger ?? id)
    },
  )
  app.post(
    '/api/v1/mail-log/:id/start',
    {
      config: { who: 'agent' },
      schema: { summary: 'Makes a conversation of it, whatever it is', ...schema },
    },
    (request) => again(request, request.params.id, { do: 'start' }),
  )
  app.post(
    '/api/v1/mail-log/:id/join',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'Puts it into a conversation',
        ...schema,
        body: Type.Object({ conversation: Type.Integer({ minimum: 1 }) }),
      },
    },
    (request) => {
      const conversation = String(request.body.conversation)
      return again(request, request.params.id, { do: 'join', conversation })
    },
  )
}
