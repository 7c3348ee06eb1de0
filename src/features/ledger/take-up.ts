import { after, minutes } from '#platform/clock/clock.ts'
import type { Db } from '#platform/db/db.ts'
import { refuse } from '#platform/errors/refuse.ts'
import { append, type By } from '#platform/events/events.ts'

/**
 * A person takes a message up again that found no place: it is worked on once more, from its source. 409 when it has
 * one already, 404 when its source was never kept or is erased.
 */
export async function takeUp(tx: Db, id: string, what: 'retry' | 'start' | 'join', by: By): Promise<void> {
  const row = await tx
    .selectFrom('ledger')
    .select(['outcome', 'erased_at', 'inbox', 'reason', 'tries'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row || row.erased_at || row.outcome === 'refused') refuse('not_found')
  if (!['failed', 'quarantined', 'ignored', 'bounce'].includes(row.outcome)) refuse('mail_settled')
  await tx
    .updateTable('ledger')
    .set({
      outcome: 'waiting',
      reason: null,
      settled_at: null,
      // Counted on, so that the tries before keep their lines.
      tries: row.tries + 1,
      next_try_at: after(by.at, minutes(2)),
    })
    .where('id', '=', id)
    .execute()
  await append(tx, {
    ...by,
    kind: kinds[what],
    before: { outcome: row.outcome, reason: row.reason },
    after: { ledger: id, inbox: row.inbox },
  })
}

const kinds = { retry: 'mail_retried', start: 'mail_started', join: 'mail_joined' }
