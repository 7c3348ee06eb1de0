import Type from 'typebox'
import { inTransaction } from '#platform/db/db.ts'
import { refuseField } from '#platform/errors/refuse.ts'
import { append } from '#platform/events/events.ts'
import type { House } from '#platform/house.ts'
import { type App, byCaller } from '#platform/http/http.ts'
import { answerOnce } from '#platform/http/idempotency.ts'
import { decodeCursor, page } from '#platform/http/paging.ts'
import { Id, Named, Nullable, Page, PageQuery, Time } from '../../shared/wire.ts'
import { block, blockable, blockedAddresses, readBlockable, unblock } from './block.ts'
import { IdentityInput, OpenedCustomer } from './customers.contract.ts'
import { addIdentity, makePrimary, removeIdentity } from './identities.ts'
import { onlookerOf } from './onlooker.ts'
import { countries, phoneCountry, setPhoneCountry } from './phone.ts'
import { renumber } from './renumber.ts'
import { findCustomer, showCustomer } from './show.ts'

const tags = ['Customers']
const params = Type.Object({ id: Id })
const one = Type.Object({ id: Id, identity: Id })
const Blocked = Type.Object({
  address: Type.String({ description: 'an address, or `@example.com` for a domain' }),
  reason: Nullable(Type.String()),
  by: Nullable(Named),
  at: Time,
})
const PhoneCountry = Type.Object({ country: Nullable(Type.String()), countries: Type.Array(Type.String()) })

/** How a customer is reached and known, one address or number at a time; whose mail is kept apart. */
export function addIdentityRoutes(app: App, house: House): void {
  const { db } = house

  app.post(
    '/api/v1/customers/:id/identities',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'One address or phone number more',
        description: 'Somebody else’s is 422 `belongs_to` with `owner`; with `move` it is taken from him.',
        tags,
        params,
        body: IdentityInput,
        response: { 200: OpenedCustomer },
      },
    },
    async (request, reply) =>
      answerOnce(house, request, reply, 200, async (tx) => {
        const onlooker = await onlookerOf(tx, request)
        const id = await findCustomer(tx, onlooker, request.params.id)
        await addIdentity(tx, id, request.body, onlooker, byCaller(house, request))
        return showCustomer(tx, id)
      }),
  )

  app.put(
    '/api/v1/customers/:id/identities/:identity/primary',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'Show this one first and write to it',
        tags,
        params: one,
        response: { 200: OpenedCustomer },
      },
    },
    async (request) =>
      inTransaction(db, async (tx) => {
        const id = await findCustomer(tx, await onlookerOf(tx, request), request.params.id)
        await makePrimary(tx, id, request.params.identity, byCaller(house, request))
        return showCustomer(tx, id)
      }),
  )

  app.delete(
    '/api/v1/customers/:id/identities/:identity',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'Take an address or phone number away',
        tags,
        params: one,
        response: { 200: OpenedCustomer },
      },
    },
    async (request) =>
      inTransaction(db, async (tx) => {
        const id = await findCustomer(tx, await onlookerOf(tx, request), request.params.id)
        await removeIdentity(tx, id, request.params.identity, byCaller(house, request))
        return showCustomer(tx, id)
      }),
  )

  const blockedParams = Type.Object({ address: Type.String({ maxLength: 320 }) })
  app.get(
    '/api/v1/blocked-addresses',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'Addresses and domains (`@example.com`) whose mail is kept apart',
        tags,
        querystring: Type.Object(PageQuery),
        response: { 200: Page(Blocked) },
      },
    },
    async (request) => {
      const { limit = 50, cursor } = request.query
      const after = cursor ? decodeCursor(cursor, 1)[0]! : null
      return page(
        await blockedAddresses(db, limit, after),
        limit,
        ({ address, blocked_at, reason, agent, name }) => ({
          address,
          reason,
          by: agent ? { id: agent, name: name ?? '' } : null,
          at: blocked_at.toISOString(),
        }),
        ({ address }) => [address],
      )
    },
  )
  app.put(
    '/api/v1/blocked-addresses/:address',
    {
      config: { who: 'agent' },
      schema: {
        summary:
          'Keep mail from this address or domain apart: `quarantined`, reason `blocked`, in the mail log',
        tags,
        params: blockedParams,
        body: Nullable(Type.Object({ reason: Type.Optional(Nullable(Type.String({ maxLength: 500 }))) })),
        response: { 200: Type.Object({ address: Type.String() }) },
      },
    },
    async (request) => {
      const address = await blockable(db, request.params.address)
      await inTransaction(db, (tx) => block(tx, address, byCaller(house, request), request.body?.reason))
      return { address }
    },
  )
  app.delete(
    '/api/v1/blocked-addresses/:address',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'Let mail from this address or domain in again',
        tags,
        params: blockedParams,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const address = readBlockable(request.params.address) ?? refuseField('address', 'not_an_address')
      await inTransaction(db, (tx) => unblock(tx, address, byCaller(house, request)))
      return reply.code(204).send(null)
    },
  )

  app.get(
    '/api/v1/phone-country',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'Which country phone numbers without a country code belong to',
        tags,
        response: { 200: PhoneCountry },
      },
    },
    async () => ({ country: await phoneCountry(db), countries: countries() }),
  )
  app.put(
    '/api/v1/phone-country',
    {
      config: { who: 'admin' },
      schema: {
        summary: 'Say so; numbers that are here already are written anew',
        tags,
        body: Type.Object({ country: Nullable(Type.String({ maxLength: 2 })) }),
        response: { 200: PhoneCountry },
      },
    },
    async (request) =>
      inTransaction(db, async (tx) => {
        const { country } = request.body
        await setPhoneCountry(tx, country)
        await renumber(tx, country)
        await append(tx, {
          ...byCaller(house, request),
          kind: 'settings_changed',
          after: { phone_country: country },
        })
        return { country, countries: countries() }
      }),
  )
}
