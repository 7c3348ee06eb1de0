import { createHash } from 'node:crypto'
import Type, { type Static } from 'typebox'
import Value from 'typebox/value'
import { mailAddress } from '../../shared/address/address.ts'
import { keepableValue } from '../../shared/text/keepable.ts'
import { preview } from '../../shared/text/new-words.ts'
import type { Circumstances, Identity, IncomingMessage, ReadOutcome } from '../channel.ts'

const Attachment = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 300 }),
  type: Type.Optional(Type.String({ maxLength: 200 })),
  base64: Type.String(),
})
/** What the other system posts. `id` names the message there: the same id again is the same message. */
export const Inbound = Type.Object({
  id: Type.String({ minLength: 1, maxLength: 200 }),
  customer: Type.Object({
    id: Type.String({ minLength: 1, maxLength: 200 }),
    name: Type.Optional(Type.Union([Type.String({ maxLength: 200 }), Type.Null()])),
    address: Type.Optional(Type.Union([Type.String({ maxLength: 320 }), Type.Null()])),
    phone: Type.Optional(Type.Union([Type.String({ maxLength: 50 }), Type.Null()])),
    // The other system has made sure that address and phone are his.
    verified: Type.Optional(Type.Boolean()),
  }),
  text: Type.String({ maxLength: 500_000 }),
  attachments: Type.Optional(Type.Array(Attachment, { maxItems: 50 })),
  at: Type.Optional(Type.String({ maxLength: 40 })),
})
export type Inbound = Static<typeof Inbound>

/** @returns the fields that are not as they must be; empty: it is one */
export function whatIsWrong(value: unknown): { field: string; code: string }[] {
  const errors = Value.Errors(Inbound, value)
  if (errors.length === 0) return unreadable(value as Inbound)
  return errors.slice(0, 20).flatMap(({ instancePath, keyword, params }) => {
    const path = instancePath.split('/').filter(Boolean)
    const code = keyword === 'required' ? 'required' : keyword === 'maxLength' ? 'too_long' : 'invalid'
    // What is missing is named by the object it is missing from.
    const missing = (params as { requiredProperties?: string[] }).requiredProperties ?? [null]
    return missing.map((name) => ({ field: [...path, ...(name ? [name] : [])].join('.') || 'body', code }))
  })
}

/** Fields of the right type that say nothing: they would be lost without a word. */
const unreadable = ({ at, attachments = [] }: Inbound): { field: string; code: string }[] => [
  ...(at !== undefined && Number.isNaN(new Date(at).getTime()) ? [{ field: 'at', code: 'invalid' }] : []),
  ...attachments.flatMap(({ base64 }, i) =>
    isBase64(base64) ? [] : [{ field: `attachments.${i}.base64`, code: 'invalid' }],
  ),
]

/** RFC 4648 in either alphabet, padded or not, broken into lines or not. */
function isBase64(text: string): boolean {
  const bare = text.replace(/\s+/g, '').replace(/={1,2}$/, '')
  return /^[A-Za-z0-9+/_-]*$/.test(bare) && bare.length % 4 !== 1
}

/** What was posted, with every text as it can be kept. @throws SyntaxError for what is no JSON */
export const parseInbound = (raw: Uint8Array): unknown =>
  keepableValue(JSON.parse(Buffer.from(raw).toString('utf8')))

export async function readInbound(raw: Uint8Array, { channel }: Circumstances): Promise<ReadOutcome> {
  let value: unknown
  try {
    value = parseInbound(raw)
  } catch {
    return { ok: false, kind: 'limit', reason: 'not JSON' }
  }
  if (!Value.Check(Inbound, value))
    return { ok: false, kind: 'limit', reason: JSON.stringify(whatIsWrong(value)) }
  return { ok: true, message: messageOf(value, channel ?? '0') }
}

const known = (kind: string, value: string | null): Identity[] =>
  value ? [{ kind, scope: '0', value, name: null }] : []

function messageOf(inbound: Inbound, channel: string): IncomingMessage {
  const { customer, text } = inbound
  const at = new Date(inbound.at ?? Number.NaN)
  return {
    messageId: `${inbound.id}@channel-${channel}.invalid`,
    fingerprint: createHash('sha256').update(`custom\0${channel}\0${inbound.id}`).digest(),
    sentAt: Number.isNaN(at.getTime()) ? null : at,
    // A conversation needs a line in lists: its first words.
    subject: preview(text, { length: 80 }) || null,
    from: { kind: 'custom', scope: channel, value: customer.id, name: customer.name ?? null },
    alsoKnownAs: [
      ...known('mail', mailAddress(customer.address ?? '')),
      ...known('phone', (customer.phone ?? '').replace(/[^\d+]/g, '')),
    ],
    vouched: customer.verified === true,
    replyTo: [],
    to: [],
    cc: [],
    addressedTo: [],
    text,
    html: null,
    fold: null,
    // No threads there: what one customer writes at once is taken in one after the other.
    references: [
      `${createHash('sha256').update(customer.id).digest('hex').slice(0, 40)}@channel-${channel}.invalid`,
    ],
    markers: [],
    attachments: (inbound.attachments ?? []).map(({ name, type, base64 }) => ({
      name,
      type: type ?? 'application/octet-stream',
      bytes: Buffer.from(base64, 'base64'),
      contentId: null,
      inline: false,
      mark: null,
    })),
    automatic: null,
    bounce: null,
    loops: [],
    spam: false,
    thanks: false,
    verified: true,
    forwardedFrom: null,
    noReply: false,
  }
}
