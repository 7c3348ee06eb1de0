import Type from 'typebox'
import type { House } from '#platform/house.ts'
import { type App, callerOf, refuseWithout } from '#platform/http/http.ts'
import { Id, Nullable } from '../../shared/wire.ts'
import { Delivery } from './conversations.contract.ts'
import { messagesById } from './items.queries.ts'
import { showDelivery } from './items.ts'
import { sourceOf, visibleMessage } from './source.ts'

const tags = ['Messages']

/** What stands behind a message: its raw source and what became of it on the way out. */
export function addMessageRoutes(app: App, house: House): void {
  const { db, files } = house

  app.get(
    '/api/v1/messages/:id/source',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'The message as it came (or as the test mailbox kept it), untouched, as a file',
        description: 'For administrators, and agents with the right `source`.',
        tags,
        params: Type.Object({ id: Id }),
        response: { 200: Type.Unsafe<unknown>({ type: 'string', format: 'binary' }) },
      },
    },
    async (request, reply) => {
      const id = await visibleMessage(db, request.params.id, callerOf(request).id)
      refuseWithout('source', callerOf(request))
      const source = await sourceOf(db, id, { id: callerOf(request).id, now: house.clock.now() })
      return reply
        .headers({
          'content-type': 'message/rfc822',
          'content-disposition': `attachment; filename="message-${id}.eml"`,
          'content-security-policy': "sandbox; default-src 'none'",
          'x-content-type-options': 'nosniff',
          'cache-control': 'private, no-store',
        })
        .send('file' in source ? files.stream(source.file) : source.bytes)
    },
  )

  app.get(
    '/api/v1/messages/:id/deliveries',
    {
      config: { who: 'agent' },
      schema: {
        summary: "What became of it, per recipient, with every attempt and the server's words",
        tags,
        params: Type.Object({ id: Id }),
        response: { 200: Type.Object({ items: Type.Array(Delivery), nextCursor: Nullable(Type.String()) }) },
      },
    },
    async (request) => {
      const id = await visibleMessage(db, request.params.id, callerOf(request).id)
      const [message] = await messagesById(db, [id])
      const { language } = callerOf(request)
      const items = (message?.deliveries ?? []).map((delivery) => showDelivery(delivery, language))
      return { items, nextCursor: null }
    },
  )
}
