import Type from 'typebox'
import { sightOf } from '#features/conversations/conversations.ts'
import type { House } from '#platform/house.ts'
import { type App, callerOf } from '#platform/http/http.ts'
import { PageQuery } from '../../shared/wire.ts'
import { list } from './list.ts'
import { OutboxPage } from './outbox.contract.ts'

/** The test mailbox: what would have left if there were a mail server. */
export function addOutboxRoutes(app: App, { db }: House): void {
  app.get(
    '/api/v1/outbox',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'Mails kept by the test mailbox, newest first',
        description: 'Mails of conversations you may see; Foyer’s own mails for administrators.',
        tags: ['Outbox'],
        querystring: Type.Object(PageQuery),
        response: { 200: OutboxPage },
      },
    },
    async (request) => {
      const { id, role } = callerOf(request)
      const reader = { sight: await sightOf(db, id), admin: role === 'admin' }
      return list(db, reader, request.query.limit ?? 50, request.query.cursor)
    },
  )
}
