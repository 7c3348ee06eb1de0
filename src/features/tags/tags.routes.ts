import { sql } from 'kysely'
import Type from 'typebox'
import { type Db, inTransaction, isUniqueViolation } from '#platform/db/db.ts'
import { refuse } from '#platform/errors/refuse.ts'
import { append, type By } from '#platform/events/events.ts'
import type { House } from '#platform/house.ts'
import { type App, byCaller, callerOf } from '#platform/http/http.ts'
import { answerOnce } from '#platform/http/idempotency.ts'
import { decodeCursor, page } from '#platform/http/paging.ts'
import { Id, PageQuery } from '../../shared/wire.ts'
import { Tag, TagInput, TagPage } from './tags.contract.ts'
import { ensure, named } from './tags.ts'

const params = Type.Object({ id: Id })
const tags = ['Tags']

/** Every agent makes tags by tagging; administrators rename and remove them, everywhere at once. */
export function addTagRoutes(app: App, house: House): void {
  const { db } = house

  app.get(
    '/api/v1/tags',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'Tags by name',
        tags,
        querystring: Type.Object({
          ...PageQuery,
          counts: Type.Optional(
            Type.Boolean({
              description: 'with how many conversations carry it, seen or not: administrators only',
            }),
          ),
        }),
        response: { 200: TagPage },
      },
    },
    async (request) => {
      const { limit = 50, cursor, counts } = request.query
      if (counts && callerOf(request).role !== 'admin') refuse('forbidden')
      const found = await list(db, limit, cursor)
      return counts ? { ...found, items: await counted(db, found.items) } : found
    },
  )

  app.post(
    '/api/v1/tags',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'Make a tag; one that is there is answered as it is',
        tags,
        body: TagInput,
        response: { 201: Tag },
      },
    },
    async (request, reply) =>
      answerOnce(house, request, reply, 201, async (tx) => {
        const known = await named(tx, request.body.name)
        if (known) return known
        const by = byCaller(house, request)
        const tag = await ensure(tx, request.body.name, by.at)
        await append(tx, { ...by, kind: 'tag_added', after: { ...tag } })
        return tag
      }),
  )

  app.patch(
    '/api/v1/tags/:id',
    {
      config: { who: 'admin' },
      schema: { summary: 'Rename a tag', tags, params, body: TagInput, response: { 200: Tag } },
    },
    async (request) =>
      inTransaction(db, (tx) => rename(tx, request.params.id, request.body.name, byCaller(house, request))),
  )

  app.delete(
    '/api/v1/tags/:id',
    {
      config: { who: 'admin' },
      schema: {
        summary: 'Remove a tag, from every conversation',
        tags,
        params,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await inTransaction(db, (tx) => remove(tx, request.params.id, byCaller(house, request)))
      return reply.code(204).send(null)
    },
  )
}

async function list(db: Db, limit: number, cursor: string | undefined) {
  let query = db
    .selectFrom('tags')
    .select(['id', 'name'])
    .orderBy(sql`lower(name)`)
    .limit(limit + 1)
  if (cursor !== undefined)
    query = query.where(sql<boolean>`lower(name) > ${decodeCursor(cursor, 1, [/./])[0]}`)
  return page(
    await query.execute(),
    limit,
    (row) => row,
    (row) => [row.name.toLowerCase()],
  )
}

async function counted(db: Db, tags: Tag[]): Promise<Tag[]> {
  const ids = tags.map(({ id }) => id)
  const { rows } = await sql<{ tag: string; n: string }>`
    select tag, count(*) as n from conversation_tags where tag = any(${ids}::bigint[]) group by tag`.execute(
    db,
  )
  const counts = new Map(rows.map(({ tag, n }) => [tag, Number(n)]))
  return tags.map((tag) => ({ ...tag, conversations: counts.get(tag.id) ?? 0 }))
}

async function rename(tx: Db, id: string, name: string, by: By): Promise<Tag> {
  const was = await tx.selectFrom('tags').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (!was) return refuse('not_found')
  if (was.name === name) return { id, name }
  try {
    await tx.updateTable('tags').set({ name }).where('id', '=', id).execute()
  } catch (error) {
    if (isUniqueViolation(error)) refuse('taken')
    throw error
  }
  await append(tx, { ...by, kind: 'tag_renamed', before: { name: was.name }, after: { id, name } })
  return { id, name }
}

async function remove(tx: Db, id: string, by: By): Promise<void> {
  const removed = await tx.deleteFrom('tags').where('id', '=', id).returning('name').executeTakeFirst()
  if (removed) await append(tx, { ...by, kind: 'tag_removed', before: { id, name: removed.name } })
}
