import { setTeamsOf } from '#features/teams/teams.ts'
import type { Db } from '#platform/db/db.ts'
import { refuse, refuseField } from '#platform/errors/refuse.ts'
import { append, type By } from '#platform/events/events.ts'
import type { Role } from './agents.contract.ts'
import { keepOneAdmin } from './keep-one-admin.ts'

/** Changes what is given. 409 `last_admin` when nobody would be left who may change anything. */
export async function changeAgent(
  tx: Db,
  by: By,
  id: string,
  change: { name?: string; role?: Role; teams?: string[] },
): Promise<void> {
  const name = change.name?.trim()
  if (name === '') refuseField('name', 'required')
  const before = await tx
    .selectFrom('agents')
    .select(['name', 'role'])
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  if (!before) refuse('not_found')
  if (before.role === 'admin' && change.role === 'agent') await keepOneAdmin(tx, id)
  const after = { name: name ?? before.name, role: change.role ?? before.role }
  await tx.updateTable('agents').set(after).where('id', '=', id).execute()
  if (change.teams) await setTeamsOf(tx, by, id, change.teams)
  await append(tx, { ...by, kind: 'agent_changed', before, after: { agent: id, ...after } })
}
