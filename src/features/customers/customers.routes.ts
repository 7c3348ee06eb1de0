import Type from 'typebox'
import { inTransaction } from '#platform/db/db.ts'
import type { House } from '#platform/house.ts'
import { type App, byCaller, callerOf } from '#platform/http/http.ts'
import { answerOnce } from '#platform/http/idempotency.ts'
import { Id, Page, PageQuery } from '../../shared/wire.ts'
import { Conversation } from '../conversations/conversations.contract.ts'
import { addCustomer, changeCustomer } from './change-customer.ts'
import { conversationsOf } from './conversations-of.ts'
import { CustomerInput, CustomerPage, OpenedCustomer } from './customers.contract.ts'
import { findCustomers } from './find-customers.ts'
import { onlookerOf } from './onlooker.ts'
import { removeCustomer } from './remove-customer.ts'
import { findCustomer, showCustomer, showCustomers } from './show.ts'

const params = Type.Object({ id: Id })
const tags = ['Customers']

/** Agents see and change the customers whose conversations they see; administrators remove those without any. */
export function addCustomerRoutes(app: App, house: House): void {
  const { db } = house
  app.get(
    '/api/v1/customers',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'Customers by a part of name or address, or by phone number; typing errors are forgiven',
        tags,
        querystring: Type.Object({
          q: Type.Optional(Type.String({ maxLength: 200 })),
          company: Type.Optional(Id),
          ...PageQuery,
        }),
        response: { 200: CustomerPage },
      },
    },
    async (request) => {
      const { limit = 50, ...asked } = request.query
      const { ids, nextCursor } = await findCustomers(db, await onlookerOf(db, request), { ...asked, limit })
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
        response: { 200: OpenedCustomer },
      },
    },
    async (request) =>
      showCustomer(db, await findCustomer(db, await onlookerOf(db, request), request.params.id)),
  )

  app.post(
    '/api/v1/customers',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'Add a customer: a name, an address or a phone number at least',
        tags,
        body: CustomerInput,
        response: { 201: OpenedCustomer },
      },
    },
    async (request, reply) =>
      answerOnce(house, request, reply, 201, async (tx) => {
        const onlooker = await onlookerOf(tx, request)
        return showCustomer(tx, await addCustomer(tx, request.body, onlooker, byCaller(house, request)))
      }),
  )

  app.patch(
    '/api/v1/customers/:id',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'Change a customer',
        description:
          '`identities` becomes the list of addresses and phone numbers: what is missing in it is taken away. With `seen` ' +
          'a field that somebody else has changed meanwhile stays: 409 `changed_since` with `field`, `value`, `by`, `at`.',
        tags,
        params,
        body: CustomerInput,
        response: { 200: OpenedCustomer },
      },
    },
    async (request) =>
      inTransaction(db, async (tx) => {
        const onlooker = await onlookerOf(tx, request)
        const id = await findCustomer(tx, onlooker, request.params.id)
        await changeCustomer(tx, id, request.body, onlooker, byCaller(house, request))
        return showCustomer(tx, id)
      }),
  )

  app.get(
    '/api/v1/customers/:id/conversations',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'His conversations, the latest first; `hidden` counts those you may not see',
        tags,
        params,
        querystring: Type.Object(PageQuery),
        response: {
          200: Type.Object({ ...Page(Conversation).properties, hidden: Type.Integer() }),
        },
      },
    },
    async (request) => {
      const onlooker = await onlookerOf(db, request)
      const id = await findCustomer(db, onlooker, request.params.id)
      const { limit = 50, cursor } = request.query
      return conversationsOf(db, id, onlooker, { agent: callerOf(request).id, limit, cursor })
    },
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
