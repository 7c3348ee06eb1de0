import { sql } from 'kysely'
import Type from 'typebox'
import { seenBy, sightOf } from '#features/conversations/conversations.ts'
import { inTransaction } from '#platform/db/db.ts'
import { refuse, refuseField } from '#platform/errors/refuse.ts'
import { append } from '#platform/events/events.ts'
import type { House } from '#platform/house.ts'
import { type App, byCaller, callerOf } from '#platform/http/http.ts'
import { decodeCursor, page } from '#platform/http/paging.ts'
import { mailAddress } from '#shared/address/address.ts'
import { Id, PageQuery } from '../../shared/wire.ts'
import { Partner, PartnerInput, PartnerPage } from './consults.contract.ts'

const tags = ['Consults']
const columns = ['id', 'name', 'address', 'listed_at'] as const
const show = (row: {
  id: string
  name: string | null
  address: string
  listed_at: Date | null
}): Partner => ({
  id: row.id,
  name: row.name,
  address: row.address,
  listed: row.listed_at !== null,
})

/** The directory: departments and partners one can ask who have no account here. */
export function addPartnerRoutes(app: App, house: House): void {
  app.get(
    '/api/v1/partners',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'Whom one can ask by mail: the directory, and who was asked before',
        tags,
        querystring: Type.Object({ ...PageQuery, listed: Type.Optional(Type.Boolean()) }),
        response: { 200: PartnerPage },
      },
    },
    async (request) => {
      const { limit = 50, cursor, listed } = request.query
      const after = cursor ? decodeCursor(cursor, 1, [/^\d{1,18}$/])[0] : null
      const sight = await sightOf(house.db, callerOf(request).id)
      // Who was asked elsewhere is told to those alone who see where.
      const askedInSight = sql<boolean>`exists (select from consults k join conversations c on c.id = k.conversation
        where k.kind = 'partner' and k.whom = partners.id and ${seenBy(sight)})`
      let query = house.db
        .selectFrom('partners')
        .select(columns)
        .where((where) =>
          where.or([
            where('listed_at', 'is not', null),
            where.and([where('asked_at', 'is not', null), askedInSight]),
          ]),
        )
        .orderBy('id')
        .limit(limit + 1)
      if (after) query = query.where('id', '>', after)
      if (listed) query = query.where('listed_at', 'is not', null)
      return page(await query.execute(), limit, show, ({ id }) => [id])
    },
  )

  app.post(
    '/api/v1/partners',
    {
      config: { who: 'admin' },
      schema: { summary: 'Into the directory', tags, body: PartnerInput, response: { 201: Partner } },
    },
    async (request, reply) => {
      const { address, name } = read(request.body)
      const by = byCaller(house, request)
      return inTransaction(house.db, async (tx) => {
        const ours = await tx
          .selectFrom('own_addresses')
          .select('address')
          .where('address', '=', address)
          .executeTakeFirst()
        if (ours) refuseField('address', 'is_ours', { address })
        const row = await tx
          .insertInto('partners')
          .values({ address, name, listed_at: by.at, created_at: by.at })
          .onConflict((on) => on.column('address').doUpdateSet({ name, listed_at: by.at }))
          .returning(columns)
          .executeTakeFirstOrThrow()
        await append(tx, { ...by, kind: 'partner_listed', after: { partner: row.id, address } })
        reply.code(201)
        return show(row)
      })
    },
  )

  app.patch(
    '/api/v1/partners/:id',
    {
      config: { who: 'admin' },
      schema: {
        summary: 'Another name',
        tags,
        params: Type.Object({ id: Id }),
        body: Type.Object({ name: Type.String({ minLength: 1, maxLength: 200 }) }),
        response: { 200: Partner },
      },
    },
    async (request) => {
      const name = request.body.name.trim() || refuseField('name', 'required')
      const by = byCaller(house, request)
      return inTransaction(house.db, async (tx) => {
        const row = await tx
          .updateTable('partners')
          .set({ name })
          .where('id', '=', request.params.id)
          .returning(columns)
          .executeTakeFirst()
        if (!row) return refuse('not_found')
        await append(tx, { ...by, kind: 'partner_changed', after: { partner: row.id, name } })
        return show(row)
      })
    },
  )

  app.delete(
    '/api/v1/partners/:id',
    {
      config: { who: 'admin' },
      schema: {
        summary: 'Out of the directory; what was asked stays',
        tags,
        params: Type.Object({ id: Id }),
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const by = byCaller(house, request)
      await inTransaction(house.db, async (tx) => {
        const row = await tx
          .updateTable('partners')
          .set({ listed_at: null, asked_at: null })
          .where('id', '=', request.params.id)
          .returning('id')
          .executeTakeFirst()
        if (!row) refuse('not_found')
        await append(tx, { ...by, kind: 'partner_unlisted', after: { partner: row.id } })
      })
      return reply.code(204).send(null)
    },
  )
}

function read({ address, name }: PartnerInput) {
  const lower = mailAddress(address)?.toLowerCase() ?? refuseField('address', 'not_an_address')
  return { address: lower, name: name.trim() || refuseField('name', 'required') }
}
