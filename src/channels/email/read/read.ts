import { htmlToText } from '#platform/html/html-to-text.ts'
import { textToHtml } from '#shared/text/text-to-html.ts'
import { readMailboxes } from './addresses.ts'
import { readAttachments, tnefAttachments } from './attachments.ts'
import { type Leaf, type Stretch, splitBody } from './body.ts'
import { decodeWords } from './decode-words.ts'
import { contentHash, fingerprint } from './fingerprint.ts'
import {
  defaultLimits,
  LimitPassed,
  type Mailbox,
  type ReadHeader,
  type ReadLimits,
  type ReadMail,
} from './mail.ts'
import { readId, readIds } from './message-ids.ts'
import { type MimePart, parseMime } from './mime-tree.ts'
import { readDate } from './read-date.ts'
import { readReport } from './report.ts'
import { readTnef } from './tnef.ts'

/**
 * Everything the receive flow needs of a raw mail, of any charset and shape. Throws LimitPassed; other
 * throws are mails broken beyond reading (or bugs). Runs in a worker thread: see reader-pool.
 */
export async function read(raw: Uint8Array, limits: ReadLimits = defaultLimits): Promise<ReadMail> {
  if (raw.byteLength > limits.size) throw new LimitPassed(`Larger than ${limits.size} bytes`)
  const root = await parseMime(raw, limits)
  const headers = new HeaderBlock(root)
  const { body, rest } = splitBody(root)
  const content = {
    ...headers.envelope(),
    ...withTnef(bodyText(body) || strayLines(root), bodyHtml(body), rest),
    report: readReport(rest),
  }
  const hash = contentHash(content)
  const print = fingerprint(content, hash)
  return {
    ...content,
    id: content.messageId ?? `${print.slice(0, 40)}@derived.invalid`,
    fingerprint: print,
    contentHash: hash,
  }
}

/** Outlook's winmail.dat opened: its files take its place, its words stand in where the mail has none. */
function withTnef(
  text: string,
  html: string | null,
  rest: Leaf[],
): Pick<ReadMail, 'text' | 'html' | 'attachments'> {
  const attachments = readAttachments(rest, html)
  if (!attachments.some((one) => one.mark === 'tnef')) return { text, html, attachments }
  const opened = new Map(attachments.map((one) => [one, one.mark === 'tnef' ? readTnef(one.bytes) : null]))
  const packed = [...opened.values()].filter((one) => one !== null)
  const shown = html ?? (packed.map((one) => one.html).find((one) => one.trim() !== '') || null)
  const words =
    text || packed.map((one) => one.text || htmlToText(one.html)).find((one) => one.trim() !== '') || ''
  return {
    text: words,
    html: shown,
    attachments: attachments.flatMap((one) => {
      const tnef = opened.get(one)
      // Damaged, or nothing in it that could be shown: the file itself is all there is.
      const empty = !tnef || (tnef.files.length === 0 && tnef.html === '' && tnef.text === '')
      return empty ? [one] : tnefAttachments(tnef.files, shown)
    }),
  }
}

/** Shown only when some stretch came as HTML; the plain ones between are turned into HTML then. */
function bodyHtml(body: Stretch[]): string | null {
  if (!body.some((stretch) => stretch.html !== null && stretch.html.trim() !== '')) return null
  return body.map((stretch) => stretch.html ?? textToHtml(stretch.text ?? '')).join('\n')
}

/** Words among the headers, where the blank line before the body is missing. */
function strayLines(root: MimePart): string {
  if (root.content && root.content.byteLength > 1) return ''
  const lines = root.rawHeaderLines.map((header) => header.line)
  return lines
    .filter((line) => !/^[!-9;-~]+[ \t]*:/.test(line))
    .join('\n')
    .trim()
}

function bodyText(body: Stretch[]): string {
  const texts = body.map(({ text, html }) =>
    text?.trim() || html === null ? (text ?? '') : htmlToText(html),
  )
  return texts
    .join('\n')
    .replace(/^\ufeff/, '')
    .trimEnd()
}

/** Headers that say how a mail travelled or was signed: long, many, and of no use to the flow. */
const noise =
  /^(received|dkim-signature|domainkey-signature|arc-|x-ms-exchange-(?!organization-scl)|x-microsoft-antispam|x-google-dkim|x-gm-message-state|x-google-smtp|x-received|content-(?!type))/
const maxValue = 4096

class HeaderBlock {
  readonly all: { key: string; value: string }[]
  constructor(root: MimePart) {
    this.all = root.headers
  }

  first(name: string): string | undefined {
    return this.all.find((header) => header.key === name && header.value !== '')?.value
  }

  mailboxes(...names: string[]): Mailbox[] {
    return names.flatMap((name) =>
      this.all.filter((header) => header.key === name).flatMap((header) => readMailboxes(header.value)),
    )
  }

  envelope() {
    return {
      messageId: readId(this.first('message-id')),
      inReplyTo: readIds(this.first('in-reply-to') ?? ''),
      references: readIds(
        this.all
          .filter((header) => header.key === 'references')
          .map((header) => header.value)
          .join(' '),
      ),
      date: readDate(this.first('date')),
      subject: oneLine(decodeWords(this.first('subject') ?? '')),
      from: this.mailboxes('from'),
      sender: this.mailboxes('sender')[0] ?? null,
      replyTo: this.mailboxes('reply-to'),
      to: this.mailboxes('to'),
      cc: this.mailboxes('cc'),
      deliveredTo: this.deliveredTo(),
      returnPath: this.returnPath(),
      headers: this.telling(),
      hops: this.all.filter((header) => header.key === 'received').length,
    }
  }

  deliveredTo(): string[] {
    const names = [
      'delivered-to',
      'x-delivered-to',
      'x-original-to',
      'envelope-to',
      'x-envelope-to',
      'x-forwarded-to',
    ]
    return [...new Set(this.mailboxes(...names).map((one) => one.address))]
  }

  returnPath(): string | null {
    const value = this.first('return-path')
    if (value === undefined) return null
    return readMailboxes(value)[0]?.address ?? (/^\s*<\s*>|^\s*$/.test(value) ? '' : null)
  }

  telling(): ReadHeader[] {
    return this.all
      .filter((header) => !noise.test(header.key) && /^[!-9;-~]+$/.test(header.key))
      .map((header) => ({ name: header.key, value: oneLine(decodeWords(header.value.slice(0, maxValue))) }))
  }
}

const oneLine = (value: string): string => value.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim()
