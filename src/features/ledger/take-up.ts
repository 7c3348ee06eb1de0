import { after, minutes } from '#platform/clock/clock.ts'
import type { Db } from '#platform/db/db.ts'
import { refuse } from '#platform/errors/refuse.ts'

/**
 * A person takes a message up again that found no place: it is worked on once more, from its source. 409 when it has
 * one already, 404 when its source was never kept or is erased.
 */
export async function takeUp(tx: Db, id: string, now: Date): Promise<void> {
  const row = await tx
    .selectFrom('ledger')
    .select(['outcome', 'erased_at'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row || row.erased_at || row.outcome === 'refused') refuse('not_found')
  if (!['failed', 'quarantined', 'ignored', 'bounce'].includes(row.outcome)) refuse('in_use')
  await tx
    .updateTable('ledger')
    .set({
      outcome: 'waiting',
      reason: null,
      settled_at: null,
      tries: 1,
      next_try_at: after(now, minutes(2)),
    })
    .where('id', '=', id)
    .execute()
}
