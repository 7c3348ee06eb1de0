import Type from 'typebox'
import { inTransaction, twiceOnDeadlock } from '#platform/db/db.ts'
import type { House } from '#platform/house.ts'
import { type App, byCaller, callerOf } from '#platform/http/http.ts'
import { answerOnce } from '#platform/http/idempotency.ts'
import { Id } from '../../shared/wire.ts'
import { JoinPreview, Likeness, OpenedCustomer } from './customers.contract.ts'
import { join, undoJoin } from './join.ts'
import { likenessesOf, tellApart, untellApart } from './likenesses.ts'
import { onlookerOf } from './onlooker.ts'
import { previewJoin } from './preview-join.ts'
import { findCustomer, showCustomer } from './show.ts'

const tags = ['Customers']
const params = Type.Object({ id: Id })
const both = Type.Object({ id: Id, other: Id })

/** Two customers who are one person: found, looked at, joined and taken apart, by whoever sees both. */
export function addJoinRoutes(app: App, house: House): void {
  const { db } = house

  app.get(
    '/api/v1/customers/:id/likenesses',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'Who may be the same person, and why; nothing is done',
        tags,
        params,
        response: { 200: Type.Object({ items: Type.Array(Likeness) }) },
      },
    },
    async (request) => {
      const onlooker = await onlookerOf(db, request)
      const id = await findCustomer(db, onlooker, request.params.id)
      return { items: await likenessesOf(db, id, onlooker) }
    },
  )

  app.get(
    '/api/v1/customers/:id/joins/:other/preview',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'What would come out of joining `other` into this customer',
        tags,
        params: both,
        response: { 200: JoinPreview },
      },
    },
    async (request) => {
      const onlooker = await onlookerOf(db, request)
      const survivor = await findCustomer(db, onlooker, request.params.id)
      return previewJoin(db, survivor, await findCustomer(db, onlooker, request.params.other))
    },
  )

  app.post(
    '/api/v1/customers/:id/joins',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'Join another customer into this one; it can be undone at any time',
        tags,
        params,
        body: Type.Object({ customer: Id }),
        response: { 200: OpenedCustomer },
      },
    },
    async (request, reply) =>
      twiceOnDeadlock(() =>
        answerOnce(house, request, reply, 200, async (tx) => {
          const onlooker = await onlookerOf(tx, request)
          const survivor = await findCustomer(tx, onlooker, request.params.id)
          const other = await findCustomer(tx, onlooker, request.body.customer)
          await join(tx, { survivor, other, reason: 'by_hand' }, byCaller(house, request))
          return showCustomer(tx, survivor)
        }),
      ),
  )

  app.delete(
    '/api/v1/customers/:id/joins/:other',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'Take `other` out again, with all that was his and what came since on his addresses',
        tags,
        params: both,
        response: { 200: OpenedCustomer },
      },
    },
    async (request) =>
      twiceOnDeadlock(() =>
        inTransaction(db, async (tx) => {
          const survivor = await findCustomer(tx, await onlookerOf(tx, request), request.params.id)
          await undoJoin(tx, request.params.other, byCaller(house, request), survivor)
          return showCustomer(tx, survivor)
        }),
      ),
  )

  for (const method of ['PUT', 'DELETE'] as const)
    app.route({
      method,
      url: '/api/v1/customers/:id/distinctions/:other',
      config: { who: 'agent' },
      schema: {
        summary: method === 'PUT' ? 'These are two people: not suggested again' : 'Suggest them again',
        tags,
        params: both,
        response: { 204: Type.Null() },
      },
      handler: async (request, reply) => {
        await inTransaction(db, async (tx) => {
          const onlooker = await onlookerOf(tx, request)
          const one = await findCustomer(tx, onlooker, request.params.id)
          const other = await findCustomer(tx, onlooker, request.params.other)
          if (one === other) return
          if (method === 'PUT') await tellApart(tx, one, other, callerOf(request).id, house.clock.now())
          else await untellApart(tx, one, other)
        })
        return reply.code(204).send(null)
      },
    })
}
