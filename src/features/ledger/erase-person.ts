import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'

/** A person's addresses leave the mail log; his mails that never became a message are erased with hash and reason. */
export async function erasePerson(
  tx: Db,
  values: string[],
  { at, by, reason }: { at: Date; by: string; reason: string },
): Promise<Buffer[]> {
  const { rows } = await sql<{ sha256: Buffer }>`
    update ledger set erased_at = ${at}, erased_by = ${by}, erased_because = ${reason}, subject = null
    where erased_at is null and item is null and outcome not in ('waiting', 'failed')
      and (lower(from_address) = any(${values}::text[]) or lower(envelope_from) = any(${values}::text[]))
    returning sha256`.execute(tx)
  await sql`update ledger set from_address = null, envelope_from = null, remote = null, verdict = null
    where lower(from_address) = any(${values}::text[]) or lower(envelope_from) = any(${values}::text[])`.execute(
    tx,
  )
  return rows.map(({ sha256 }) => sha256)
}
