import Type from 'typebox'
import { builtInViews } from '#features/conversations/conversations.contract.ts'
import { type Sight, sightOf } from '#features/conversations/conversations.ts'
import type { Db } from '#platform/db/db.ts'
import type { House } from '#platform/house.ts'
import { type App, callerOf } from '#platform/http/http.ts'
import { answerOnce } from '#platform/http/idempotency.ts'
import { decodeCursor, page } from '#platform/http/paging.ts'
import { Id, PageQuery } from '#shared/wire.ts'
import { countBuiltIn } from './count-built-in.ts'
import { add, change, countCap, countSaved, remove, reorder, savedViews } from './saved-views.ts'
import { View, ViewInput, ViewPage } from './views.contract.ts'

type SavedRow = Awaited<ReturnType<typeof savedViews>>[number]

async function showSaved(db: Db, sight: Sight, row: SavedRow): Promise<View> {
  const count = await countSaved(db, sight, row.filters)
  return {
    id: row.id,
    name: row.name,
    builtIn: false,
    scope: row.scope,
    team: row.team,
    filters: row.filters,
    sort: row.sort as View['sort'],
    count: Math.min(count, countCap),
    countCapped: count > countCap,
  }
}

async function builtIn(db: Db, sight: Sight, now: Date): Promise<View[]> {
  const counts = await countBuiltIn(db, sight, now)
  return builtInViews.map((id) => ({
    id,
    name: id,
    builtIn: true,
    scope: 'all',
    team: null,
    filters: {},
    sort: null,
    count: counts[id],
    countCapped: false,
  }))
}

export function addViewRoutes(app: App, { db, clock, ...house }: House): void {
  /** The built-in views, then the agent's own, his teams' and everybody's, each with its count for him. */
  app.get(
    '/api/v1/views',
    {
      config: { who: 'agent' },
      schema: {
        summary: "Built-in and saved views, each with the caller's count",
        tags: ['Views'],
        querystring: Type.Object(PageQuery),
        response: { 200: ViewPage },
      },
    },
    async (request) => {
      const { limit = 50, cursor } = request.query
      const sight = await sightOf(db, callerOf(request).id)
      const saved = await savedViews(db, sight)
      const after = cursor ? decodeCursor(cursor, 1)[0] : null
      const ids = [...builtInViews, ...saved.map((view) => view.id)]
      const from = after ? ids.indexOf(after as (typeof ids)[number]) + 1 : 0
      const asked = ids.slice(from, from + limit + 1)
      const own = asked.some((id) => /^\d/.test(id)) ? saved.filter((view) => asked.includes(view.id)) : []
      const known = new Map(
        [
          ...(asked.some((id) => !/^\d/.test(id)) ? await builtIn(db, sight, clock.now()) : []),
          ...(await Promise.all(own.map((row) => showSaved(db, sight, row)))),
        ].map((view) => [view.id, view]),
      )
      return page(
        asked.map((id) => known.get(id)!),
        limit,
        (view) => view,
        (view) => [view.id],
      )
    },
  )

  app.post(
    '/api/v1/views',
    {
      config: { who: 'agent' },
      schema: { summary: 'Save a view', tags: ['Views'], body: ViewInput, response: { 201: View } },
    },
    (request, reply) =>
      answerOnce({ db, clock, ...house }, request, reply, 201, async (tx) => {
        const caller = callerOf(request)
        const row = await add(tx, caller, request.body, clock.now())
        return showSaved(tx, await sightOf(tx, caller.id), row)
      }),
  )

  /** One's own order; views not named come after, by name. */
  app.put(
    '/api/v1/views/order',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'The order of the saved views, for the caller alone',
        tags: ['Views'],
        body: Type.Object({ views: Type.Array(Id, { maxItems: 500 }) }),
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await reorder(db, callerOf(request), request.body.views, clock.now())
      return reply.code(204).send(null)
    },
  )

  app.patch(
    '/api/v1/views/:id',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'Change a saved view',
        tags: ['Views'],
        params: Type.Object({ id: Id }),
        body: Type.Partial(ViewInput),
        response: { 200: View },
      },
    },
    async (request) => {
      const caller = callerOf(request)
      const row = await change(db, caller, request.params.id, request.body, clock.now())
      return showSaved(db, await sightOf(db, caller.id), row)
    },
  )

  app.delete(
    '/api/v1/views/:id',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'Remove a saved view',
        tags: ['Views'],
        response: { 204: Type.Null() },
        params: Type.Object({ id: Id }),
      },
    },
    async (request, reply) => {
      await remove(db, callerOf(request), request.params.id, clock.now())
      return reply.code(204).send(null)
    },
  )
}
