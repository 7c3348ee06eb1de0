// The servers of a mail address, found without asking the reader: a known provider, else the domain's own records
// (RFC 6186, RFC 8314), else the names that are usual. Nothing but a greeting is exchanged: no name, no password, and
// a server whose certificate does not prove its name does not count.
import { connect } from 'node:tls'
import { createTransport } from 'nodemailer'
import type { DnsNames } from '#platform/dns/dns.ts'
import type { FoundServers, MailServerName } from '../channel.ts'
import { type Provider, providerOfDomain, providerOfMx } from './providers.ts'

/** Whether a server of this kind answers there and proves its name. */
export type Reach = (server: MailServerName, kind: 'imap' | 'smtp') => Promise<boolean>
type Found = Pick<FoundServers, 'how' | 'imap' | 'smtp'>

/** ms: what has not greeted by then does not count */
const patience = 4000

export async function findServers(
  dns: DnsNames,
  address: string,
  reach: Reach = (server, kind) => greets(dns, server, kind),
): Promise<FoundServers> {
  const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase()
  const own = providerOfDomain(domain)
  if (own) return of('known', own, address)
  const exchanges = await records<{ exchange: string; priority: number }>(dns, domain, 'MX')
  const [first] = exchanges.sort((a, b) => a.priority - b.priority)
  const hosting = first && providerOfMx(host(first.exchange))
  if (hosting) return of('known', hosting, address)
  const found = (await bySrv(dns, domain)) ?? (await byTrying(domain, reach))
  return { ...found, provider: null, username: address }
}

function of(how: Found['how'], [id, provider]: [string, Provider], address: string): FoundServers {
  const { name, password, switchOn, page, imap, smtp } = provider
  return { how, provider: { id, name, password, switchOn, page }, imap, smtp, username: address }
}

const host = (name: string) => name.toLowerCase().replace(/\.$/, '')
const records = async <T>(dns: DnsNames, name: string, type: string) =>
  (await dns.resolve(name, type).catch((): unknown[] => [])) as T[]

/** What a domain says of itself; a target of "." says that there is none. */
async function bySrv(dns: DnsNames, domain: string): Promise<Found | null> {
  const server = async (service: string, security: MailServerName['security']) => {
    const all = await records<{ name: string; port: number; priority: number; weight: number }>(
      dns,
      `${service}._tcp.${domain}`,
      'SRV',
    )
    const [best] = all
      .filter(({ name }) => host(name) !== '')
      .sort((a, b) => a.priority - b.priority || b.weight - a.weight)
    return best && { host: host(best.name), port: best.port, security }
  }
  const [imaps, imap, submissions, submission] = await Promise.all([
    server('_imaps', 'tls'),
    server('_imap', 'starttls'),
    server('_submissions', 'tls'),
    server('_submission', 'starttls'),
  ])
  const found = { imap: imaps ?? imap ?? null, smtp: submissions ?? submission ?? null }
  return found.imap || found.smtp ? { how: 'records', ...found } : null
}

async function byTrying(domain: string, reach: Reach): Promise<Found> {
  const first = async (kind: 'imap' | 'smtp', servers: MailServerName[]) => {
    const answers = await Promise.all(servers.map((server) => reach(server, kind).catch(() => false)))
    return servers.find((_, n) => answers[n]) ?? null
  }
  const [imap, smtp] = await Promise.all([
    first(
      'imap',
      [`imap.${domain}`, `mail.${domain}`, domain].map((host) => ({ host, port: 993, security: 'tls' })),
    ),
    first(
      'smtp',
      [`smtp.${domain}`, `mail.${domain}`, domain].flatMap((host): MailServerName[] => [
        { host, port: 465, security: 'tls' },
        { host, port: 587, security: 'starttls' },
      ]),
    ),
  ])
  return { how: imap || smtp ? 'tried' : 'none', imap, smtp }
}

/** TLS with the name checked, then the server's greeting. */
export async function greets(
  dns: DnsNames,
  { host, port, security }: MailServerName,
  kind: 'imap' | 'smtp',
): Promise<boolean> {
  const [address] = await dns.addresses(host)
  if (!address) return false
  if (security === 'starttls') return startsTls(address, host, port)
  return new Promise((resolve) => {
    const socket = connect({ host: address, port, servername: host, timeout: patience })
    const end = (answer: boolean) => {
      socket.destroy()
      resolve(answer)
    }
    const late = setTimeout(end, patience, false)
    socket.once('close', () => clearTimeout(late))
    socket.once('data', (greeting) => end((kind === 'imap' ? /^\* OK/ : /^220/).test(String(greeting))))
    for (const trouble of ['error', 'timeout', 'end']) socket.once(trouble, () => end(false))
  })
}

async function startsTls(address: string, servername: string, port: number): Promise<boolean> {
  const transport = createTransport({
    host: address,
    port,
    requireTLS: true,
    tls: { servername },
    connectionTimeout: patience,
    greetingTimeout: patience,
    socketTimeout: patience,
  })
  try {
    return await transport.verify()
  } catch {
    return false
  } finally {
    transport.close()
  }
}
