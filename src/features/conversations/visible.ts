// Who sees a conversation, in one place: by its inbox's teams (or every agent), its own team, being assigned, asked
// or mentioned. Lists, counts, search, live, attachments, mail log and exports all use this and nothing else.
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import { keepPlan } from '#platform/db/kept-plans.ts'

/** What an agent can see by place; read once per request. */
export interface Sight {
  agent: string
  inboxes: string[]
  /** every inbox there is: the predicate needs no look */
  everything: boolean
  teams: string[]
}

const teamsOf = (agent: string) => sql<string[]>`array(select team from team_members where agent = ${agent})`
const inboxesOf = (agent: string) => sql<string[]>`array(
  select id from inboxes i where seen_by = 'all' or exists (select from inbox_teams it
    where it.inbox = i.id and it.team in (select team from team_members where agent = ${agent})))`

export async function sightOf(db: Db, agent: string): Promise<Sight> {
  const { rows } = await sql<{ inboxes: string[]; all_inboxes: string; teams: string[] }>`${keepPlan}
    select ${inboxesOf(agent)} as inboxes, (select count(*) from inboxes) as all_inboxes,
      ${teamsOf(agent)} as teams`.execute(db)
  const row = rows[0]!
  return {
    agent,
    inboxes: row.inboxes,
    everything: row.inboxes.length === Number(row.all_inboxes),
    teams: row.teams,
  }
}

/** The predicate over a conversations row called `c` (or as named). */
export function seenBy(sight: Sight, alias = 'c'): RawBuilder<boolean> {
  if (sight.everything) return sql<boolean>`true`
  return seenFrom(sight, alias)
}

/** The same for one question, the agent's places looked up in its own statement. */
export const seenByAgent = (agent: string, alias = 'c'): RawBuilder<boolean> =>
  seenFrom({ agent, inboxes: inboxesOf(agent), teams: teamsOf(agent) }, alias)

interface Places {
  agent: string
  inboxes: string[] | RawBuilder<string[]>
  teams: string[] | RawBuilder<string[]>
}
function seenFrom({ agent, inboxes, teams }: Places, alias: string): RawBuilder<boolean> {
  const c = sql.raw(alias)
  return sql<boolean>`(${c}.inbox = any(${inboxes}::bigint[]) or ${c}.team = any(${teams}::bigint[])
    or ${c}.assignee = ${agent} or exists (
      select from conversation_access a where a.conversation = ${c}.id and a.agent = ${agent}))`
}

/** Who may be told about each of these conversations: everybody, or these agents. */
export async function audienceOf(
  db: Db,
  conversations: string[],
): Promise<Map<string, 'everybody' | Set<string>>> {
  if (conversations.length === 0) return new Map()
  const { rows } = await sql<{ id: string; everybody: boolean; agents: string[] }>`
    select c.id, i.seen_by = 'all' as everybody, case when i.seen_by = 'all' then '{}'::bigint[] else array(
      select m.agent from inbox_teams it join team_members m on m.team = it.team where it.inbox = c.inbox
      union select agent from team_members where team = c.team
      union select c.assignee where c.assignee is not null
      union select agent from conversation_access where conversation = c.id) end as agents
    from conversations c join inboxes i on i.id = c.inbox
    where c.id = any(${conversations}::bigint[])`.execute(db)
  return new Map(rows.map((row) => [row.id, row.everybody ? 'everybody' : new Set(row.agents)]))
}
