import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import { refuseField } from '#platform/errors/refuse.ts'
import { decodeCursor, page } from '#platform/http/paging.ts'
import { mailAddress } from '#shared/address/address.ts'
import type { Agent, Me, Right, Role } from './agents.contract.ts'
import { settingsOf } from './settings.ts'

interface Row {
  id: string
  name: string
  address: string
  further: string[]
  role: Role
  rights: Right[]
  teams: { id: string; name: string }[]
  away_from: Date | null
  away_until: Date | null
  joined_at: Date | null
  removed_at: Date | null
  created_at: Date
  sort_name: string
}

async function read(db: Db, rest: RawBuilder<unknown>): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select a.id, a.name, a.address, a.role, a.rights, a.away_from, a.away_until, a.joined_at, a.removed_at, a.created_at,
      lower(a.name) as sort_name, coalesce((
        select json_agg(json_build_object('id', t.id::text, 'name', t.name) order by lower(t.name), t.id)
        from team_members m join teams t on t.id = m.team
        where m.agent = a.id and t.removed_at is null), '[]') as teams,
      array(select x.address from agent_addresses x where x.agent = a.id order by x.address) as further
    from agents a ${rest}`.execute(db)
  return rows
}
const stateOf = (row: Row): Agent['state'] =>
  row.removed_at ? 'removed' : row.joined_at ? 'active' : 'invited'
const show = (row: Row): Agent => ({
  id: row.id,
  name: row.name,
  address: row.address,
  furtherAddresses: row.further,
  role: row.role,
  rights: row.rights,
  teams: row.teams,
  state: stateOf(row),
  awayFrom: row.away_from?.toISOString() ?? null,
  awayUntil: row.away_until?.toISOString() ?? null,
  createdAt: row.created_at.toISOString(),
})

/** Any agent, also an invited or removed one: his words stay. */
export async function findAgent(db: Db, id: string): Promise<Agent | null> {
  const [row] = await read(db, sql`where a.id = ${id}`)
  return row ? show(row) : null
}

/** By the address he signs in with or any other he writes from; not a removed one. */
export async function agentByAddress(db: Db, address: string): Promise<Agent | null> {
  const [row] = await read(
    db,
    sql`where a.removed_at is null and (a.address = ${address}
      or a.id = (select agent from agent_addresses where address = ${address}))`,
  )
  return row ? show(row) : null
}

/**
 * The agent that a request names: `me`, an id or an address. Only one who can hold work: not removed.
 * @param field the request's field, named by the 422 when there is no such agent
 */
export async function resolveAgent(
  db: Db,
  named: string,
  caller: { id: string },
  field = 'agent',
): Promise<Agent> {
  const address = mailAddress(named)
  const found =
    named === 'me'
      ? await findAgent(db, caller.id)
      : address
        ? await agentByAddress(db, address)
        : /^[0-9]{1,18}$/.test(named)
          ? await findAgent(db, named)
          : null
  return found && found.state !== 'removed' ? found : refuseField(field, 'unknown')
}

export async function pageOfAgents(
  db: Db,
  { limit = 50, cursor, state }: { limit?: number; cursor?: string; state?: Agent['state'] },
) {
  const after = cursor ? decodeCursor(cursor, 2) : null
  const inState = {
    active: sql`a.removed_at is null and a.joined_at is not null`,
    invited: sql`a.removed_at is null and a.joined_at is null`,
    removed: sql`a.removed_at is not null`,
  }
  const rows = await read(
    db,
    sql`where ${state ? inState[state] : sql`a.removed_at is null`}
      ${after ? sql`and (lower(a.name), a.id) > (${after[0]}, ${after[1]}::bigint)` : sql``}
      order by lower(a.name), a.id limit ${limit + 1}`,
  )
  return page(rows, limit, show, (row) => [row.sort_name, row.id])
}

/** What a person is told about himself. */
export async function findMe(db: Db, id: string): Promise<Me | null> {
  const agent = await findAgent(db, id)
  if (!agent) return null
  const { state: _, createdAt: __, ...mine } = agent
  return { ...mine, settings: await settingsOf(db, id) }
}

/** Whether the first run was done: somebody is here. */
export async function isSetUp(db: Db): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`select exists (select from agents) as done`.execute(db)
  return rows[0]!.done
}
