import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import { decodeCursor, page } from '#platform/http/paging.ts'
import type { Named } from '#shared/wire.ts'
import type { Team } from './teams.contract.ts'

async function read(db: Db, rest: RawBuilder<unknown>): Promise<Team[]> {
  const { rows } = await sql<Team>`
    select t.id, t.name, coalesce((
      select json_agg(json_build_object('agent', a.id::text, 'name', a.name, 'lead', m.lead) order by a.name, a.id)
      from team_members m join agents a on a.id = m.agent
      where m.team = t.id and a.removed_at is null), '[]') as members
    from teams t where t.removed_at is null ${rest}`.execute(db)
  return rows
}

/** A team that is not removed. */
export async function findTeam(db: Db, id: string): Promise<Team | null> {
  return (await read(db, sql`and t.id = ${id}`))[0] ?? null
}

export async function pageOfTeams(db: Db, { limit = 50, cursor }: { limit?: number; cursor?: string }) {
  const after = cursor ? decodeCursor(cursor, 2) : null
  const rows = await read(
    db,
    sql`${after ? sql`and (lower(t.name), t.id) > (${after[0]}, ${after[1]}::bigint)` : sql``}
      order by lower(t.name), t.id limit ${limit + 1}`,
  )
  return page(
    rows,
    limit,
    (team) => team,
    (team) => [team.name.toLowerCase(), team.id],
  )
}

/** The teams an agent is in. */
export async function teamsOf(db: Db, agent: string): Promise<Named[]> {
  const { rows } = await sql<Named>`
    select t.id, t.name from team_members m join teams t on t.id = m.team
    where m.agent = ${agent} and t.removed_at is null order by lower(t.name), t.id`.execute(db)
  return rows
}

/** Which of these ids are no teams (any more). */
export async function missingTeams(db: Db, ids: string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<{ id: string }>`
    select id from teams where id = any(${ids}::bigint[]) and removed_at is null`.execute(db)
  const known = new Set(rows.map((row) => row.id))
  return ids.filter((id) => !known.has(id))
}
