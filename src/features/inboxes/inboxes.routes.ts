import Type from 'typebox'
import { inTransaction } from '#platform/db/db.ts'
import { refuse } from '#platform/errors/refuse.ts'
import type { House } from '#platform/house.ts'
import { type App, byCaller, callerOf } from '#platform/http/http.ts'
import { answerOnce } from '#platform/http/idempotency.ts'
import { Id, PageQuery } from '#shared/wire.ts'
import { wrongInbox } from './addresses.ts'
import { Inbox, InboxChange, InboxInput, InboxPage } from './inboxes.contract.ts'
import { addInbox, changeInbox, findInbox, pageOfInboxes, removeInbox } from './inboxes.ts'

const params = Type.Object({ id: Id })

/** Agents see the inboxes they work in; administrators see and change all. */
export function addInboxRoutes(app: App, house: House): void {
  app.get(
    '/api/v1/inboxes',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'The inboxes the caller sees',
        tags: ['Inboxes'],
        querystring: Type.Object(PageQuery),
        response: { 200: InboxPage },
      },
    },
    (request) => pageOfInboxes(house.db, callerOf(request), request.query),
  )
  app.get(
    '/api/v1/inboxes/:id',
    {
      config: { who: 'agent' },
      schema: { summary: 'One inbox', tags: ['Inboxes'], params, response: { 200: Inbox } },
    },
    async (request) => {
      const { items } = await pageOfInboxes(house.db, callerOf(request), { id: request.params.id })
      return items[0] ?? refuse('not_found')
    },
  )
  app.post(
    '/api/v1/inboxes',
    {
      config: { who: 'admin', alsoWrong: (body) => wrongInbox(house.db, body) },
      schema: { summary: 'Add an inbox', tags: ['Inboxes'], body: InboxInput, response: { 201: Inbox } },
    },
    (request, reply) =>
      answerOnce(house, request, reply, 201, async (tx) => {
        const id = await addInbox(tx, byCaller(house, request), request.body)
        return (await findInbox(tx, id))!
      }),
  )
  app.patch(
    '/api/v1/inboxes/:id',
    {
      config: {
        who: 'admin',
        alsoWrong: (body, { params }) => wrongInbox(house.db, body, (params as { id: string }).id),
      },
      schema: {
        summary: 'Change an inbox',
        tags: ['Inboxes'],
        params,
        body: InboxChange,
        response: { 200: Inbox },
      },
    },
    (request) =>
      inTransaction(house.db, async (tx) => {
        await changeInbox(tx, byCaller(house, request), request.params.id, request.body)
        return (await findInbox(tx, request.params.id))!
      }),
  )
  app.delete(
    '/api/v1/inboxes/:id',
    {
      config: { who: 'admin' },
      schema: {
        summary: 'Remove an inbox; its conversations stay',
        tags: ['Inboxes'],
        response: { 204: Type.Null() },
        params,
      },
    },
    async (request, reply) => {
      await inTransaction(house.db, (tx) => removeInbox(tx, byCaller(house, request), request.params.id))
      return reply.code(204).send(null)
    },
  )
}
