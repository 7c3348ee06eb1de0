import { timingSafeEqual } from 'node:crypto'
import Type from 'typebox'
import { refuse } from '#platform/errors/refuse.ts'
import type { House } from '#platform/house.ts'
import type { App } from '#platform/http/http.ts'
import { Id } from '../../shared/wire.ts'
import { fileSignature } from './outgoing.ts'

/** Attachments of messages that left by a channel without bytes: the signed address is the permission, for a week. */
export function addFileRoutes(app: App, house: House): void {
  app.get(
    '/api/v1/files/:id',
    {
      config: { who: 'channel' },
      schema: {
        summary: 'A file of a message that was sent, by its signed address',
        tags: ['Channels'],
        params: Type.Object({ id: Id }),
        querystring: Type.Object({
          until: Type.String({ pattern: '^[0-9]{1,12}$' }),
          signature: Type.String({ maxLength: 100 }),
        }),
      },
    },
    async (request, reply) => {
      const { until, signature } = request.query
      const expected = Buffer.from(fileSignature(house.secrets, request.params.id, until))
      const given = Buffer.from(signature)
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) refuse('not_found')
      if (Number(until) * 1000 < house.clock.now().getTime()) refuse('not_found')
      const row = await house.db
        .selectFrom('attachments')
        .select(['file', 'name', 'type', 'size'])
        .where('id', '=', request.params.id)
        .where('seal', 'is', null)
        .executeTakeFirst()
      if (!row) refuse('not_found')
      return reply
        .header('content-type', 'application/octet-stream')
        .header('x-content-type-options', 'nosniff')
        .header('content-length', row.size)
        .header('content-disposition', `attachment; filename*=utf-8''${encodeURIComponent(row.name)}`)
        .send(house.files.stream(row.file))
    },
  )
}
