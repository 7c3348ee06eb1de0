// Whether the machine that delivered a mail speaks for its sender's domain (DMARC: SPF or DKIM aligned with From).
import type { ResolveDns } from '#platform/dns/dns.ts'
import type { Circumstances } from '../channel.ts'

/** The whole check may take so long; then it is not known. Milliseconds. */
const patience = 2000
const isLocal = (address: string) => /^(127\.|::1$|::ffff:127\.)/.test(address)

export interface VerifyOptions {
  resolve: ResolveDns
  /** a zone file answers (tests): loopback is checked like any other address */
  zone: boolean
}

/** @returns null: not known (delivered on this machine, no DNS, no policy, too slow) */
export async function verifySender(
  raw: Uint8Array,
  { remote, envelopeFrom }: Circumstances,
  { resolve, zone }: VerifyOptions,
): Promise<boolean | null> {
  if (!remote?.address || (isLocal(remote.address) && !zone)) return null
  const late = Promise.withResolvers<null>()
  const timer = setTimeout(() => late.resolve(null), patience)
  try {
    return await Promise.race([
      checkDmarc(raw, remote.address, remote.helo, envelopeFrom, resolve),
      late.promise,
    ])
  } catch {
    return null
  } finally {
    clearTimeout(timer)
  }
}

async function checkDmarc(
  raw: Uint8Array,
  ip: string,
  helo: string | undefined,
  sender: string | null,
  resolve: ResolveDns,
): Promise<boolean | null> {
  // Loaded when first needed: mailauth takes 30 MB.
  const { authenticate } = await import('mailauth')
  const { dmarc } = await authenticate(Buffer.from(raw), {
    ip,
    helo: helo ?? '',
    sender: sender ?? '',
    mta: 'foyer',
    disableArc: true,
    disableBimi: true,
    resolver: resolve as never,
  })
  const result = dmarc === false ? undefined : dmarc.status.result
  return result === 'pass' ? true : result === 'fail' ? false : null
}
