// Whether a mail is really its sender's. Who delivered it to our SMTP door is checked with it (DMARC: SPF or DKIM
// aligned with From). What came by another way (IMAP, a pipe, a mail server on this machine) has lost that; its
// signature can be checked all the same, and most real mail bears one: it proves the sender, its absence nothing.
import type { ResolveDns } from '#platform/dns/dns.ts'
import type { Circumstances, Evidence, Verdict } from '../channel.ts'

/** The whole check may take so long; then it is not known. Milliseconds. */
const patience = 2000
/** Name servers that were too slow are left alone so long where only a signature could be gained; milliseconds. */
const rest = 60_000
const isLocal = (address: string) => /^(127\.|::1$|::ffff:127\.)/.test(address)

/**
 * Whether another machine delivered it to our door, the mail server before us apart. With a zone file (tests) loopback
 * counts as one.
 */
export const cameFromOutside = ({ remote }: Pick<Circumstances, 'remote'>, zone: boolean): boolean =>
  Boolean(remote?.address && !remote.authServer && (zone || !isLocal(remote.address)))

export interface VerifyOptions {
  resolve: ResolveDns
  /** a zone file answers (tests): loopback is checked like any other address */
  zone: boolean
  /** domains of forwarders and lists whose seal (ARC, RFC 8617) is believed */
  sealers?: string[]
}

export type VerifySender = (raw: Uint8Array, how: Circumstances) => Promise<Verdict>

const nothing: Verdict = { verified: null, evidence: null }
const noResults = { server: null, sealer: null, spf: null, dkim: null, dmarc: null, arc: null }

export function openVerifier({ resolve, zone, sealers = [] }: VerifyOptions): VerifySender {
  let restUntil = 0
  return async (raw, how) => {
    const outside = cameFromOutside(how, zone)
    if (!outside && (!isSigned(raw) || performance.now() < restUntil)) return nothing
    const by = outside ? 'door' : 'signature'
    // Shown in the details: the check was begun and came to no end.
    const given: Verdict = { verified: null, evidence: { ...noResults, by, dmarc: 'temperror' } }
    const late = Promise.withResolvers<Verdict>()
    const timer = setTimeout(() => {
      restUntil = performance.now() + rest
      late.resolve(given)
    }, patience)
    try {
      return await Promise.race([check(raw, outside ? how : null, { resolve, sealers }), late.promise])
    } catch {
      return given
    } finally {
      clearTimeout(timer)
    }
  }
}

const maxHead = 256 * 1024
function isSigned(raw: Uint8Array): boolean {
  const head = Buffer.from(raw.buffer, raw.byteOffset, Math.min(raw.length, maxHead)).toString('latin1')
  return /^(dkim-signature|arc-seal):/im.test(head.split(/\r?\n\r?\n/, 1)[0] ?? '')
}

/** @param how null: only the mail's own signatures can speak for it */
async function check(
  raw: Uint8Array,
  how: Circumstances | null,
  { resolve, sealers }: { resolve: ResolveDns; sealers: string[] },
): Promise<Verdict> {
  // Loaded when first needed: mailauth takes 30 MB.
  const { authenticate } = await import('mailauth')
  const { dmarc, dkim, spf, arc } = await authenticate(Buffer.from(raw), {
    ip: how?.remote?.address ?? '',
    helo: how?.remote?.helo ?? '',
    sender: how?.envelopeFrom ?? '',
    mta: 'foyer',
    disableArc: sealers.length === 0,
    disableBimi: true,
    resolver: resolve as never,
  })
  const result = dmarc ? dmarc.status.result : null
  const signatures = dkim.results.map(({ status }) => status)
  // A signature of From's own domain says as much as a policy that was published.
  const signed = signatures.some(
    ({ result: one, aligned, underSized }) => one === 'pass' && aligned && !underSized,
  )
  const sealer = sealedBy(
    (arc || null) as ArcResult | null,
    sealers,
    dmarc ? (dmarc.status.header?.from ?? null) : null,
  )
  const evidence: Evidence = {
    by: how ? 'door' : 'signature',
    server: null,
    spf: how ? (spf ? spf.status.result : null) : null,
    dkim: signed ? 'pass' : (signatures.find(({ result: one }) => one !== 'pass')?.result ?? 'none'),
    dmarc: result,
    arc: arc ? (arc as ArcResult).status.result : null,
    sealer,
  }
  if (result === 'pass' || sealer) return { verified: true, evidence }
  // Without its way here a mail without a good signature may still be honest.
  if (result === 'fail') return { verified: how ? false : null, evidence }
  return { verified: dmarc !== false && signed ? true : null, evidence }
}

/** As far as it is looked at. */
interface ArcResult {
  status: { result: string }
  signature?: { signingDomain?: string; signingHeaders?: { keys?: string }; status?: { underSized?: number } }
  authenticationResults?: { dmarc?: { result?: string; header?: { from?: string } } }
  chain?: { 'arc-seal'?: { parsed?: { d?: { value?: string } } } }[]
}

/**
 * A list or forwarder that changed the mail on its way, and vouches for what it found before: every seal holds, the last
 * is of a domain that the administrator named, covers the mail as it is now, and says that From was aligned.
 */
function sealedBy(arc: ArcResult | null, sealers: string[], from: string | null): string | null {
  if (arc?.status.result !== 'pass') return null
  const { signature, authenticationResults, chain } = arc
  const seal = chain?.at(-1)?.['arc-seal']?.parsed?.d?.value?.toLowerCase()
  const domain = signature?.signingDomain?.toLowerCase()
  if (!domain || domain !== seal || !sealers.includes(domain)) return null
  if (signature?.status?.underSized || !/\bfrom\b/i.test(signature?.signingHeaders?.keys ?? '')) return null
  const before = authenticationResults?.dmarc
  if (before?.result !== 'pass') return null
  return !before.header?.from || before.header.from.toLowerCase() === from?.toLowerCase() ? domain : null
}
