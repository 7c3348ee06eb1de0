import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import { refuse } from '#platform/errors/refuse.ts'
import { append, type By } from '#platform/events/events.ts'
import { findTeam } from './queries.ts'

/** 409 `in_use` while an inbox starts with this team, shows itself to it, or it has unlocked conversations. */
export async function removeTeam(tx: Db, by: By, id: string): Promise<void> {
  const team = (await findTeam(tx, id)) ?? refuse('not_found')
  // The row's lock holds back an inbox that is being given to this team: its foreign key waits for us.
  await tx.selectFrom('teams').select('id').where('id', '=', id).forUpdate().execute()
  const { rows } = await sql<{ used: boolean }>`
    select exists (select from inboxes where team = ${id} and removed_at is null)
      or exists (select from inbox_teams s join inboxes i on i.id = s.inbox where s.team = ${id} and i.removed_at is null)
      or exists (select from conversations where team = ${id} and merged_into is null
        and category not in ('solved', 'closed')) as used`.execute(tx)
  if (rows[0]!.used) refuse('in_use')
  await tx.deleteFrom('team_members').where('team', '=', id).execute()
  await tx.updateTable('teams').set({ removed_at: by.at }).where('id', '=', id).execute()
  await append(tx, { ...by, kind: 'team_removed', before: { name: team.name }, after: { team: id } })
}
