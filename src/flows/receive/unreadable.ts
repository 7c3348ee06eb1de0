import type { IncomingMessage } from '#channels/channel.ts'
import { readHead } from '#channels/email/read-head.ts'
import type { Entry } from '#features/ledger/ledger.ts'

/** A mail nobody can read, for which a person wants a conversation all the same: its head, and the source attached. */
export function unreadable(raw: Uint8Array, entry: Entry, reason: string): IncomingMessage {
  const { from, subject } = readHead(raw)
  const sender = from ?? entry.envelopeFrom
  const id = `${entry.sha256.toString('hex').slice(0, 40)}@unread.invalid`
  return {
    messageId: id,
    fingerprint: entry.sha256,
    sentAt: null,
    subject,
    from: sender ? { kind: 'mail', scope: '0', value: sender.toLowerCase(), name: null } : null,
    replyTo: [],
    to: [],
    cc: [],
    addressedTo: entry.envelopeTo,
    text: reason,
    html: null,
    fold: null,
    references: [],
    markers: [],
    attachments: [
      { name: 'message.eml', type: 'message/rfc822', bytes: raw, contentId: null, inline: false, mark: null },
    ],
    automatic: null,
    bounce: null,
    loops: [],
    spam: false,
    thanks: false,
    verified: null,
    forwardedFrom: null,
    noReply: false,
  }
}
