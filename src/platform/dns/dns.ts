// DNS look-ups for checking senders and for reaching outside servers: two seconds at the most. In tests a zone file
// (FOYER_DNS) answers instead, and everything it does not name is not found.
import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import type { Config } from '../config/config.ts'

/**
 * Answers in the shapes of node:dns `resolve` (TXT: string[][], MX: {exchange, priority}[], A: string[] …) and
 * throws with its codes (ENOTFOUND: no such name, ENODATA: nothing of this type, ETIMEOUT). Fits mailauth's
 * `resolver`.
 */
export type ResolveDns = (name: string, type: string) => Promise<unknown[]>

export interface DnsNames {
  resolve: ResolveDns
  /** The IP addresses of a host, IPv4 first; of an address, itself. Empty: there are none. */
  addresses(host: string): Promise<string[]>
}

/** Milliseconds a look-up may take. */
const limit = 2000
/** name → type → records */
type Zone = Record<string, Record<string, unknown[]>>

class DnsError extends Error {
  readonly code: string
  constructor(code: string, name: string, type: string) {
    super(`query${type} ${code} ${name}`)
    this.code = code
  }
}

export function openDns({ dnsZone }: Pick<Config, 'dnsZone'>): DnsNames {
  const resolve = dnsZone ? fromZone(dnsZone) : fromNetwork
  return {
    resolve,
    async addresses(host) {
      const bare = host.replace(/^\[|\]$/g, '')
      if (isIP(bare)) return [bare]
      const found = await Promise.all(
        ['A', 'AAAA'].map((type) => resolve(bare, type).catch((): unknown[] => [])),
      )
      return found.flat().map(String)
    },
  }
}

const plain = (name: string) => name.toLowerCase().replace(/\.$/, '')

/** The file is read at each look-up, so that a test may change it while the desk runs. */
function fromZone(path: string): ResolveDns {
  return async (name, type) => {
    const zone = JSON.parse(readFileSync(path, 'utf8')) as Zone
    const entry = Object.entries(zone).find(([known]) => plain(known) === plain(name))
    if (!entry) throw new DnsError('ENOTFOUND', name, type)
    const records = entry[1][type.toUpperCase()]
    if (!records?.length) throw new DnsError('ENODATA', name, type)
    return records
  }
}

const fromNetwork: ResolveDns = async (name, type) => {
  const { Resolver } = await import('node:dns/promises')
  const resolver = new Resolver({ timeout: limit, tries: 1 })
  const late = new AbortController()
  try {
    return await Promise.race([
      resolver.resolve(name, type) as Promise<unknown[]>,
      // With several name servers each is asked in turn; together they get no more time either.
      wait(limit, undefined, { signal: late.signal }).then(() => {
        resolver.cancel()
        throw new DnsError('ETIMEOUT', name, type)
      }),
    ])
  } finally {
    late.abort()
  }
}
