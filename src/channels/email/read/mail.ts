/** What reading one mail gives: plain values that may cross a thread (structured clone). */
export interface Mailbox {
  /** Display name, decoded; '' when there is none. */
  name: string
  /** To compare and to send to: lower case, the domain in ASCII (IDNA). */
  address: string
  /** To show: lower case, the domain in Unicode. */
  shown: string
}

/** Parts that stay attachments but that the reader of the conversation should be told about. */
export type PartMark = 'smime' | 'pgp' | 'calendar' | 'tnef' | 'mail' | 'report'

export interface ReadAttachment {
  /** A base name that is safe to store and show; never empty. */
  name: string
  /** Lower-case MIME type as declared; 'application/octet-stream' when unusable. */
  type: string
  size: number
  /** Content-ID without angle brackets. */
  contentId: string | null
  /** The HTML shows it by its Content-ID. Pictures it does not refer to are files to list, or nobody would see them. */
  inline: boolean
  mark: PartMark | null
  bytes: Uint8Array<ArrayBuffer>
}

/** One header, unfolded and decoded. `name` is in lower case. */
export interface ReadHeader {
  name: string
  value: string
}

export type ReportFields = Record<string, string>

/** The machine-readable parts of a report mail (RFC 3464, RFC 5965). */
export interface MailReport {
  /** message/delivery-status: the per-message group first, then one per recipient. */
  status: ReportFields[]
  /** message/feedback-report: an abuse complaint. */
  feedback: ReportFields | null
  /** Headers of the mail that the report is about, when it is enclosed. */
  original: ReportFields | null
}

export interface ReadMail {
  /** Message-ID without angle brackets; null when there is none. */
  messageId: string | null
  /** The Message-ID, or one derived from the content: never empty, equal for equal mails. */
  id: string
  inReplyTo: string[]
  /** Oldest first, without angle brackets. */
  references: string[]
  /** Null when absent or no date between 1980 and 2100; compare with the clock before trusting it. */
  date: Date | null
  subject: string
  /** Usually one; RFC 5322 allows several. */
  from: Mailbox[]
  sender: Mailbox | null
  replyTo: Mailbox[]
  to: Mailbox[]
  cc: Mailbox[]
  /** Addresses of Delivered-To, X-Original-To, Envelope-To, X-Envelope-To, X-Forwarded-To, X-Delivered-To. */
  deliveredTo: string[]
  /** Address of Return-Path; '' is the null path of bounces, null means no such header. */
  returnPath: string | null
  /** Always there: the text part, or the HTML turned into text. LF line ends. */
  text: string
  /** As received, decoded; null when the mail has none. Hostile: see safe-html. */
  html: string | null
  attachments: ReadAttachment[]
  /** Root headers in order, without transport and signature noise. */
  headers: ReadHeader[]
  /** Number of Received headers: many mean that the mail goes in circles. */
  hops: number
  report: MailReport | null
  /** Hash (hex SHA-256) of Message-ID, From, Date, Subject and content: the same mail, whatever way it came. */
  fingerprint: string
  /** As above without Message-ID, Date and addressees: the same words sent twice. */
  contentHash: string
}

/** The first header of that name (lower case), or null. */
export function headerOf(mail: Pick<ReadMail, 'headers'>, name: string): string | null {
  return mail.headers.find((header) => header.name === name)?.value ?? null
}

export interface ReadLimits {
  /** Bytes of the raw mail. */
  size: number
  /** MIME parts, containers counted. */
  parts: number
  /** MIME containers inside one another. */
  nesting: number
  /** Headers of the mail and of all its parts. */
  headers: number
  /** Bytes of all those headers. */
  headerSize: number
}

export const defaultLimits: ReadLimits = {
  size: 50 * 1024 * 1024,
  parts: 1000,
  nesting: 50,
  headers: 5000,
  headerSize: 1024 * 1024,
}

/** A limit was passed: the mail goes to quarantine at once, trying again is pointless. */
export class LimitPassed extends Error {}
