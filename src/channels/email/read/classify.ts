import { type Automatic, readAutomatic } from './automatic.ts'
import { type Bounce, readBounce } from './bounce.ts'
import { headerOf, type ReadMail } from './mail.ts'
import { readIds } from './message-ids.ts'
import { readSesNotification } from './ses-notification.ts'

/** What kind of mail it is, as far as the mail itself tells. What to do with it is the flow's to decide. */
export interface Classification {
  /** A report that a mail could not be delivered, or not yet. */
  bounce: Bounce | null
  /** Somebody pressed "this is spam" on a mail of ours (RFC 5965). */
  complaint: Complaint | null
  /** Not written by a person for this occasion; null for bounces, complaints and people. */
  automatic: Automatic | null
  /** The mailing list it came through: its List-Id, or the best there is. */
  list: string | null
  /** Sent to many: List-Unsubscribe or Precedence say so. */
  bulk: boolean
  /** A filter on the way judged it to be spam. */
  spam: boolean
  /** X-Loop values: ours among them means that the mail went in a circle. */
  loops: string[]
  /** The sender's address says that nobody reads answers. */
  noReply: boolean
  /** The sender asks machines not to answer: X-Auto-Response-Suppress. */
  noAutoAnswer: boolean
}

export interface Complaint {
  /** 'abuse', 'not-spam', 'opt-out', …: Feedback-Type. */
  type: string
  address: string | null
  /** Message-IDs of the mail complained about. */
  originalIds: string[]
}

export function classify(mail: ReadMail): Classification {
  const complaint = readComplaint(mail)
  const bounce = complaint ? null : readBounce(mail)
  return {
    bounce,
    complaint,
    automatic: complaint || bounce ? null : readAutomatic(mail),
    list: readList(mail),
    bulk:
      headerOf(mail, 'list-unsubscribe') !== null ||
      /^(bulk|list|junk)\b/i.test(headerOf(mail, 'precedence') ?? ''),
    spam: isMarkedSpam(mail),
    loops: mail.headers.filter((header) => header.name === 'x-loop').map((header) => header.value),
    noReply: mail.from.some((one) => isNoReply(one.address)),
    noAutoAnswer: suppressesAnswers(headerOf(mail, 'x-auto-response-suppress') ?? ''),
  }
}

/** MS-OXCMAIL: All, AutoReply and OOF speak of answers; DR, NDR, RN and NRN of receipts. */
const suppressesAnswers = (header: string) => /(?:^|[\s,;])(?:all|autoreply|oof)(?:$|[\s,;])/i.test(header)

/** `noreply@`, `do-not-reply@`, `donotreply+x@`, `no_reply@` and the like. */
export const isNoReply = (address: string): boolean =>
  /^(?:[\w.-]*[._-])?(?:no|do[._-]?not|dont|nicht|ne[._-]?pas|non)[._-]?(?:reply|replay|answer|respond|antworten|repondre|responder|rispondere)(?:[._+-].*)?@/.test(
    address,
  )

function readComplaint(mail: ReadMail): Complaint | null {
  const { report } = mail
  if (!report?.feedback) {
    const ses = readSesNotification(mail)
    return ses?.complaint ? { ...ses.complaint, originalIds: ses.originalIds } : null
  }
  const { feedback, original } = report
  const address = feedback['original-rcpt-to'] ?? feedback['removal-recipient'] ?? original?.to ?? ''
  return {
    type: (feedback['feedback-type'] ?? 'abuse').toLowerCase(),
    address: /[^\s<>,;]+@[^\s<>,;]+/.exec(address.slice(0, 1000))?.[0]?.toLowerCase() ?? null,
    originalIds: readIds(original?.['message-id'] ?? ''),
  }
}

function readList(mail: ReadMail): string | null {
  const id = headerOf(mail, 'list-id')
  if (id !== null) return /<([^<>]+)>/.exec(id)?.[1]?.toLowerCase() ?? (id.toLowerCase() || null)
  const other =
    headerOf(mail, 'mailing-list') ?? headerOf(mail, 'x-mailing-list') ?? headerOf(mail, 'list-post')
  return other === null ? null : (/[^\s<>;:]+@[^\s<>;]+/.exec(other)?.[0]?.toLowerCase() ?? null)
}

/** Verdicts of SpamAssassin and kin, Rspamd, Amazon SES, Microsoft, Yandex, Barracuda, Bogofilter. */
const spamVerdicts: [header: string, verdict: RegExp][] = [
  ['x-spam-flag', /^(yes|true)\b/i],
  ['x-spam-status', /^(yes|true)\b/i],
  ['x-spam', /^(yes|spam)\b/i],
  ['x-spam-yandex', /^4\b/],
  ['x-yandex-spam', /^4\b/],
  ['x-ses-spam-verdict', /^fail\b/i],
  ['x-ses-virus-verdict', /^fail\b/i],
  ['x-rspamd-action', /^(reject|add header|rewrite subject)\b/i],
  ['x-spamd-result', /^default: true\b/i],
  ['x-barracuda-spam-status', /^yes\b/i],
  ['x-bogosity', /^(spam|yes)\b/i],
  ['x-ms-exchange-organization-scl', /^[5-9]\b/],
  ['x-forefront-antispam-report', /\bSCL:[5-9]\b/],
]

function isMarkedSpam(mail: ReadMail): boolean {
  return spamVerdicts.some(([header, verdict]) => verdict.test(headerOf(mail, header) ?? ''))
}
