import Type from 'typebox'
import { readStream, type StreamEvent } from '#platform/events/events.ts'
import type { House } from '#platform/house.ts'
import { type App, callerOf } from '#platform/http/http.ts'
import { type Event, EventPage } from './events.contract.ts'
import { type Audience, whoKnows } from './sight.ts'

const show = (event: StreamEvent): Event => ({
  seq: event.seq,
  id: event.id,
  at: event.at.toISOString(),
  kind: event.kind,
  actor: { kind: event.actor_kind, id: event.actor_id },
  conversation: event.conversation === null ? null : Number(event.conversation),
  item: event.item,
  before: event.before,
  after: event.after,
})

export function addEventRoutes(app: App, house: House, { audience }: { audience: Audience }): void {
  const Query = Type.Object({
    after: Type.Optional(Type.Integer({ minimum: 0, default: 0, description: 'the last seq you know' })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 50 })),
    cursor: Type.Optional(Type.String({ pattern: '^[0-9]{1,15}$' })),
  })
  /** The stream as far as the caller may see it, oldest first; never skips what commits late. */
  app.get(
    '/api/v1/events',
    {
      config: { who: 'agent' },
      schema: { tags: ['events'], querystring: Query, response: { 200: EventPage } },
    },
    async (request) => {
      const { limit = 50, cursor } = request.query
      const agent = callerOf(request).id
      let from = Math.max(request.query.after ?? 0, Number(cursor ?? 0))
      const items: Event[] = []
      for (let batch = 0; batch < 20; batch += 1) {
        const events = await readStream(house.db, from, 500)
        const knows = await whoKnows(house.db, audience, events)
        for (const event of events) {
          if (items.length === limit) return { items, nextCursor: String(from) }
          if (knows(event, agent)) items.push(show(event))
          from = event.seq
        }
        if (events.length < 500) return { items, nextCursor: null }
      }
      // Much that the caller may not see: enough for one request.
      return { items, nextCursor: String(from) }
    },
  )
}
