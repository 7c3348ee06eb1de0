import Type from 'typebox'
import { contentDisposition } from '#features/attachments/attachments.ts'
import * as conversations from '#features/conversations/conversations.ts'
import type { House } from '#platform/house.ts'
import { type App, callerOf } from '#platform/http/http.ts'
import { fileName } from '#shared/text/file-name.ts'
import { conversationDocument } from './conversation-document.ts'

const Flag = Type.Optional(Type.Boolean())

/** A conversation as one page that needs nothing else: to be printed, kept, or sent to a lawyer. */
export function addDocumentRoutes(app: App, house: House): void {
  app.get(
    '/api/v1/conversations/:number/document',
    {
      config: { who: 'agent' },
      schema: {
        summary:
          'The whole conversation as one HTML page with its pictures inside; nothing in it runs or loads',
        description:
          'Internal comments, quoted history and what was done (assigned, closed …) only when asked for.',
        tags: ['Conversations'],
        params: Type.Object({ number: Type.String({ pattern: '^[0-9]{1,18}$' }) }),
        querystring: Type.Object({
          comments: Flag,
          history: Flag,
          events: Flag,
          download: Flag,
          zone: Type.Optional(Type.String({ maxLength: 60, description: 'IANA time zone; UTC without' })),
        }),
        response: { 200: Type.Unsafe<unknown>({ type: 'string' }) },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      const id = await conversations.find(house.db, caller.id, request.params.number)
      const { subject, html } = await conversationDocument(house, id, {
        ...request.query,
        reader: caller.id,
        language: caller.language,
      })
      const name = fileName(`${subject || request.params.number}.html`)
      return reply
        .headers({
          'content-type': 'text/html; charset=utf-8',
          'content-disposition': contentDisposition(request.query.download ? 'attachment' : 'inline', name),
          'content-security-policy': `sandbox allow-same-origin allow-modals; ${documentPolicy}; frame-ancestors 'self'`,
          'x-content-type-options': 'nosniff',
          'referrer-policy': 'no-referrer',
          'cache-control': 'private, no-store',
        })
        .send(html)
    },
  )
}

export const documentPolicy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
