import type { NewMessageRow } from '#features/conversations/conversations.ts'
import { preview } from '#shared/text/new-words.ts'
import { history } from './history.ts'
import type { Author } from './identify.ts'
import type { Receiving } from './receiving.ts'

/** The message as it is kept. */
export function messageRow(receiving: Receiving, author: Author): NewMessageRow {
  const { entry, message, attachments } = receiving
  return {
    direction: author.ours ? 'out' : 'in',
    medium: entry.kind ?? 'mail',
    channel: entry.channel,
    at: entry.mode === 'history' ? history.timeOf(receiving) : entry.receivedAt,
    author: author.actor,
    subject: message.subject,
    text: message.text,
    html: message.html,
    fold: message.fold,
    from: message.from && { name: message.from.name, address: message.from.value },
    to: message.to,
    cc: message.cc,
    automatic: message.automatic,
    noAutoAnswer: message.noAutoAnswer,
    verified: message.verified,
    evidence: message.evidence ?? null,
    ledger: entry.id,
    messageId: message.messageId,
    inReplyTo: message.references[0] ?? null,
    attachments,
    preview: preview(message.text, { subject: message.subject ?? '' }),
  }
}
