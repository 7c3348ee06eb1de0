import { type FailedRecipient, failure } from './failed-recipient.ts'
import { headerOf, type ReadMail } from './mail.ts'
import { readIds } from './message-ids.ts'

/** What Amazon SES tells by SNS about one mail, as JSON in the text of a mail. */
export interface SesNotification {
  /** Empty for a complaint. */
  failed: FailedRecipient[]
  complaint: { type: string; address: string | null } | null
  originalIds: string[]
}

/** Real ones have a few kilobytes. */
const largest = 200_000
type Fields = Record<string, unknown>

/**
 * Desks that send through SES get no RFC 3464 report but this (SES developer guide, "Notification contents").
 * The header of SNS is asked for, so that JSON that somebody sends us as a question is none.
 */
export function readSesNotification(mail: ReadMail): SesNotification | null {
  if (headerOf(mail, 'x-amz-sns-message-id') === null || mail.text.length > largest) return null
  const told = objectIn(mail.text)
  const message = typeof told?.Message === 'string' ? objectIn(told.Message) : told
  const kind = message?.notificationType ?? message?.eventType
  if (kind === 'Bounce')
    return { failed: bounced(fieldsOf(message?.bounce)), complaint: null, ...sent(message) }
  if (kind !== 'Complaint') return null
  const complaint = fieldsOf(message?.complaint)
  const [first] = listOf(complaint.complainedRecipients)
  const type = words(complaint.complaintFeedbackType) || 'abuse'
  return { failed: [], complaint: { type, address: addressIn(first) }, ...sent(message) }
}

function bounced(bounce: Fields): FailedRecipient[] {
  const passing = bounce.bounceType === 'Transient'
  const list = listOf(bounce.bouncedRecipients).map((one) => {
    const status = words(one.status) || null
    const found = failure(addressIn(one), status, words(one.diagnosticCode))
    // SES judges by more than the words: full mailboxes and content are Transient, unknown ones Permanent.
    return passing ? { ...found, hard: false } : { ...found, hard: found.hard || status === null }
  })
  return list.length > 0 ? list.slice(0, 100) : [failure(null, null, words(bounce.bounceSubType))]
}

function sent(message: Fields | null): { originalIds: string[] } {
  const mail = fieldsOf(message?.mail)
  const headers = fieldsOf(mail.commonHeaders)
  return { originalIds: readIds(words(headers.messageId)) }
}

/** The first JSON object of a text; SNS writes a footer after it, and long lines come broken with a blank. */
function objectIn(text: string): Fields | null {
  const start = text.indexOf('{')
  const end = text.lastIndexOf('}')
  if (start < 0 || end < start) return null
  const json = text.slice(start, end + 1)
  return parsed(json) ?? parsed(json.replace(/\n[ \t]?/g, ''))
}

function parsed(json: string): Fields | null {
  try {
    return fieldsOf(JSON.parse(json))
  } catch {
    return null
  }
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {})
const listOf = (value: unknown): Fields[] => (Array.isArray(value) ? value.map(fieldsOf) : [])
const words = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 5000) : '')
const addressIn = (one: Fields | undefined): string | null =>
  /[^\s<>;,]{1,64}@[^\s<>;,]{1,253}/.exec(words(one?.emailAddress))?.[0]?.toLowerCase() ?? null
