import { type Db, isUniqueViolation } from '#platform/db/db.ts'
import { refuseField } from '#platform/errors/refuse.ts'
import { append, type By } from '#platform/events/events.ts'
import { setMembers } from './members.ts'
import type { TeamInput } from './teams.contract.ts'

/** 422 `name` `taken` when another team has this name. @returns the team's id */
export async function addTeam(tx: Db, by: By, { members = [], ...given }: TeamInput): Promise<string> {
  const name = given.name.trim() || refuseField('name', 'required')
  const { id } = await tx
    .insertInto('teams')
    .values({ name, created_at: by.at })
    .returning('id')
    .executeTakeFirstOrThrow()
    .catch(refuseTakenName)
  await setMembers(tx, id, members)
  await append(tx, { ...by, kind: 'team_created', after: { team: id, name } })
  return id
}

export function refuseTakenName(error: unknown): never {
  if (isUniqueViolation(error, 'teams_name')) refuseField('name', 'taken')
  throw error
}
