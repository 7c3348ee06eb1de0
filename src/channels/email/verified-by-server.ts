import type { Circumstances, Verdict } from '../channel.ts'
import { readAuthenticationResults } from './authentication-results.ts'
import { headerOf, type ReadMail } from './read/mail.ts'

/**
 * What our provider's mail server found out about the sender (RFC 8601): the topmost Authentication-Results, and only
 * when it bears the configured name; anybody may write such a header into his mail. @returns null: it says nothing
 */
export function verifiedByServer(
  mail: Pick<ReadMail, 'headers' | 'from'>,
  { remote }: Pick<Circumstances, 'remote'>,
): Verdict | null {
  if (!remote?.authServer) return null
  const read = readAuthenticationResults(headerOf(mail, 'authentication-results') ?? '')
  if (read?.server !== remote.authServer) return null
  const { spf = null, dkim = null, dmarc = null, arc = null } = read.results
  const domain = mail.from[0]?.address.split('@').at(-1)?.toLowerCase() ?? null
  // Of a mail with several senders it may have looked at another one than we show.
  const ofThis = mail.from.length === 1 && (read.from === null || read.from === domain)
  const verified = dmarc === 'fail' ? false : dmarc === 'pass' && ofThis ? true : null
  return { verified, evidence: { by: 'server', server: read.server, spf, dkim, dmarc, arc, sealer: null } }
}
