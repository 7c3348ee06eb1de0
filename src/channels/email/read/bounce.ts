import { bodyFailures, looksLikeBounce, saidOf } from './bounce-text.ts'
import { addressOf, type FailedRecipient, failure } from './failed-recipient.ts'
import { headerOf, type MailReport, type ReadMail, type ReportFields } from './mail.ts'
import { readIds } from './message-ids.ts'
import { readSesNotification } from './ses-notification.ts'

export interface Bounce {
  recipients: FailedRecipient[]
  /** Message-IDs that may be the bounced mail's, the likeliest first. */
  originalIds: string[]
}

/** Reports of RFC 3464, and the many that only say so in words. Null when it is none. */
export function readBounce(mail: ReadMail): Bounce | null {
  const standard = mail.report ? statusFailures(mail, mail.report) : []
  if (standard.length > 0) return { recipients: unique(standard), originalIds: originalIds(mail) }
  if (mail.report?.status.some((group) => /^(delivered|relayed|expanded)/i.test(group.action ?? '')))
    return null
  const ses = readSesNotification(mail)
  if (ses) return ses.failed.length > 0 ? { recipients: ses.failed, originalIds: ses.originalIds } : null
  if (!looksLikeBounce(mail)) return null
  return { recipients: bodyFailures(mail), originalIds: originalIds(mail) }
}

function statusFailures(mail: ReadMail, report: MailReport): FailedRecipient[] {
  return report.status.flatMap((group) => {
    const address = addressOf(group['original-recipient']) ?? addressOf(group['final-recipient'])
    const final = addressOf(group['final-recipient'])
    const action = actionOf(group)
    if (!action || (!final && !address && !group.status && !group.action)) return []
    const status = statusOf(group)
    const diagnostic = group['diagnostic-code'] ?? ''
    if (diagnostic !== '' || address === null) return [failure(address ?? final, status, diagnostic, action)]
    // OpenSMTPD and others give the fields without the server's words: those stand in the readable part.
    const said = saidOf(mail, final ?? address)
    const vague = status === null || /^\d\.0\.0$/.test(status)
    return [failure(address, vague ? (said.status ?? status) : status, said.words, action)]
  })
}

/** Each address once, the first report of it. */
const unique = (list: FailedRecipient[]): FailedRecipient[] =>
  list.filter(
    (one, at) => one.address === null || list.findIndex((other) => other.address === one.address) === at,
  )

function actionOf(group: ReportFields): FailedRecipient['action'] | null {
  const action = (group.action ?? '').toLowerCase()
  if (/^fail/.test(action)) return 'failed'
  if (/^delay/.test(action)) return 'delayed'
  if (action !== '') return null
  return /^[45]\./.test(group.status ?? '') ? 'failed' : null
}

/** Some servers say 5.0.0 in Status and the truth in their words. */
function statusOf(group: ReportFields): string | null {
  const declared = /[245]\.\d{1,3}\.\d{1,3}/.exec(group.status ?? '')?.[0] ?? null
  const spoken = /\b[45]\.\d{1,3}\.\d{1,3}\b/.exec(group['diagnostic-code'] ?? '')?.[0] ?? null
  return declared && !/^\d\.0\.0$/.test(declared) ? declared : (spoken ?? declared)
}

/** From the enclosed mail, from its headers written into the text, from the report's own threading. */
function originalIds(mail: ReadMail): string[] {
  const enclosed = readIds(mail.report?.original?.['message-id'] ?? '')
  const written = [
    ...mail.text.slice(0, 200_000).matchAll(/^[> \t]{0,40}message-id:\s{0,9}<([^<>\s]{3,990})>/gim),
  ].map((match) => match[1]!)
  const attached = mail.attachments
    .filter((one) => one.mark === 'mail' || one.mark === 'report')
    .flatMap((one) => idIn(one.bytes))
  const threaded = [...mail.inReplyTo, ...mail.references.toReversed()]
  const said = readIds(
    headerOf(mail, 'x-ms-exchange-message-id') ?? headerOf(mail, 'original-message-id') ?? '',
  )
  const ids = [...enclosed, ...attached, ...written.toReversed(), ...said, ...threaded]
  return [...new Set(ids)].filter((id) => id !== mail.messageId).slice(0, 20)
}

function idIn(bytes: Uint8Array): string[] {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 65_536)).toString('latin1')
  return readIds(/^message-id:[ \t]*(.*(?:\r?\n[ \t].*)?)/im.exec(head)?.[1] ?? '')
}
