import type { DeliveryOutcome } from '../channel.ts'

/** An error of nodemailer's, as far as it says what the server said. */
export interface SmtpFailure extends Error {
  code?: string
  response?: string
  responseCode?: number
  recipient?: string
  rejectedErrors?: SmtpFailure[]
}

export type SmtpResult =
  | { response: string; rejectedErrors?: SmtpFailure[] }
  /** whole: the last byte of the mail had been handed to the connection */
  | { error: SmtpFailure; whole: boolean }

/** What one SMTP transaction means for each recipient. */
export function outcomesOf(recipients: string[], result: SmtpResult): DeliveryOutcome[] {
  const rejected = 'error' in result ? result.error.rejectedErrors : result.rejectedErrors
  return recipients.map((recipient) => {
    const own = rejected?.find((one) => one.recipient?.toLowerCase() === recipient.toLowerCase())
    if (own) return refused(recipient, own)
    if ('error' in result) return failure(recipient, result.error, result.whole)
    return { recipient, outcome: 'sent', code: codeOf(result.response), text: result.response }
  })
}

function failure(recipient: string, error: SmtpFailure, whole: boolean): DeliveryOutcome {
  // Signing in, TLS and the way to the server are for the administrator to mend: the mail waits for that.
  if (error.code === 'EENVELOPE' || error.code === 'EMESSAGE') return refused(recipient, error)
  const text = error.response ?? error.message
  const answered = error.responseCode !== undefined
  const outcome = whole && !answered && error.code !== 'EAUTH' ? 'uncertain' : 'retry'
  return { recipient, outcome, code: codeOf(error.response), text }
}

/** 4xx may get better; 5xx, and what nodemailer will not even offer the server, will not (RFC 5321 4.2.1). */
function refused(recipient: string, error: SmtpFailure): DeliveryOutcome {
  const status = error.responseCode
  // 503 says that the session was out of step, not that the mail is unwanted.
  const later = status !== undefined && (status < 500 || status === 503)
  return {
    recipient,
    outcome: later ? 'retry' : 'failed',
    code: codeOf(error.response) ?? (status ? String(status) : null),
    text: error.response ?? error.message,
  }
}

const codeOf = (response: string | undefined): string | null => /^[2-5]\d\d/.exec(response ?? '')?.[0] ?? null
