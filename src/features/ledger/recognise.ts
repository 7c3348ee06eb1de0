import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'

/**
 * Notes a message's fingerprint for an inbox. Never look-then-insert: of two at once the second waits here for the
 * first. @returns the ledger row that brought the same message before; null: it is new
 */
export async function recognise(
  tx: Db,
  inbox: string,
  fingerprint: Uint8Array,
  ledger: string,
): Promise<string | null> {
  const { rows } = await sql<{ ledger: string }>`
    insert into fingerprints (inbox, fingerprint, ledger) values (${inbox}, ${Buffer.from(fingerprint)}, ${ledger})
    on conflict (inbox, fingerprint) do update set ledger = fingerprints.ledger
    returning ledger`.execute(tx)
  const first = rows[0]!.ledger
  return first === ledger ? null : first
}
