import { type Outside, pinnedTo } from './fetch-outside.ts'
import { isPublicAddress } from './public-address.ts'

export type Posting = Pick<Outside, 'dns' | 'timeout' | 'mayReach'> & {
  headers: Record<string, string>
  body: Buffer
}

/**
 * Posts to an address that a stranger has named, as carefully as fetchOutside reads from one. No redirects: a push
 * service has none. @returns the status; throws when it cannot be reached or may not be
 */
export async function postOutside(address: string, posting: Posting): Promise<number> {
  const { dns, timeout, mayReach = isPublicAddress, headers, body } = posting
  const url = URL.parse(address)
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password)
    throw new Error('not an address')
  const addresses = await dns.addresses(url.hostname)
  if (addresses.length === 0 || !addresses.every(mayReach)) throw new Error('may not be reached')
  const { request } = await import('undici')
  const agent = await pinnedTo(addresses)
  try {
    const signal = AbortSignal.timeout(timeout)
    const answer = await request(url, { method: 'POST', dispatcher: agent, signal, headers, body })
    return answer.statusCode
  } finally {
    agent.destroy().catch(() => {})
  }
}
