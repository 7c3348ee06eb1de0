import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import { type Db, inTransaction } from '#platform/db/db.ts'
import type { House } from '#platform/house.ts'
import { type App, byCaller, callerOf } from '#platform/http/http.ts'
import { answerOnce } from '#platform/http/idempotency.ts'
import { Id, PageQuery } from '../../shared/wire.ts'
import { seenBy, sightOf } from '../conversations/conversations.ts'
import { addCustomer, changeCustomer } from './change-customer.ts'
import { Customer, CustomerInput, CustomerPage } from './customers.contract.ts'
import { findCustomers } from './find-customers.ts'
import { removeCustomer } from './remove-customer.ts'
import { findCustomer, showCustomers } from './show.ts'
import type { Onlooker } from './visible.ts'

const params = Type.Object({ id: Id })
const tags = ['Customers']

/** Agents see and change the customers whose conversations they see; administrators remove those without any. */
export function addCustomerRoutes(app: App, house: House): void {
  const { db } = house
  const onlookerOf = async (tx: Db, request: FastifyRequest): Promise<Onlooker> => {
    const sight = await sightOf(tx, callerOf(request).id)
    return { seesConversation: seenBy(sight), everything: sight.everything }
  }
  const show = async (tx: Db, id: string) => (await showCustomers(tx, [id]))[0]!

  app.get(
    '/api/v1/customers',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'Customers by a part of name or address, or by phone number; typing errors are forgiven',
        tags,
        querystring: Type.Object({ q: Type.Optional(Type.String({ maxLength: 200 })), ...PageQuery }),
        response: { 200: CustomerPage },
      },
    },
    async (request) => {
      const { q, limit = 50, cursor } = request.query
      const { ids, nextCursor } = await findCustomers(db, await onlookerOf(db, request), { q, limit, cursor })
      return { items: await showCustomers(db, ids), nextCursor }
    },
  )

  app.get(
    '/api/v1/customers/:id',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'One customer; the id of one that was joined into another answers with that other',
        tags,
        params,
        response: { 200: Customer },
      },
    },
    async (request) => show(db, await findCustomer(db, await onlookerOf(db, request), request.params.id)),
  )

  app.post(
    '/api/v1/customers',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'Add a customer: a name, an address or a phone number at least',
        tags,
        body: CustomerInput,
        response: { 201: Customer },
      },
    },
    async (request, reply) =>
      answerOnce(house, request, reply, 201, async (tx) => {
        const onlooker = await onlookerOf(tx, request)
        return show(tx, await addCustomer(tx, request.body, onlooker, byCaller(house, request)))
      }),
  )

  app.patch(
    '/api/v1/customers/:id',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'Change a customer',
        description:
          '`identities` becomes the list of addresses and phone numbers: what is missing in it is taken away.',
        tags,
        params,
        body: CustomerInput,
        response: { 200: Customer },
      },
    },
    async (request) =>
      inTransaction(db, async (tx) => {
        const onlooker = await onlookerOf(tx, request)
        const id = await findCustomer(tx, onlooker, request.params.id)
        await changeCustomer(tx, id, request.body, onlooker, byCaller(house, request))
        return show(tx, id)
      }),
  )

  app.delete(
    '/api/v1/customers/:id',
    {
      config: { who: 'admin' },
      schema: {
        summary: 'Remove a customer who has no conversation',
        tags,
        params,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await inTransaction(db, (tx) => removeCustomer(tx, request.params.id, byCaller(house, request)))
      return reply.code(204).send(null)
    },
  )
}
