import Type from 'typebox'
import { inTransaction } from '#platform/db/db.ts'
import { refuse } from '#platform/errors/refuse.ts'
import { append } from '#platform/events/events.ts'
import type { House } from '#platform/house.ts'
import { type App, callerOf } from '#platform/http/http.ts'
import { answerOnce } from '#platform/http/idempotency.ts'
import { Nullable, OneOf } from '../../shared/wire.ts'
import { categories } from './conversations.contract.ts'

const Status = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 60, pattern: '^[^\\s,]([^,]*[^\\s,])?$' }),
  category: OneOf('new', 'open', 'pending', 'on_hold', 'solved'),
})
const tags = ['Conversations']

/** Names an installation gives to its own statuses; each belongs to a category. */
export function addStatusRoutes(app: App, house: House): void {
  const { db, clock } = house
  const tell = (tx: typeof db, kind: string, agent: string, about: object) =>
    append(tx, { at: clock.now(), kind, actor: { kind: 'agent', id: agent }, after: { ...about } })

  app.get(
    '/api/v1/statuses',
    {
      config: { who: 'agent' },
      schema: {
        summary: "The installation's own statuses",
        tags,
        response: { 200: Type.Object({ items: Type.Array(Status), nextCursor: Nullable(Type.String()) }) },
      },
    },
    async () => ({
      items: await db.selectFrom('statuses').select(['name', 'category']).orderBy('name').execute(),
      nextCursor: null,
    }),
  )

  app.post(
    '/api/v1/statuses',
    {
      config: { who: 'admin' },
      schema: { summary: 'Name a status of your own', tags, body: Status, response: { 201: Status } },
    },
    async (request, reply) =>
      answerOnce(house, request, reply, 201, async (tx) => {
        const { name, category } = request.body
        if ((categories as readonly string[]).includes(name)) refuse('taken')
        const added = await tx
          .insertInto('statuses')
          .values({ name, category, created_at: clock.now() })
          .onConflict((known) => known.doNothing())
          .returning(['name', 'category'])
          .executeTakeFirst()
        if (!added) return refuse('taken')
        await tell(tx, 'status_added', callerOf(request).id, added)
        return added
      }),
  )

  app.delete(
    '/api/v1/statuses/:name',
    {
      config: { who: 'admin' },
      schema: {
        summary: 'Remove a status name; conversations that carry it keep it until they change',
        tags,
        params: Type.Object({ name: Type.String() }),
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const { name } = request.params
      await inTransaction(db, async (tx) => {
        const removed = await tx.deleteFrom('statuses').where('name', '=', name).executeTakeFirst()
        if (removed.numDeletedRows) await tell(tx, 'status_removed', callerOf(request).id, { name })
      })
      return reply.code(204).send(null)
    },
  )
}
