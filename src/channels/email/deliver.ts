// Mail out by SMTP: one transaction for all recipients of a message, its outcome told for each of them.
import { createHash } from 'node:crypto'
import { createTransport, type Transporter } from 'nodemailer'
import { needsUtf8 } from '#shared/address/address.ts'
import type { Connection, DeliveryOutcome, OutgoingMessage, SideTest, TestStep } from '../channel.ts'
import { mailOptions } from './compose.ts'
import { offersUtf8 } from './offers-utf8.ts'
import { tokenHint } from './sign-in-trouble.ts'
import { outcomesOf, type SmtpFailure } from './smtp-outcomes.ts'
import { type SmtpSettings, smtpSettings, transportOptions } from './smtp-settings.ts'
import { stepsUpTo } from './test-steps.ts'

export interface MailOut {
  deliver(
    message: OutgoingMessage,
    recipients: string[],
    connection: Connection,
    signal: AbortSignal,
  ): Promise<DeliveryOutcome[]>
  test(connection: Connection): Promise<SideTest>
  close(): void
}

interface Pooled {
  transport: Transporter
  /** settings it was opened with: others open a new one */
  fingerprint: string
}
/** Connections at one server at the most. */
const maxConnections = 4

/** What stands in place of a password (OAuth 2.0), where a connection signs in that way. */
export interface AccessTokens {
  /** null: by password; throws with the provider's words where there is none to be had */
  of(connection: Connection): Promise<string | null>
  /** a server would not take it */
  refused(connection: Connection): Promise<void>
}

/** Keeps connections open between mails, per channel. */
export function openMailOut(tokens: AccessTokens): MailOut {
  const pools = new Map<string, Pooled>()
  function transportFor(channel: string, smtp: SmtpSettings): Transporter {
    const fingerprint = createHash('sha256').update(JSON.stringify(smtp)).digest('hex')
    const known = pools.get(channel)
    if (known?.fingerprint === fingerprint) return known.transport
    known?.transport.close()
    const transport = createTransport({
      ...transportOptions(smtp),
      pool: true,
      maxConnections,
      maxMessages: 100,
      idleTimeout: 30_000,
      // Only for a kept connection that the server had dropped before it saw a byte of the message.
      maxRequeues: 1,
    })
    transport.use('stream', (mail, done) => {
      const note = handedOver.get(mail.data.headers as object)
      const { message } = mail
      const open = message.createReadStream.bind(message)
      message.createReadStream = (options) => open(options).once('end', () => note?.())
      done()
    })
    pools.set(channel, { transport, fingerprint })
    return transport
  }
  return {
    async deliver(message, recipients, connection, signal) {
      const settings = smtpSettings(connection)
      if (!settings) throw new Error('a channel without a server delivers nothing')
      let smtp: SmtpSettings
      try {
        smtp = { ...settings, accessToken: await tokens.of(connection) }
      } catch (error) {
        return outcomesOf(recipients, { error: error as SmtpFailure, whole: false })
      }
      const transport = transportFor(connection.id, smtp)
      // A server that was not asked for it may mangle such an address, or take the mail and lose it later.
      const unreachable = needsUtf8(message.envelopeFrom) ? recipients : recipients.filter(needsUtf8)
      if (unreachable.length === 0 || (await offersUtf8(smtp)) !== false) return sending(recipients)
      const reachable = recipients.filter((recipient) => !unreachable.includes(recipient))
      return [...unreachable.map(inAsciiOnly), ...(reachable.length > 0 ? await sending(reachable) : [])]

      async function sending(to: string[]): Promise<DeliveryOutcome[]> {
        const outcomes = await send(transport, message, to, signal, signerOf(connection, message))
        if (smtp.accessToken && outcomes.some(({ code }) => code === '535')) await tokens.refused(connection)
        return outcomes
      }
    },
    test: (connection) => testOut(connection, tokens),
    close() {
      for (const { transport } of pools.values()) transport.close()
      pools.clear()
    },
  }
}

const inAsciiOnly = (recipient: string): DeliveryOutcome => ({
  recipient,
  outcome: 'failed',
  code: null,
  text: '',
  own: { key: 'sending:attempt.ascii_only' },
})

/** Who wants to know that the last byte of a mail was handed to the connection; named by the mail's own headers. */
const handedOver = new WeakMap<object, () => void>()

interface Signer {
  domainName: string
  keySelector: string
  privateKey: string
}
/** Signed (DKIM, RFC 6376) is what is written in the name of the key's domain, or of one below it. */
export function signerOf(
  { settings, secrets }: Connection,
  { from }: Pick<OutgoingMessage, 'from'>,
): Signer | undefined {
  const dkim = settings.dkim as { domain: string; selector: string; on: boolean } | null | undefined
  if (!dkim?.on || !secrets.dkim) return undefined
  const domain = from.address.split('@').at(-1)!.toLowerCase()
  if (domain !== dkim.domain && !domain.endsWith(`.${dkim.domain}`)) return undefined
  return { domainName: dkim.domain, keySelector: dkim.selector, privateKey: secrets.dkim }
}

async function send(
  transport: Transporter,
  message: OutgoingMessage,
  recipients: string[],
  signal: AbortSignal,
  signer: Signer | undefined,
): Promise<DeliveryOutcome[]> {
  let whole = false
  const headers = { ...message.headers }
  handedOver.set(headers, () => {
    whole = true
  })
  try {
    const info = await transport.sendMail({
      ...mailOptions(message),
      headers,
      dkim: signer,
      envelope: { from: message.envelopeFrom, to: recipients },
      signal,
    })
    return outcomesOf(recipients, { response: info.response ?? '', rejectedErrors: info.rejectedErrors })
  } catch (error) {
    return outcomesOf(recipients, { error: error as SmtpFailure, whole })
  }
}

/** Connects, says hello, signs in; sends nothing. */
async function testOut(connection: Connection, tokens: AccessTokens): Promise<SideTest> {
  const settings = smtpSettings(connection)
  if (!settings) return { ok: true, error: null, hint: 'sending:hint.test_mailbox' }
  const token = await tokens.of(connection).catch((error: Error) => error)
  const byToken = typeof token === 'string'
  const options = transportOptions({ ...settings, accessToken: byToken ? token : null })
  const way: TestStep[] = ['connect']
  if (options.secure || options.requireTLS) way.push('tls')
  if (options.auth) way.push('sign_in')
  if (token instanceof Error)
    return {
      ok: false,
      steps: stepsUpTo(way, 'sign_in'),
      error: token.message,
      hint: tokenHint(token.message),
    }
  const transport = createTransport({ ...options, connectionTimeout: 10_000, greetingTimeout: 10_000 })
  try {
    await transport.verify()
    return { ok: true, steps: stepsUpTo(way, null), error: null, hint: null }
  } catch (error) {
    const { message, response } = error as SmtpFailure
    const { step, hint } = smtpFailure(error as SmtpFailure, byToken)
    return { ok: false, steps: stepsUpTo(way, step), error: response ?? message, hint }
  } finally {
    transport.close()
  }
}

/** How far a connection got, and which setting is likely wrong, as a text key. */
export function smtpFailure(
  { code = '', responseCode, message }: SmtpFailure,
  byToken = false,
): {
  step: TestStep
  hint: string
} {
  const ofToken = tokenHint(message)
  if (ofToken) return { step: 'sign_in', hint: ofToken }
  if (code === 'EAUTH' || code === 'ENOAUTH' || responseCode === 535)
    return { step: 'sign_in', hint: byToken ? 'mail:hint.token_refused' : 'sending:hint.password' }
  if (code === 'EDNS' || /ENOTFOUND|EAI_AGAIN/.test(message))
    return { step: 'connect', hint: 'sending:hint.host' }
  if (/certificate|self.signed|altnames/i.test(message))
    return { step: 'tls', hint: 'sending:hint.certificate' }
  if (code === 'ETLS' || /wrong version number|ssl|STARTTLS|greeting/i.test(message))
    return { step: 'tls', hint: 'sending:hint.security' }
  if (code === 'ETIMEDOUT' || /ECONNREFUSED|timed? ?out|ECONNRESET|UNREACH/i.test(message))
    return { step: 'connect', hint: 'sending:hint.port' }
  return { step: 'connect', hint: 'sending:hint.server' }
}

/** The same from words that were kept; null: they point to no setting, and it is tried again. */
export function smtpHint(words: string, byToken = false): string | null {
  const { hint } = smtpFailure(
    { name: '', message: words, responseCode: Number(words.slice(0, 3)) || undefined },
    byToken,
  )
  return hint === 'sending:hint.server' ? null : hint
}
