import { existsSync } from 'node:fs'
import { isAbsolute, join, resolve } from 'node:path'
import ipaddr from 'ipaddr.js'
import { Mendable } from '../errors/mendable.ts'

export type ProcessRole = 'all' | 'web' | 'worker'
/** How this process was started: flag, then environment, then the data folder. Nothing is needed to start. */
export interface Config {
  host: string
  port: number
  smtpPort: number
  data: string
  /** the address people reach the desk at, for links in mails; null: http://host:port */
  url: string | null
  /** reverse proxies whose X-Forwarded-For is believed: addresses, networks, or names of ranges (`loopback`) */
  proxies: string[]
  /**
   * the mail server that stands before the SMTP door: the name in its Authentication-Results, and the machines it
   * delivers from; null: none
   */
  mailServer: { name: string; from: string[] } | null
  /** paths of the SMTP door's certificate and key (PEM); null: it offers no encryption */
  smtpCertificate: { cert: string; key: string } | null
  /** domains of forwarders and mailing lists whose seal (ARC) is believed */
  sealers: string[]
  databaseUrl: string | null
  role: ProcessRole
  testClock: boolean
  /** path of a zone file that answers DNS look-ups in tests */
  dnsZone: string | null
  production: boolean
}
export class BadConfig extends Mendable {}

const loopback = new Set(['127.0.0.1', '::1', 'localhost'])
export const isLoopback = (host: string) => loopback.has(host)

function port(text: string, name: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 0 || value > 65535)
    throw new BadConfig(`${name} must be a port from 0 to 65535, not ${JSON.stringify(text)}.`)
  return value
}

const ranges = new Set(['loopback', 'linklocal', 'uniquelocal'])
function networksIn(text: string, name: string): string[] {
  const named = text.split(',').flatMap((one) => one.trim() || [])
  for (const one of named)
    if (!ranges.has(one) && !ipaddr.isValid(one) && !ipaddr.isValidCIDR(one))
      throw new BadConfig(`${name} must name addresses or networks, not ${JSON.stringify(one)}.`)
  return named
}

/** Named, or lying in the data folder under their usual names. */
function certificateIn(env: NodeJS.ProcessEnv, data: string): Config['smtpCertificate'] {
  const { FOYER_SMTP_CERT: cert, FOYER_SMTP_KEY: key } = env
  if (Boolean(cert) !== Boolean(key))
    throw new BadConfig('FOYER_SMTP_CERT and FOYER_SMTP_KEY go together: a certificate and its key.')
  if (cert && key) return { cert, key }
  const usual = { cert: join(data, 'smtp-cert.pem'), key: join(data, 'smtp-key.pem') }
  return existsSync(usual.cert) && existsSync(usual.key) ? usual : null
}

function mailServerIn(env: NodeJS.ProcessEnv): Config['mailServer'] {
  const name = env.FOYER_MAIL_SERVER?.trim().toLowerCase()
  if (!name) return null
  return { name, from: networksIn(env.FOYER_MAIL_SERVER_FROM ?? 'loopback', 'FOYER_MAIL_SERVER_FROM') }
}

/** @param flags without their dashes: host, port, smtp-port, data, role, test-clock */
export function readConfig(flags: Record<string, string | boolean | undefined>, env = process.env): Config {
  const text = (flag: string, variable: string, otherwise: string) =>
    String(flags[flag] ?? env[variable] ?? otherwise)
  const data = text('data', 'FOYER_DATA', './var')
  const role = text('role', 'FOYER_ROLE', 'all')
  if (role !== 'all' && role !== 'web' && role !== 'worker')
    throw new BadConfig(`--role must be all, web or worker, not ${JSON.stringify(role)}.`)
  const config: Config = {
    host: text('host', 'FOYER_HOST', '127.0.0.1'),
    port: port(text('port', 'FOYER_PORT', '3000'), '--port'),
    smtpPort: port(text('smtp-port', 'FOYER_SMTP_PORT', '2525'), '--smtp-port'),
    data: isAbsolute(data) ? data : resolve(data),
    url: env.FOYER_URL?.replace(/\/+$/, '') || null,
    proxies: networksIn(env.FOYER_PROXIES ?? '', 'FOYER_PROXIES'),
    mailServer: mailServerIn(env),
    smtpCertificate: certificateIn(env, isAbsolute(data) ? data : resolve(data)),
    sealers: (env.FOYER_ARC_SEALERS ?? '').split(',').flatMap((one) => one.trim().toLowerCase() || []),
    databaseUrl: env.DATABASE_URL || null,
    role,
    testClock: flags['test-clock'] === true,
    dnsZone: env.FOYER_DNS || null,
    production: env.NODE_ENV === 'production',
  }
  if ((config.testClock || config.dnsZone) && (config.production || !isLoopback(config.host)))
    throw new BadConfig(
      '--test-clock and FOYER_DNS are for tests: not with NODE_ENV=production, and only on 127.0.0.1.',
    )
  return config
}
