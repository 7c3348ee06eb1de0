// Whether a mail is really its sender's. Who delivered it to our SMTP door is checked with it (DMARC: SPF or DKIM
// aligned with From). What came by another way (IMAP, a pipe, a mail server on this machine) has lost that; its
// signature can be checked all the same, and most real mail bears one: it proves the sender, its absence nothing.
import type { ResolveDns } from '#platform/dns/dns.ts'
import type { Circumstances } from '../channel.ts'

/** The whole check may take so long; then it is not known. Milliseconds. */
const patience = 2000
/** Name servers that were too slow are left alone so long where only a signature could be gained; milliseconds. */
const rest = 60_000
const isLocal = (address: string) => /^(127\.|::1$|::ffff:127\.)/.test(address)

/** Whether another machine delivered it to our door. With a zone file (tests) loopback counts as one. */
export const cameFromOutside = ({ remote }: Pick<Circumstances, 'remote'>, zone: boolean): boolean =>
  Boolean(remote?.address && (zone || !isLocal(remote.address)))

export interface VerifyOptions {
  resolve: ResolveDns
  /** a zone file answers (tests): loopback is checked like any other address */
  zone: boolean
}

/** @returns null: not known (no DNS, no policy and no signature, too slow) */
export type VerifySender = (raw: Uint8Array, how: Circumstances) => Promise<boolean | null>

export function openVerifier({ resolve, zone }: VerifyOptions): VerifySender {
  let restUntil = 0
  return async (raw, how) => {
    const outside = cameFromOutside(how, zone)
    if (!outside && (!isSigned(raw) || performance.now() < restUntil)) return null
    const late = Promise.withResolvers<null>()
    const timer = setTimeout(() => {
      restUntil = performance.now() + rest
      late.resolve(null)
    }, patience)
    try {
      return await Promise.race([check(raw, outside ? how : null, resolve), late.promise])
    } catch {
      return null
    } finally {
      clearTimeout(timer)
    }
  }
}

const maxHead = 256 * 1024
function isSigned(raw: Uint8Array): boolean {
  const head = Buffer.from(raw.buffer, raw.byteOffset, Math.min(raw.length, maxHead)).toString('latin1')
  return /^dkim-signature:/im.test(head.split(/\r?\n\r?\n/, 1)[0] ?? '')
}

/** @param how null: only the mail's own signatures can speak for it */
async function check(
  raw: Uint8Array,
  how: Circumstances | null,
  resolve: ResolveDns,
): Promise<boolean | null> {
  // Loaded when first needed: mailauth takes 30 MB.
  const { authenticate } = await import('mailauth')
  const { dmarc, dkim } = await authenticate(Buffer.from(raw), {
    ip: how?.remote?.address ?? '',
    helo: how?.remote?.helo ?? '',
    sender: how?.envelopeFrom ?? '',
    mta: 'foyer',
    disableArc: true,
    disableBimi: true,
    resolver: resolve as never,
  })
  const result = dmarc === false ? undefined : dmarc.status.result
  if (result === 'pass') return true
  // Without its way here a mail without a good signature may still be honest.
  if (result === 'fail') return how ? false : null
  // No policy was published; a signature of From's own domain says as much.
  const signed = dkim.results.some(
    ({ status }) => status.result === 'pass' && status.aligned && !status.underSized,
  )
  return dmarc !== false && signed ? true : null
}
