import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'

/** The raw mails of these messages and comments, and what came as their duplicates, go behind a seal. */
export async function seal(tx: Db, id: string, items: string[]): Promise<void> {
  await sql`
    with own as (
      select l.id, l.sha256 from ledger l where l.id in (
        select ledger from messages where id = any(${items}::bigint[]) and ledger is not null
        union all select ledger from comments where id = any(${items}::bigint[]) and ledger is not null)
    )
    update ledger l set seal = ${id}, subject = null
    where l.seal is null and (l.id in (select id from own) or l.duplicate_of in (select id from own)
      or (l.item is null and l.sha256 in (select sha256 from own)))`.execute(tx)
}
