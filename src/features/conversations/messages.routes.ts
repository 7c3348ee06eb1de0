import Type from 'typebox'
import type { Db } from '#platform/db/db.ts'
import { refuse } from '#platform/errors/refuse.ts'
import type { House } from '#platform/house.ts'
import { type App, callerOf } from '#platform/http/http.ts'
import { Id, Nullable } from '../../shared/wire.ts'
import { Delivery } from './conversations.contract.ts'
import { sees } from './find.ts'
import { messagesById, placeOf } from './items.queries.ts'
import { showDelivery } from './items.ts'

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
        tags,
        params: Type.Object({ id: Id }),
        response: { 200: Type.Unsafe<unknown>({ type: 'string', format: 'binary' }) },
      },
    },
    async (request, reply) => {
      const id = await visible(db, request.params.id, callerOf(request).id)
      const source = await sourceOf(db, id)
      return reply
        .headers({
          'content-type': 'text/plain; charset=utf-8',
          'content-disposition': `attachment; filename="message-${id}.eml.txt"`,
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
      const id = await visible(db, request.params.id, callerOf(request).id)
      const [message] = await messagesById(db, [id])
      const { language } = callerOf(request)
      const items = (message?.deliveries ?? []).map((delivery) => showDelivery(delivery, language))
      return { items, nextCursor: null }
    },
  )
}

async function visible(db: Db, message: string, agent: string): Promise<string> {
  const place = await placeOf(db, message)
  if (place?.type !== 'message' || !(await sees(db, agent, place.conversation))) return refuse('not_found')
  return message
}

async function sourceOf(db: Db, message: string): Promise<{ file: Buffer } | { bytes: Buffer }> {
  const kept = await db
    .selectFrom('messages as m')
    .innerJoin('ledger as l', 'l.id', 'm.ledger')
    .select('l.sha256')
    .where('m.id', '=', message)
    .where('l.erased_at', 'is', null)
    .executeTakeFirst()
  if (kept) return { file: kept.sha256 }
  const sent = await db
    .selectFrom('outbox_mails')
    .select('source')
    .where('message', '=', message)
    .orderBy('id', 'desc')
    .executeTakeFirst()
  return sent ? { bytes: sent.source } : refuse('not_found')
}
