import type { Db } from '#platform/db/db.ts'
import { refuse } from '#platform/errors/refuse.ts'

/** What is still to be sent cannot be told from what was: first it is sent or cancelled. */
export async function refuseUnsent(tx: Db, message: string): Promise<void> {
  const waiting = await tx
    .selectFrom('deliveries')
    .select('id')
    .where('message', '=', message)
    .where('state', 'in', ['scheduled', 'held', 'queued', 'sending', 'uncertain'])
    .executeTakeFirst()
  if (waiting) refuse('already_sending')
}
