import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import { refuseField } from '#platform/errors/refuse.ts'
import { append, type By } from '#platform/events/events.ts'
import { missingTeams } from './queries.ts'
import type { TeamInput } from './teams.contract.ts'

/** Makes these the members of a team, and nobody else. 422 `members` when one is no agent (any more). */
export async function setMembers(
  tx: Db,
  team: string,
  members: NonNullable<TeamInput['members']>,
): Promise<void> {
  const wanted = new Map(members.map((member) => [member.agent, member.lead ?? false]))
  const ids = [...wanted.keys()]
  const { rows } = await sql<{ n: string }>`
    select count(*) as n from agents where id = any(${ids}::bigint[]) and removed_at is null`.execute(tx)
  if (Number(rows[0]!.n) !== ids.length) refuseField('members', 'unknown')
  await tx
    .deleteFrom('team_members')
    .where('team', '=', team)
    .where(sql<boolean>`not agent = any(${ids}::bigint[])`)
    .execute()
  for (const [agent, lead] of wanted)
    await tx
      .insertInto('team_members')
      .values({ team, agent, lead })
      .onConflict((conflict) => conflict.columns(['team', 'agent']).doUpdateSet({ lead }))
      .execute()
}

/** Makes these the teams of an agent; who stays in one stays its lead. 422 `teams` when one is unknown. */
export async function setTeamsOf(tx: Db, by: By, agent: string, teams: string[]): Promise<void> {
  if ((await missingTeams(tx, teams)).length > 0) refuseField('teams', 'unknown')
  const left = await tx
    .deleteFrom('team_members')
    .where('agent', '=', agent)
    .where(sql<boolean>`not team = any(${teams}::bigint[])`)
    .returning('team')
    .execute()
  const { rows: joined } = await sql<{ team: string }>`
    insert into team_members (team, agent) select distinct unnest(${teams}::bigint[]), ${agent}::bigint
    on conflict do nothing returning team`.execute(tx)
  for (const { team } of [...left, ...joined])
    await append(tx, { ...by, kind: 'team_changed', after: { team, members: true } })
}
