import { setTeamsOf } from '#features/teams/teams.ts'
import type { Db } from '#platform/db/db.ts'
import { refuse } from '#platform/errors/refuse.ts'
import { append, type By } from '#platform/events/events.ts'
import { keepOneAdmin } from './keep-one-admin.ts'

/**
 * Takes an agent's seat away. His row and words stay; sessions and keys stop counting with this very commit,
 * because whoever looks for a caller asks for `removed_at is null`. His conversations go back to their teams by
 * the job `release_conversations`, which whoever calls this enqueues. @returns his sign-in user, to be deleted with his sessions
 */
export async function removeAgent(tx: Db, by: By, id: string): Promise<string | null> {
  const before = await tx
    .selectFrom('agents')
    .select(['name', 'role', 'auth_user'])
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  if (!before) refuse('not_found')
  if (before.role === 'admin') await keepOneAdmin(tx, id)
  const removedBy = by.actor.kind === 'agent' ? by.actor.id : null
  const { numUpdatedRows } = await tx
    .updateTable('agents')
    .set({ removed_at: by.at, removed_by: removedBy, auth_user: null })
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) refuse('not_found')
  await tx.deleteFrom('agent_addresses').where('agent', '=', id).execute()
  await setTeamsOf(tx, by, id, [])
  await append(tx, {
    ...by,
    kind: 'agent_removed',
    before: { name: before.name, role: before.role },
    after: { agent: id },
  })
  return before.auth_user
}
