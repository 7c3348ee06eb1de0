// The way in of a custom channel: signed JSON, kept as it came before anything else, worked on while the caller waits.
import Type from 'typebox'
import { whatIsWrong } from '#channels/custom/read.ts'
import { isSigned } from '#channels/custom/signature.ts'
import * as connections from '#features/connections/connections.ts'
import { Refusal, refuse } from '#platform/errors/refuse.ts'
import type { House } from '#platform/house.ts'
import type { App } from '#platform/http/http.ts'
import { Id, Nullable } from '../shared/wire.ts'
import type { Receiver } from './receive/receiver.ts'
import { whereItIs } from './receive/where-it-is.ts'

/** Attachments come as base64 inside: 50 MB of files are 67 MB of text. */
const mostBytes = 70 * 1024 * 1024
const Taken = Type.Object({ conversation: Nullable(Type.Integer()), item: Nullable(Id) })

/** Whoever signs with the channel's secret may post. */
export function addInboundRoutes(app: App, house: House, receiver: Receiver): void {
  // In a scope of its own: the signature is over the bytes as they came, so nothing may parse them first.
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: mostBytes }, (_request, body, done) =>
      done(null, body),
    )
    scope.post<{ Params: { id: string } }>(
      '/api/v1/channels/:id/inbound',
      {
        config: { who: 'channel' },
        bodyLimit: mostBytes,
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
        const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
        const { id } = request.params
        const [connection] = await connections.openConnections(house.db, house.secrets, { id })
        if (connection?.kind !== 'custom') return refuse('not_found')
        const { secret } = connection.secrets
        if (!secret || !isSigned(secret, raw, request.headers['x-foyer-signature'])) refuse('wrong_signature')
        const [receipt] = await receiver.receive({
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
        })
        reply.code(202)
        const { conversation, item } = await whereItIs(house, receipt)
        return { conversation, item }
      },
    )
  })
}

/** @throws Refusal 400 for what is no JSON, 422 naming the fields that are not as they must be */
function idIn(raw: Buffer): string {
  let value: unknown
  try {
    value = JSON.parse(raw.toString('utf8'))
  } catch {
    refuse('malformed')
  }
  const errors = whatIsWrong(value)
  if (errors.length > 0) throw new Refusal('invalid', { errors })
  return (value as { id: string }).id
}
