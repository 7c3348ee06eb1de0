import { createHash, type Hash } from 'node:crypto'
import type { ReadMail } from './mail.ts'

type Content = Pick<ReadMail, 'from' | 'date' | 'subject' | 'text' | 'html' | 'attachments'>

/** Hash of sender, subject and content alone: the same words sent twice, or to several of our addresses. */
export function contentHash(mail: Content): string {
  const hash = createHash('sha256')
  add(hash, mail.from.map((one) => one.address).join(','))
  add(hash, mail.subject)
  add(hash, mail.text.replace(/\s+/g, ' ').trim())
  add(hash, mail.html?.replace(/\s+/g, ' ').trim() ?? '')
  for (const attachment of mail.attachments) {
    add(hash, attachment.name)
    add(hash, attachment.bytes)
  }
  return hash.digest('hex')
}

/**
 * Hash of what the sender wrote, when: the same mail by two ways (Received, Delivered-To and the like
 * differ) has one fingerprint. `content` is the content's hash.
 */
export function fingerprint(mail: Pick<ReadMail, 'messageId' | 'date'>, content: string): string {
  const hash = createHash('sha256')
  add(hash, mail.messageId ?? '')
  add(hash, mail.date?.toISOString() ?? '')
  add(hash, content)
  return hash.digest('hex')
}

/** Each value with its length before it, so that no two lists of values look alike. */
function add(hash: Hash, value: string | Uint8Array): void {
  hash.update(`${value.length}:`)
  hash.update(value)
}
