import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'

/**
 * The raw mails of these messages and comments go, and what came as their duplicates; a line in the mail log stays, with
 * hash, outcome, who erased it and why. Bytes that another message came as stay for that one.
 * @returns the files that may go
 */
export async function erase(
  tx: Db,
  items: string[],
  { at, by, reason }: { at: Date; by: string; reason: string },
): Promise<Buffer[]> {
  const { rows } = await sql<{ sha256: Buffer }>`
    with own as (
      select l.id, l.sha256 from ledger l where l.erased_at is null and l.id in (
        select ledger from messages where id = any(${items}::bigint[]) and ledger is not null
        union all select ledger from comments where id = any(${items}::bigint[]) and ledger is not null)
    )
    update ledger l set erased_at = ${at}, erased_by = ${by}, erased_because = ${reason}, subject = null
    where l.erased_at is null and (l.id in (select id from own)
      or l.duplicate_of in (select id from own)
      or (l.item is null and l.sha256 in (select sha256 from own)))
    returning l.sha256`.execute(tx)
  return rows.map(({ sha256 }) => sha256)
}
