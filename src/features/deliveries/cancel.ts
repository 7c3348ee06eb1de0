import type { Db } from '#platform/db/db.ts'
import { refuse } from '#platform/errors/refuse.ts'
import { lockMessage } from './sending.ts'

/** Before anything left: undo is one conditional update with one winner, and the loser hears the truth. */
export async function cancel(tx: Db, message: string, now: Date): Promise<void> {
  await lockMessage(tx, message)
  const all = await tx
    .selectFrom('deliveries')
    .select(({ fn }) => fn.countAll<string>().as('n'))
    .where('message', '=', message)
    .executeTakeFirstOrThrow()
  const cancelled = await tx
    .updateTable('deliveries')
    .set({ state: 'cancelled', due_at: null, settled_at: now })
    .where('message', '=', message)
    .where('state', 'in', ['scheduled', 'held', 'queued'])
    .returning('id')
    .execute()
  if (cancelled.length === 0 || cancelled.length < Number(all.n)) refuse('already_sending')
}
