import Type from 'typebox'
import { decodeText } from '#channels/email/read/charset.ts'
import { headersOf } from '#channels/email/read/headers-of.ts'
import * as conversations from '#features/conversations/conversations.ts'
import type { House } from '#platform/house.ts'
import { type App, callerOf, refuseWithout } from '#platform/http/http.ts'
import { keepable } from '../../shared/text/keepable.ts'
import { Id } from '../../shared/wire.ts'

/** bytes of the source that are shown; the file itself is whole */
const mostShown = 500_000

/** A mail's source to be read by people. The file itself: /messages/:id/source. */
export function addSourceRoutes(app: App, house: House): void {
  const { db, files } = house
  app.get(
    '/api/v1/messages/:id/source/text',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'Headers, decoded, and the raw source as text, as far as one reads it',
        description: 'For administrators, and agents with the right `source`.',
        tags: ['Messages'],
        params: Type.Object({ id: Id }),
        response: {
          200: Type.Object({
            headers: Type.Array(Type.Object({ name: Type.String(), value: Type.String() })),
            text: Type.String(),
            size: Type.Integer({ description: 'bytes of the whole source' }),
            cut: Type.Boolean({ description: 'there is more in the file' }),
          }),
        },
      },
    },
    async (request, reply) => {
      const id = await conversations.visibleMessage(db, request.params.id, callerOf(request).id)
      refuseWithout('source', callerOf(request))
      const source = await conversations.sourceOf(db, id, {
        id: callerOf(request).id,
        now: house.clock.now(),
      })
      const raw = 'file' in source ? await files.read(source.file) : source.bytes
      void reply.header('cache-control', 'private, no-store')
      return {
        headers: headersOf(raw),
        text: keepable(decodeText(raw.subarray(0, mostShown))),
        size: raw.length,
        cut: raw.length > mostShown,
      }
    },
  )
}
