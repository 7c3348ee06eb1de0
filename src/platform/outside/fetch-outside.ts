// Fetching what a stranger has named. Every address a name leads to is checked, and the connection goes to the
// checked address and no other, so that a name that changes its mind in between (DNS rebinding) gains nothing; a
// redirect is a new stranger. No cookies, no credentials, no answer but the bytes.
import { isIPv6 } from 'node:net'
import type { Agent, Dispatcher } from 'undici'
import type { DnsNames } from '../dns/dns.ts'
import { isPublicAddress } from './public-address.ts'

export interface Outside {
  dns: Pick<DnsNames, 'addresses'>
  /** milliseconds for everything */
  timeout: number
  /** bytes of the answer at the most */
  limit: number
  redirects?: number
  accept?: string
  /** which addresses may be reached; tests reach their own servers */
  mayReach?: (address: string) => boolean
}

/** @returns the bytes, or null when it may not be reached, is too large, too slow, or not there */
export async function fetchOutside(url: string, outside: Outside): Promise<Buffer | null> {
  const ended = AbortSignal.timeout(outside.timeout)
  let next: string | null = url
  try {
    for (let hop = 0; next !== null && hop <= (outside.redirects ?? 3); hop += 1) {
      const answer: Answer | null = await fetchOnce(next, outside, ended)
      if (answer === null || 'bytes' in answer) return answer?.bytes ?? null
      next = URL.parse(answer.location, next)?.href ?? null
    }
    return null
  } catch {
    // Refused, reset, timed out, broken TLS: there is nothing to show, and nobody to tell why.
    return null
  }
}

type Answer = { bytes: Buffer | null } | { location: string }

async function fetchOnce(
  address: string,
  { dns, limit, accept, mayReach = isPublicAddress }: Outside,
  signal: AbortSignal,
): Promise<Answer | null> {
  const url = URL.parse(address)
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) return null
  const addresses = await dns.addresses(url.hostname)
  if (addresses.length === 0 || !addresses.every(mayReach)) return null
  // Loaded when first needed: 30 MB.
  const { request } = await import('undici')
  const agent = await pinnedTo(addresses)
  try {
    const headers = { 'user-agent': 'Foyer', ...(accept ? { accept } : {}) }
    const answer = await request(url, { dispatcher: agent, signal, headers, headersTimeout: 5000 })
    const location = answer.headers.location
    if (answer.statusCode >= 300 && answer.statusCode < 400 && typeof location === 'string')
      return { location }
    if (answer.statusCode !== 200 || Number(answer.headers['content-length'] ?? 0) > limit) return null
    return { bytes: await bytesOf(answer.body, limit) }
  } finally {
    // What was not read is cut off, not drained.
    agent.destroy().catch(() => {})
  }
}

/** Connects to these addresses whatever the name would lead to now. */
export async function pinnedTo(addresses: string[]): Promise<Agent> {
  const { Agent } = await import('undici')
  return new Agent({
    connect: {
      timeout: 5000,
      lookup: (_name, options, answer) => {
        const found = addresses.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }))
        if (options.all) answer(null, found)
        else answer(null, found[0]!.address, found[0]!.family)
      },
    },
  })
}

async function bytesOf(body: Dispatcher.ResponseData['body'], limit: number): Promise<Buffer | null> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    if (size > limit) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
