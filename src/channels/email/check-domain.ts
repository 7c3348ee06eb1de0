// Whether the world believes mail from a domain: its MX, SPF, DKIM and DMARC records, and what to publish where one is
// missing. Keys of DKIM stand below a selector that only the sender knows: the usual ones are tried, and none found
// proves nothing.
import type { ResolveDns } from '#platform/dns/dns.ts'

export interface DomainRecord {
  kind: 'mx' | 'spf' | 'dkim' | 'dmarc'
  /** lacks: the record does not name the server we send by; several: more than one is as good as none; unknown: no answer */
  state: 'ok' | 'missing' | 'lacks' | 'several' | 'unknown'
  /** where it stands, or belongs */
  name: string
  found: string | null
  /** the TXT to publish at `name` */
  paste: string | null
}

/** What a provider's customers write into their SPF record, by the end of its server's name. */
const includes: Record<string, string> = {
  'gmail.com': 'include:_spf.google.com',
  'googlemail.com': 'include:_spf.google.com',
  'office365.com': 'include:spf.protection.outlook.com',
  'outlook.com': 'include:spf.protection.outlook.com',
  'yandex.ru': 'include:_spf.yandex.net',
  'yandex.com': 'include:_spf.yandex.net',
  'mail.ru': 'include:_spf.mail.ru',
  'fastmail.com': 'include:spf.messagingengine.com',
  'zoho.com': 'include:zohomail.com',
  'zoho.eu': 'include:zohomail.eu',
  'mailgun.org': 'include:mailgun.org',
  'sendgrid.net': 'include:sendgrid.net',
}
const selectors =
  'default dkim mail google selector1 selector2 s1 s2 k1 k2 fm1 zoho zmail mailru protonmail smtp'.split(' ')

/** @param server the host we send by; null: not known. @param own the key that we sign with ourselves */
export async function checkDomain(
  resolve: ResolveDns,
  address: string,
  server: string | null,
  own: { name: string; record: string } | null = null,
): Promise<{ domain: string; records: DomainRecord[] }> {
  const domain = address.split('@').at(-1)!.toLowerCase()
  const records = await Promise.all([
    checkMx(resolve, domain),
    checkSpf(resolve, domain, server),
    own ? checkOwnKey(resolve, own) : checkDkim(resolve, domain),
    checkDmarc(resolve, domain, address),
  ])
  return { domain, records }
}

/** @returns none: [], no answer: null */
async function look(resolve: ResolveDns, name: string, type: string): Promise<unknown[] | null> {
  try {
    return await resolve(name, type)
  } catch (error) {
    return /ENOTFOUND|ENODATA/.test((error as { code?: string }).code ?? '') ? [] : null
  }
}
const texts = async (resolve: ResolveDns, name: string) =>
  (await look(resolve, name, 'TXT'))?.map((parts) => (parts as string[]).join('')) ?? null

async function checkMx(resolve: ResolveDns, name: string): Promise<DomainRecord> {
  const found = (await look(resolve, name, 'MX')) as { exchange: string }[] | null
  const hosts = found?.map(({ exchange }) => exchange).join(', ') || null
  const state = found === null ? 'unknown' : hosts ? 'ok' : 'missing'
  return { kind: 'mx', name, state, found: hosts, paste: null }
}

async function checkSpf(resolve: ResolveDns, name: string, server: string | null): Promise<DomainRecord> {
  const all = await texts(resolve, name)
  const spf = all?.filter((one) => /^v=spf1(\s|$)/i.test(one)) ?? []
  const [found = null] = spf
  const provider = Object.keys(includes).find((end) => server === end || server?.endsWith(`.${end}`))
  const ours = provider ? includes[provider]! : server ? `a:${server}` : 'mx'
  const record = (state: DomainRecord['state'], paste: string | null): DomainRecord => ({
    kind: 'spf',
    name,
    state,
    found: spf.length > 1 ? spf.join('  ') : found,
    paste,
  })
  if (all === null) return record('unknown', null)
  if (found === null) return record('missing', `v=spf1 ${ours} ~all`)
  if (spf.length > 1) return record('several', null)
  // Only where a provider tells all its customers the same thing is its absence surely a mistake.
  const lacks = provider && !found.toLowerCase().includes(ours) && !/redirect=/i.test(found)
  return lacks ? record('lacks', found.replace(/^v=spf1/i, `v=spf1 ${ours}`)) : record('ok', null)
}

async function checkDkim(resolve: ResolveDns, domain: string): Promise<DomainRecord> {
  const names = selectors.map((selector) => `${selector}._domainkey.${domain}`)
  const found = await Promise.all(names.map((name) => texts(resolve, name)))
  const at = found.findIndex((all) => all?.some((one) => /(^|;)\s*p=[^;\s]/.test(one)))
  const name = names[at] ?? `…._domainkey.${domain}`
  return { kind: 'dkim', name, state: at < 0 ? 'unknown' : 'ok', found: at < 0 ? null : name, paste: null }
}

/** The public half in a TXT record: its tags may stand in any order, and blanks within it say nothing. */
const keyIn = (record: string) => /(?:^|;)\s*p=([^;]*)/.exec(record)?.[1]?.replace(/\s+/g, '') ?? ''

async function checkOwnKey(
  resolve: ResolveDns,
  { name, record }: { name: string; record: string },
): Promise<DomainRecord> {
  const all = await texts(resolve, name)
  const found = all?.find((one) => keyIn(one) !== '') ?? null
  const state =
    all === null ? 'unknown' : found === null ? 'missing' : keyIn(found) === keyIn(record) ? 'ok' : 'lacks'
  return { kind: 'dkim', name, state, found, paste: state === 'ok' || state === 'unknown' ? null : record }
}

/** Whether a key of ours can be asked for by those who get mail signed with it. */
export const isPublished = async (
  resolve: ResolveDns,
  own: { name: string; record: string },
): Promise<boolean> => (await checkOwnKey(resolve, own)).state === 'ok'

/** The domain's own, or that of the domain above (RFC 7489, 6.6.3). */
async function checkDmarc(resolve: ResolveDns, domain: string, address: string): Promise<DomainRecord> {
  const labels = domain.split('.')
  for (let above = 0; above <= labels.length - 2; above += 1) {
    const name = `_dmarc.${labels.slice(above).join('.')}`
    const all = await texts(resolve, name)
    if (all === null) return { kind: 'dmarc', name, state: 'unknown', found: null, paste: null }
    const found = all.find((one) => /^v=DMARC1\s*(;|$)/i.test(one))
    if (found) return { kind: 'dmarc', name, state: 'ok', found, paste: null }
  }
  const paste = `v=DMARC1; p=none; rua=mailto:${address}`
  return { kind: 'dmarc', name: `_dmarc.${domain}`, state: 'missing', found: null, paste }
}
