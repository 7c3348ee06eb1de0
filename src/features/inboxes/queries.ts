import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import { decodeCursor, page } from '#platform/http/paging.ts'
import type { Inbox } from './inboxes.contract.ts'

interface Row extends Inbox {
  sort_name: string
}
async function read(db: Db, rest: RawBuilder<unknown>): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select i.id, i.name, i.address, lower(i.name) as sort_name,
      array(select address from inbox_aliases where inbox = i.id order by address) as aliases,
      json_build_object('id', t.id::text, 'name', t.name) as team,
      case when i.seen_by = 'teams' then array(
        select team from inbox_teams where inbox = i.id order by team) end as teams,
      i.signature, i.quote, i.sender_name as "senderName", i.guard, i.plus_addressing as "plusAddressing",
      i.acknowledges, i.acknowledgement
    from inboxes i join teams t on t.id = i.team where i.removed_at is null ${rest}`.execute(db)
  return rows
}
const show = ({ sort_name, ...inbox }: Row): Inbox => inbox

/** An inbox that is not removed. */
export async function findInbox(db: Db, id: string): Promise<Inbox | null> {
  const [row] = await read(db, sql`and i.id = ${id}`)
  return row ? show(row) : null
}

/** Administrators set up every inbox; the others see those that are open to all or to one of their teams. */
export const mayConfigure = (caller: { role: string }) => caller.role === 'admin'
const openTo = (agent: string) => sql`and (i.seen_by = 'all' or exists (
  select from inbox_teams s join team_members m on m.team = s.team where s.inbox = i.id and m.agent = ${agent}))`

export async function pageOfInboxes(
  db: Db,
  caller: { id: string; role: string },
  { limit = 50, cursor, id }: { limit?: number; cursor?: string; id?: string },
) {
  const after = cursor ? decodeCursor(cursor, 2) : null
  const rows = await read(
    db,
    sql`${mayConfigure(caller) ? sql`` : openTo(caller.id)} ${id ? sql`and i.id = ${id}` : sql``}
      ${after ? sql`and (lower(i.name), i.id) > (${after[0]}, ${after[1]}::bigint)` : sql``}
      order by lower(i.name), i.id limit ${limit + 1}`,
  )
  return page(rows, limit, show, (row) => [row.sort_name, row.id])
}
