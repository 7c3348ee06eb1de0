import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import type { ConversationRow } from './change.ts'

/**
 * The conversation, or the one it was merged into, locked; null: there is none of this number. Only the survivor is
 * locked: whoever merges or undoes it holds both, in the order of their numbers.
 */
export async function survivor(tx: Db, id: string): Promise<ConversationRow | null> {
  for (let next: string | null = id; next; next = await rootOf(tx, next)) {
    const row = await tx
      .selectFrom('conversations')
      .selectAll()
      .where('id', '=', next)
      .where('merged_into', 'is', null)
      .forNoKeyUpdate()
      .executeTakeFirst()
    // Taken apart while we waited: it goes on by itself.
    if (row && (row.id === id || (await rootOf(tx, id)) === row.id)) return row
  }
  return null
}

/** Where a merged conversation goes on; its own id where it is none; null: there is none of this number. */
export async function rootOf(db: Db, id: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    with recursive up (id, into_) as (
      select id, merged_into from conversations where id = ${id}
      union select c.id, c.merged_into from up join conversations c on c.id = up.into_)
    select id from up where into_ is null`.execute(db)
  return rows[0]?.id ?? null
}

/** A conversation and all that were merged into it, whatever was merged into those, too. */
export async function mergedUnder(db: Db, id: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive down (id) as (
      select ${id}::bigint union select c.id from down join conversations c on c.merged_into = down.id)
    select id from down`.execute(db)
  return rows.map((row) => row.id)
}

/** Wherever items of a conversation may have stood: all that were ever merged with it or split from it. */
export async function kinOf(db: Db, id: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive kin (id) as (
      select ${id}::bigint union select e.other from kin join (
        select merged as id, survivor as other from conversation_merges
        union all select survivor, merged from conversation_merges
        union all select conversation, other from conversation_links where kind in ('split_from', 'split_into')
      ) e on e.id = kin.id)
    select id from kin`.execute(db)
  return rows.map((row) => row.id)
}
