// What our mail carries so that an answer or a bounce finds its way back: one enciphered block each, so that a
// customer sees neither a number nor how many conversations there are, and nobody can make one up.
//
//   address with a plus   support+c-<token>@…   conversation, and whom it was issued to (Reply-To)
//                         support+b-<token>@…   message (return path: a bounce names its message)
//                         support+p-<token>@…   inbox: a mail to ourselves that tries whether it arrives
//   address, Message-ID   support+q-…, <q-…>    a mail to somebody who is asked inside: never to a customer
//   address, Message-ID, marker   support+n-…, <n-…>, foyer-n-…   news mailed to an agent: his answer finds back
//   link, marker          …/answers/<token>, foyer-q-<token>   the same mail, in its words
//   Message-ID            <m-<token>@domain>    conversation and a random number: kept in the row, it never changes
//   marker in the HTML    foyer-c-<token>       conversation: survives where mail programs drop the headers
//
// A token is the key's id (8 hex digits) and one AES block in base 36: 6 bytes id, 4 bytes detail, 6 bytes HMAC.
// Lower case only: some servers fold the case of local parts.
import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Secrets } from '#platform/secrets/secrets.ts'

type Purpose =
  | 'reply'
  | 'bounce'
  | 'probe'
  | 'message-id'
  | 'marker'
  | 'consult'
  | 'consult-link'
  | 'notice'
  | 'notice-mark'
const none = Buffer.alloc(4)

/** Found in a recipient address. */
export interface ReplyToken {
  conversation: string
  /** whether the token was issued to this address; an answer from another one joins as a new participant's */
  issuedTo(address: string): boolean
}

/**
 * The Reply-To of a mail: only where the inbox's provider was seen to deliver addresses with a plus.
 * @returns null when the local part would pass 64 bytes (RFC 5321 4.5.3.1.1)
 */
export const replyAddress = (secrets: Secrets, inbox: string, conversation: string, recipient: string) =>
  withPlus(inbox, `c-${make(secrets, 'reply', conversation, addressTag(secrets, recipient))}`)

export function readReplyAddress(secrets: Secrets, address: string): ReplyToken | null {
  const found = open(secrets, 'reply', plusOf(address, 'c-'))
  return (
    found && {
      conversation: found.id,
      issuedTo: (sender) => addressTag(secrets, sender).equals(found.detail),
    }
  )
}

/** The return path of a mail, so that a bounce finds the message whatever it quotes; null as above. */
export const bounceAddress = (secrets: Secrets, inbox: string, message: string) =>
  withPlus(inbox, `b-${make(secrets, 'bounce', message, none)}`)

/** @returns the message's id */
export const readBounceAddress = (secrets: Secrets, address: string): string | null =>
  open(secrets, 'bounce', plusOf(address, 'b-'))?.id ?? null

/** Where an inbox mails itself to learn whether addresses with a plus arrive; null as above. */
export const probeAddress = (secrets: Secrets, address: string, inbox: string) =>
  withPlus(address, `p-${make(secrets, 'probe', inbox, none)}`)

/** @returns the inbox's id */
export const readProbeAddress = (secrets: Secrets, address: string): string | null =>
  open(secrets, 'probe', plusOf(address, 'p-'))?.id ?? null

/** A new Message-ID, without angle brackets; made once per message and kept in its row. */
export const newMessageId = (secrets: Secrets, conversation: string, domain: string): string =>
  `m-${make(secrets, 'message-id', conversation, randomBytes(4))}@${domain}`

/** Whether a Message-ID is one of ours; the row with this message_id tells which message. */
export function readMessageId(secrets: Secrets, id: string): { conversation: string } | null {
  const token = /^<?m-([a-z0-9]+)@/i.exec(id.trim())?.[1]
  const found = open(secrets, 'message-id', token ?? null)
  return found && { conversation: found.id }
}

/** An invisible mark for the HTML part. */
export const markerOf = (secrets: Secrets, conversation: string): string =>
  `foyer-c-${make(secrets, 'marker', conversation, none)}`

/** Conversations whose markers stand in a text or HTML, in order, each once. Forged ones are passed over. */
export function readMarkers(secrets: Secrets, text: string): string[] {
  const found = [...text.matchAll(/foyer-c-([a-z0-9]{33})/gi)]
    .slice(0, 100)
    .flatMap((match) => open(secrets, 'marker', match[1]!)?.id ?? [])
  return [...new Set(found)]
}

/** Where answers to a mail of a consult go; null as above. */
export const consultAddress = (secrets: Secrets, inbox: string, mail: string) =>
  withPlus(inbox, `q-${make(secrets, 'consult', mail, none)}`)
/** The Message-ID of a mail of a consult, made once and kept in its row. */
export const consultMessageId = (secrets: Secrets, mail: string, domain: string): string =>
  `q-${make(secrets, 'consult', mail, randomBytes(4))}@${domain}`
/** What the link to answer in the browser carries; in a quoted mail it is its mark. */
export const consultLink = (secrets: Secrets, mail: string): string =>
  make(secrets, 'consult-link', mail, none)

/** @returns the id of the consult's mail */
export const readConsultAddress = (secrets: Secrets, address: string): string | null =>
  open(secrets, 'consult', plusOf(address, 'q-'))?.id ?? null
export const readConsultMessageId = (secrets: Secrets, id: string): string | null =>
  open(secrets, 'consult', /^<?q-([a-z0-9]+)@/i.exec(id.trim())?.[1] ?? null)?.id ?? null
export const readConsultLink = (secrets: Secrets, token: string): string | null =>
  open(secrets, 'consult-link', token)?.id ?? null
/** Mails of consults that a text or HTML quotes, each once. */
export function readConsultMarkers(secrets: Secrets, text: string): string[] {
  const found = [...text.matchAll(/(?:\/answers\/|foyer-q-)([a-z0-9]{33})/gi)]
    .slice(0, 100)
    .flatMap((match) => readConsultLink(secrets, match[1]!) ?? [])
  return [...new Set(found)]
}

/** Where an agent's answer to a mail of news goes; null as above. */
export const noticeAddress = (secrets: Secrets, inbox: string, notice: string) =>
  withPlus(inbox, `n-${make(secrets, 'notice', notice, none)}`)
export const noticeMessageId = (secrets: Secrets, notice: string, domain: string): string =>
  `n-${make(secrets, 'notice', notice, randomBytes(4))}@${domain}`
/** Stands in its words, for mail programs that drop the headers. */
export const noticeMark = (secrets: Secrets, notice: string): string =>
  `foyer-n-${make(secrets, 'notice-mark', notice, none)}`

/** @returns the notice's id */
export const readNoticeAddress = (secrets: Secrets, address: string): string | null =>
  open(secrets, 'notice', plusOf(address, 'n-'))?.id ?? null
export const readNoticeMessageId = (secrets: Secrets, id: string): string | null =>
  open(secrets, 'notice', /^<?n-([a-z0-9]+)@/i.exec(id.trim())?.[1] ?? null)?.id ?? null
/** Notices that a text or HTML quotes, each once. */
export function readNoticeMarks(secrets: Secrets, text: string): string[] {
  const found = [...text.matchAll(/foyer-n-([a-z0-9]{33})/gi)]
    .slice(0, 100)
    .flatMap((match) => open(secrets, 'notice-mark', match[1]!)?.id ?? [])
  return [...new Set(found)]
}

/** X-Loop of everything we send: names this installation, tells nothing of it. */
export const loopId = (secrets: Secrets): string => `foyer-${secrets.sign('installation', 'loop')}`

/** `support@x` with `suffix` → `support+suffix@x`. */
function withPlus(address: string, suffix: string): string | null {
  const at = address.lastIndexOf('@')
  const local = `${address.slice(0, at)}+${suffix}`
  return Buffer.byteLength(local) > 64 ? null : `${local}${address.slice(at)}`
}
function plusOf(address: string, prefix: string): string | null {
  const local = address.slice(0, address.lastIndexOf('@')).toLowerCase()
  const at = local.lastIndexOf(`+${prefix}`)
  return at < 0 ? null : local.slice(at + 1 + prefix.length)
}

const keyOf = (secrets: Secrets) => Buffer.from(secrets.keyFor('mail tokens'), 'hex')
const mac = (secrets: Secrets, purpose: string, bytes: Uint8Array) =>
  createHmac('sha256', keyOf(secrets)).update(`${purpose}\0`).update(bytes).digest()
const addressTag = (secrets: Secrets, address: string) =>
  mac(secrets, 'address', Buffer.from(address.trim().toLowerCase())).subarray(0, 4)

function make(secrets: Secrets, purpose: Purpose, id: string, detail: Buffer): string {
  const head = Buffer.alloc(10)
  head.writeUIntBE(Number(id), 0, 6)
  detail.copy(head, 6)
  const cipher = createCipheriv('aes-256-ecb', keyOf(secrets), null).setAutoPadding(false)
  const block = cipher.update(Buffer.concat([head, mac(secrets, purpose, head).subarray(0, 6)]))
  return secrets.keyId + toBase36(block)
}

function open(secrets: Secrets, purpose: Purpose, token: string | null) {
  const lower = token?.toLowerCase()
  if (!lower?.startsWith(secrets.keyId)) return null
  const block = fromBase36(lower.slice(secrets.keyId.length))
  if (!block) return null
  const decipher = createDecipheriv('aes-256-ecb', keyOf(secrets), null).setAutoPadding(false)
  const plain = decipher.update(block)
  const head = plain.subarray(0, 10)
  if (!timingSafeEqual(plain.subarray(10), mac(secrets, purpose, head).subarray(0, 6))) return null
  return { id: String(head.readUIntBE(0, 6)), detail: head.subarray(6) }
}

/** 16 bytes are 25 digits. */
const toBase36 = (block: Buffer) =>
  BigInt(`0x${block.toString('hex')}`)
    .toString(36)
    .padStart(25, '0')
function fromBase36(text: string): Buffer | null {
  if (!/^[a-z0-9]{25}$/.test(text)) return null
  let value = 0n
  for (const digit of text) value = value * 36n + BigInt(Number.parseInt(digit, 36))
  const hex = value.toString(16).padStart(32, '0')
  return hex.length === 32 ? Buffer.from(hex, 'hex') : null
}
