// The mail channel's way in: bytes → message, in a worker thread, with what the circumstances prove of the sender.
import type { ResolveDns } from '#platform/dns/dns.ts'
import type { Secrets } from '#platform/secrets/secrets.ts'
import type { Channel, Circumstances, Verdict } from '../channel.ts'
import { toIncoming } from './incoming.ts'
import { createReaderPool, type ReaderPool } from './read/reader-pool.ts'
import { readConsultMarkers, readMarkers, readNoticeMarks } from './tokens.ts'
import { verifiedByServer } from './verified-by-server.ts'
import { openVerifier } from './verify-sender.ts'

export interface MailReading {
  secrets: Secrets
  resolve: ResolveDns
  /** a zone file answers DNS look-ups (tests) */
  zone: boolean
  /** forwarders and lists whose seal is believed */
  sealers?: string[]
  threads?: number
}

export function openMailReader({ secrets, resolve, zone, sealers = [], threads = 1 }: MailReading): {
  read: Channel['read']
  close(): Promise<void>
} {
  let pool: ReaderPool | undefined
  const verifySender = openVerifier({ resolve, zone, sealers })
  return {
    async read(raw: Uint8Array, how: Circumstances) {
      pool ??= createReaderPool({ threads, idleMs: 60_000 })
      // The word of our provider's server goes before; keys of old mail may have been taken back.
      const ask = !how.remote?.authServer && how.door !== 'import'
      const [read, checked] = await Promise.all([pool.read(raw), ask ? verifySender(raw, how) : null])
      if (!read.ok) return read
      const told = verifiedByServer(read.mail, how)
      const verdict = how.remote?.authServer ? await better(told, () => verifySender(raw, how)) : checked
      const marking = {
        readMarkers: (text: string) => readMarkers(secrets, text),
        readConsultMarkers: (text: string) => readConsultMarkers(secrets, text),
        readNoticeMarks: (text: string) => readNoticeMarks(secrets, text),
      }
      return { ok: true, message: { ...toIncoming(read, how, marking), ...verdict } }
    },
    close: async () => pool?.close(),
  }
}

/** The server's word decides where it knows; where it does not, the mail's own signature may. */
async function better(told: Verdict | null, check: () => Promise<Verdict>): Promise<Verdict> {
  if (told && told.verified !== null) return told
  const own = await check()
  return own.verified === null ? (told ?? own) : own
}
