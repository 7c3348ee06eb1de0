import type { Db } from '#platform/db/db.ts'
import { refuse } from '#platform/errors/refuse.ts'

/** In one order, and before any other agent's row: so no two who change administrators wait for each other. */
export const lockAdmins = (tx: Db) =>
  tx
    .selectFrom('agents')
    .select(['id', 'joined_at'])
    .where('role', '=', 'admin')
    .where('removed_at', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute()

/**
 * Refuses `last_admin` unless another administrator who has joined stays when `leaving` goes. Locks the
 * administrators' rows, so that two who dismiss each other at the same moment cannot both succeed.
 */
export async function keepOneAdmin(tx: Db, leaving: string): Promise<void> {
  const admins = await lockAdmins(tx)
  if (!admins.some((admin) => admin.id !== leaving && admin.joined_at)) refuse('last_admin')
}
