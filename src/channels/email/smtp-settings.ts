import type { Connection } from '../channel.ts'

/** The way out of a mail channel. */
export interface SmtpSettings {
  host: string
  port: number
  security: 'tls' | 'starttls' | 'none'
  username: string | null
  password: string | null
  /** in place of the password (OAuth 2.0) */
  accessToken?: string | null
}

/** @returns null when the channel has no server: its mail goes to the test mailbox */
export function smtpSettings({ settings, secrets }: Connection): SmtpSettings | null {
  const smtp = settings.smtp as Partial<SmtpSettings> | null | undefined
  if (!smtp?.host || !smtp.port) return null
  return {
    host: smtp.host,
    port: smtp.port,
    security: smtp.security ?? 'starttls',
    username: smtp.username ?? null,
    password: secrets.smtp ?? null,
  }
}

const loopback = /^(localhost|127(\.\d{1,3}){3}|::1)$/i

const authOf = (user: string, { password, accessToken }: SmtpSettings) =>
  accessToken ? { type: 'OAuth2' as const, user, accessToken } : { user, pass: password ?? '' }

/** What nodemailer calls them. STARTTLS is required, except to our own machine, whose certificate nobody signs. */
export function transportOptions(smtp: SmtpSettings) {
  const near = loopback.test(smtp.host)
  return {
    host: smtp.host,
    port: smtp.port,
    secure: smtp.security === 'tls',
    requireTLS: smtp.security === 'starttls' && !near,
    ignoreTLS: smtp.security === 'none',
    tls: near ? { rejectUnauthorized: false } : undefined,
    auth: smtp.username ? authOf(smtp.username, smtp) : undefined,
    connectionTimeout: 20_000,
    greetingTimeout: 20_000,
    socketTimeout: 60_000,
    dnsTimeout: 10_000,
  }
}
