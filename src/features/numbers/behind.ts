// The conversations behind a number. The counts of the page ask the same conditions, so that a number is the length of
// the list it opens.
import { type RawBuilder, sql } from 'kysely'
import * as conversations from '#features/conversations/conversations.ts'
import type { Db } from '#platform/db/db.ts'
import { decodeCursor, encodeCursor } from '#platform/http/paging.ts'
import type { BehindAllQuery, BehindPage, BehindQuery, NumbersQuery } from './numbers.contract.ts'
import { type Periods, periodsOf } from './period.ts'

/** What the reader may see of what he asks for, over a conversations row `c`. */
export const within = (
  sight: conversations.Sight,
  { inbox, team }: Pick<NumbersQuery, 'inbox' | 'team'>,
): RawBuilder<boolean> =>
  sql<boolean>`${conversations.live} and ${conversations.seenBy(sight)}
    ${inbox ? sql`and c.inbox = ${inbox}::bigint` : sql``} ${team ? sql`and c.team = ${team}::bigint` : sql``}`

/**
 * Facts of a table (called `a`) whose conversation is among those seen. One look-up by key for each, as `offset 0` makes
 * PostgreSQL do: a period's facts are few beside all the conversations that a join would walk through.
 */
export const factsOf = (table: 'answers' | 'first_answers' | 'closings', seen: RawBuilder<boolean>) =>
  sql`${sql.table(table)} a cross join lateral (
    select from conversations c where c.id = a.conversation and ${seen} offset 0) seen`

/** Open and the customer waits: the queue's own words, whose index this uses. */
export const waitsNow = sql<boolean>`c.bucket = 'open' and c.waiting_since is not null`

/** Rows of conversation, at, seconds. */
function rowsBehind(asked: BehindAllQuery, seen: RawBuilder<boolean>, { from, zone }: Periods) {
  const since = from[asked.period ?? 'weeks']
  const who = (column: string) => (asked.agent ? sql`and ${sql.ref(column)} = ${asked.agent}::bigint` : sql``)
  const none = sql`null::int as seconds`
  switch (asked.number) {
    case 'new': {
      const local = sql`c.created_at at time zone ${zone}`
      return sql`select c.id as conversation, c.created_at as at, ${none} from conversations c
        where c.created_at >= ${since} and ${seen}
        ${asked.weekday === undefined ? sql`` : sql`and extract(isodow from ${local}) = ${asked.weekday}`}
        ${asked.hour === undefined ? sql`` : sql`and extract(hour from ${local}) = ${asked.hour}`}`
    }
    case 'waiting':
      return sql`select c.id as conversation, c.waiting_since as at, ${none} from conversations c
        where ${waitsNow} and ${seen}`
    case 'answered':
      return sql`select a.conversation, max(a.at) as at, ${none}
        from ${factsOf('answers', seen)} where a.at >= ${since} ${who('a.agent')} group by a.conversation`
    case 'first-answers':
      return sql`select a.conversation, a.at, extract(epoch from a.at - a.asked_at)::int as seconds
        from ${factsOf('first_answers', seen)} where a.at >= ${since} ${who('a.agent')}`
    default:
      return sql`select a.conversation, max(a.at) as at, ${none}
        from ${factsOf('closings', seen)} where a.at >= ${since} ${who('a.agent')}
        ${asked.number === 'reopened' ? sql`and a.reopened_at is not null` : sql``} group by a.conversation`
  }
}

/** Whoever waited longest first; else the latest. */
function keyOf({ number }: BehindAllQuery) {
  if (number === 'first-answers') return sql`seconds::numeric`
  return number === 'waiting' ? sql`-extract(epoch from at)` : sql`extract(epoch from at)`
}

interface Found {
  id: string
  at: Date
  seconds: number | null
  key: string
}
async function find(db: Db, agent: string, asked: BehindQuery, now: Date, limit: number) {
  const sight = await conversations.sightOf(db, agent)
  const rows = rowsBehind(asked, within(sight, asked), await periodsOf(db, now, asked.zone))
  const [key, id] = asked.cursor ? decodeCursor(asked.cursor, 2, [/^-?\d+(\.\d+)?$/, /^\d{1,18}$/]) : []
  const after = key ? sql`where (key, conversation) < (${key}::numeric, ${id}::bigint)` : sql``
  return sql<Found>`with behind as (select *, ${keyOf(asked)} as key from (${rows}) found)
    select conversation as id, at, seconds, key::text from behind ${after}
    order by behind.key desc, conversation desc limit ${limit}`.execute(db)
}

export async function behind(db: Db, agent: string, asked: BehindQuery, now: Date): Promise<BehindPage> {
  const limit = asked.limit ?? 50
  const { rows } = await find(db, agent, asked, now, limit + 1)
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const told = new Map(
    (
      await conversations.showConversations(
        db,
        shown.map((row) => row.id),
        agent,
      )
    ).map((each) => [String(each.number), each]),
  )
  return {
    count: await countBehind(db, agent, asked, now),
    items: shown.map(({ id, at, seconds }) => ({
      conversation: told.get(id)!,
      at: at.toISOString(),
      seconds,
    })),
    nextCursor: rows.length > limit && last ? encodeCursor([last.key, last.id]) : null,
  }
}

async function countBehind(db: Db, agent: string, asked: BehindAllQuery, now: Date): Promise<number> {
  const sight = await conversations.sightOf(db, agent)
  const rows = rowsBehind(asked, within(sight, asked), await periodsOf(db, now, asked.zone))
  const counted = await sql<{ n: string }>`select count(*) as n from (${rows}) found`.execute(db)
  return Number(counted.rows[0]!.n)
}

export interface BehindRow {
  number: number
  subject: string
  customer: string
  inbox: string
  agent: string
  at: Date
  seconds: number | null
}
/** More rows than this no table is read with. */
const mostRows = 50_000

/** All of them, for a table. */
export async function allBehind(
  db: Db,
  agent: string,
  asked: BehindAllQuery,
  now: Date,
): Promise<BehindRow[]> {
  const { rows } = await find(db, agent, asked, now, mostRows)
  const about = await sql<{ id: string; subject: string; customer: string; inbox: string; agent: string }>`
    select c.id, c.subject, coalesce(p.name, c.customer_address, '') as customer, i.name as inbox,
      coalesce(a.name, '') as agent
    from conversations c join customers p on p.id = c.customer join inboxes i on i.id = c.inbox
    left join agents a on a.id = c.assignee
    where c.id = any(${rows.map((row) => row.id)}::bigint[])`.execute(db)
  const known = new Map(about.rows.map(({ id, ...rest }) => [id, rest]))
  return rows.map(({ id, at, seconds }) => ({ number: Number(id), ...known.get(id)!, at, seconds }))
}
