import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'

/**
 * For a desk brought back from a backup: what was on its way when the backup was made, or has fallen due since, may
 * have been sent by the desk that went on. It is held without a due time, so that a person decides.
 * @returns of how many messages
 */
export async function holdAll(tx: Db, now: Date): Promise<number> {
  const { rows } = await sql<{ message: string }>`
    update deliveries set state = 'held', due_at = null, claimed_by = null, claimed_at = null
    where state in ('queued', 'sending', 'uncertain') or (state in ('scheduled', 'held') and due_at <= ${now})
    returning message`.execute(tx)
  return new Set(rows.map(({ message }) => message)).size
}
