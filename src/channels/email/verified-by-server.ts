import type { Circumstances } from '../channel.ts'
import { headerOf, type ReadMail } from './read/mail.ts'

/**
 * What our provider's mail server found out about the sender (RFC 8601): the topmost Authentication-Results, and only
 * when it bears the configured name; anybody may write such a header into his mail. @returns null: not known
 */
export function verifiedByServer(mail: ReadMail, { remote }: Circumstances): boolean | null {
  if (!remote?.authServer) return null
  const results = headerOf(mail, 'authentication-results') ?? ''
  const server = /^\s*([^\s;]+)/.exec(results)?.[1]?.toLowerCase()
  if (server !== remote.authServer) return null
  const found = /[;\s]dmarc\s*=\s*(\w+)/i.exec(results)?.[1]?.toLowerCase()
  return found === 'pass' ? true : found === 'fail' ? false : null
}
