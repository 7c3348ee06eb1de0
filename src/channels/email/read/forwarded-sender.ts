import { headerLabel, isForwardMark, isForwardSubject } from '#shared/text/history-marks.ts'
import { readMailboxes } from './addresses.ts'
import { decodeText } from './charset.ts'
import type { Mailbox, ReadMail } from './mail.ts'
import { readFields } from './report.ts'

/** The head of a forwarded mail stands near its beginning. */
const maxLines = 300

/**
 * Who wrote the mail that this one forwards: from the enclosed mail, or from the words that mail programs put
 * above a forwarded text. Null when nothing is forwarded. Only text: whoever forwards could have changed it.
 */
export function forwardedSender(mail: Pick<ReadMail, 'subject' | 'text' | 'attachments'>): Mailbox | null {
  const lines = mail.text
    .split('\n')
    .slice(0, maxLines)
    .map((line) => line.replace(/^(?:>\s?)+/, ''))
  const mark = lines.findIndex(isForwardMark)
  if (mark >= 0) return senderBelow(lines.slice(mark + 1, mark + 15))
  if (!isForwardSubject(mail.subject)) return null
  return enclosedSender(mail) ?? senderBelow(lines)
}

function enclosedSender({ attachments }: Pick<ReadMail, 'attachments'>): Mailbox | null {
  const enclosed = attachments.filter((one) => one.mark === 'mail')
  if (enclosed.length !== 1) return null
  const head = decodeText(enclosed[0]!.bytes.subarray(0, 65_536))
  return readMailboxes(readFields(head).from ?? '')[0] ?? null
}

/** `From: Anna <anna@…>` of a header block, or Yandex's `02.03.2026, 10:11, "Anna" <anna@…>:`. */
function senderBelow(lines: string[]): Mailbox | null {
  for (const [at, line] of lines.entries()) {
    const text = line.slice(0, 500)
    if (headerLabel(text) === 'from')
      return addressIn(`${text.replace(/^[^:：]*[:：]\**/, '')} ${continued(lines[at + 1])}`)
    if (/^\d{1,2}[./]\d{1,2}[./]\d{2,4},? .*<[^<>\s]+@[^<>\s]+>\s*:?$/.test(text))
      return addressIn(text.replace(/^[\d./,:\s]+/, ''))
  }
  return null
}

/** The address may be wrapped onto the next line. */
const continued = (line = ''): string => (/^\s*<[^<>]+>\s*$/.test(line) ? line.trim() : '')

function addressIn(text: string): Mailbox | null {
  const plain = text
    .replace(/\[mailto:([^\]\s]+)\]/i, '<$1>')
    .replace(/<mailto:[^>]*>/gi, '')
    .replace(/\*/g, '')
    .replace(/:\s*$/, '')
  const found = /^(.*?)<([^<>\s]+@[^<>\s]+)>/.exec(plain)
  return readMailboxes(found ? `"${found[1]!.replace(/["\\]/g, '').trim()}" <${found[2]}>` : plain)[0] ?? null
}
