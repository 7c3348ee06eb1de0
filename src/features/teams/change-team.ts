import type { Db } from '#platform/db/db.ts'
import { refuse, refuseField } from '#platform/errors/refuse.ts'
import { append, type By } from '#platform/events/events.ts'
import { refuseTakenName } from './add-team.ts'
import { setMembers } from './members.ts'
import { findTeam } from './queries.ts'
import type { TeamInput } from './teams.contract.ts'

/** Changes what is given: the name, the whole list of members. */
export async function changeTeam(
  tx: Db,
  by: By,
  id: string,
  { members, ...given }: Partial<TeamInput>,
): Promise<void> {
  const name = given.name?.trim()
  if (name === '') refuseField('name', 'required')
  const before = (await findTeam(tx, id)) ?? refuse('not_found')
  if (name !== undefined)
    await tx.updateTable('teams').set({ name }).where('id', '=', id).execute().catch(refuseTakenName)
  if (members) await setMembers(tx, id, members)
  await append(tx, {
    ...by,
    kind: 'team_changed',
    before: { name: before.name },
    after: { team: id, name: name ?? before.name, ...(members ? { members: true } : {}) },
  })
}
