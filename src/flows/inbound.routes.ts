// The way in of a custom channel: signed JSON, kept as it came before anything else, worked on while the caller waits.
import { Readable } from 'node:stream'
import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import { parseInbound, whatIsWrong } from '#channels/custom/read.ts'
import * as connections from '#features/connections/connections.ts'
import { Refusal, refuse } from '#platform/errors/refuse.ts'
import type { House } from '#platform/house.ts'
import type { App } from '#platform/http/http.ts'
import { Id, Nullable } from '../shared/wire.ts'
import type { Receiver } from './receive/receiver.ts'
import { openSignedBodies, type Unread } from './receive/signed-body.ts'
import { whereItIs } from './receive/where-it-is.ts'

const Taken = Type.Object({ conversation: Nullable(Type.Integer()), item: Nullable(Id) })

/** Whoever signs with the channel's secret may post. */
export function addInboundRoutes(app: App, house: House, receiver: Receiver): void {
  const bodies = openSignedBodies(house.files)
  // In a scope of its own: the signature is over the bytes as they came, so nothing may read or parse them first.
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, body, done) => done(null, body))
    scope.post<{ Params: { id: string } }>(
      '/api/v1/channels/:id/inbound',
      {
        config: { who: 'channel' },
        schema: {
          summary: 'A message from a custom channel',
          description:
            'Signed by `X-Foyer-Signature: sha256=<hex HMAC-SHA256 of the body>`; idempotent by `id`.',
          tags: ['Channels'],
          params: Type.Object({ id: Id }),
          response: { 202: Taken },
        },
      },
      async (request, reply) => {
        const { id } = request.params
        const [connection] = await connections.openConnections(house.db, house.secrets, { id })
        if (connection?.kind !== 'custom') return refuse('not_found')
        const { secret = refuse('wrong_signature') } = connection.secrets
        const receipts = await bodies.take(secret, unread(request), (raw) =>
          receiver.receive({
            door: 'webhook',
            channel: connection.id,
            kind: 'custom',
            inboxes: [connection.inbox],
            sourceKey: idIn(raw),
            raw,
            envelopeFrom: null,
            envelopeTo: [],
            mode: 'live',
            remote: { address: request.ip },
            wait: true,
          }),
        )
        await connections.noteReceiving(house.db, connection.id, null, house.clock.now())
        reply.code(202)
        const { conversation, item } = await whereItIs(house, receipts[0])
        return { conversation, item }
      },
    )
  })
}

function unread({ body, headers, ip, raw }: FastifyRequest): Unread {
  const length = headers['content-length']
  return {
    // A request without a content type comes with no body of fastify's making.
    body: body instanceof Readable ? body : raw,
    length: length === undefined ? undefined : Number(length),
    signature: headers['x-foyer-signature'],
    from: ip,
  }
}

/** @throws Refusal 400 for what is no JSON, 422 naming the fields that are not as they must be */
function idIn(raw: Buffer): string {
  let value: unknown
  try {
    value = parseInbound(raw)
  } catch {
    refuse('malformed')
  }
  const errors = whatIsWrong(value)
  if (errors.length > 0) throw new Refusal('invalid', { errors })
  return (value as { id: string }).id
}
