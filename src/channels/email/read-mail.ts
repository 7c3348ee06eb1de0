// The mail channel's way in: bytes → message, in a worker thread, with what the circumstances prove of the sender.
import type { ResolveDns } from '#platform/dns/dns.ts'
import type { Secrets } from '#platform/secrets/secrets.ts'
import type { Channel, Circumstances } from '../channel.ts'
import { toIncoming } from './incoming.ts'
import { createReaderPool, type ReaderPool } from './read/reader-pool.ts'
import { readMarkers } from './tokens.ts'
import { verifiedByServer } from './verified-by-server.ts'
import { verifySender } from './verify-sender.ts'

export interface MailReading {
  secrets: Secrets
  resolve: ResolveDns
  /** a zone file answers DNS look-ups (tests) */
  zone: boolean
  threads?: number
}

export function openMailReader({ secrets, resolve, zone, threads = 1 }: MailReading): {
  read: Channel['read']
  close(): Promise<void>
} {
  let pool: ReaderPool | undefined
  return {
    async read(raw: Uint8Array, how: Circumstances) {
      pool ??= createReaderPool({ threads, idleMs: 60_000 })
      const [read, checked] = await Promise.all([pool.read(raw), verifySender(raw, how, { resolve, zone })])
      if (!read.ok) return read
      const verified = checked ?? verifiedByServer(read.mail, how)
      const marking = { readMarkers: (text: string) => readMarkers(secrets, text) }
      return { ok: true, message: { ...toIncoming(read.mail, how, marking), verified } }
    },
    close: async () => pool?.close(),
  }
}
