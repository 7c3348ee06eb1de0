// One page of a list: which conversations, in which order. Every way into a list (a responsible, a team, an inbox, a
// place the agent may see) is read from an index that already stands in the list's order and ends after a page, so
// a page costs the same in a desk of a thousand conversations and of a million.
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import { refuse } from '#platform/errors/refuse.ts'
import { decodeCursor, encodeCursor } from '#platform/http/paging.ts'
import type { BuiltInView, Sort } from './conversations.contract.ts'
import { type FilterFields, inView, live, matching } from './matching.ts'
import { type Sight, seenBy } from './visible.ts'

type Condition = RawBuilder<boolean>
export interface Looking {
  /** any: all conditions are in `also` */
  view?: BuiltInView | 'any' | null
  filters?: FilterFields
  /** what else must hold, e.g. the words looked for */
  also?: Condition[]
  sort?: Sort | null
  limit: number
  cursor?: string | undefined
}

interface Key {
  sql: string
  type: string
  /** what a cursor may hold in its place */
  pattern: RegExp
}
interface Order {
  keys: Key[]
  descending: boolean
}
const time = /^(infinity|\d{4,6}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?)$/
const byId: Key = { sql: 'c.id', type: 'bigint', pattern: /^\d{1,18}$/ }
const timeKey = (expression: string): Key => ({ sql: expression, type: 'timestamptz', pattern: time })
const waitingSince = timeKey(`coalesce(c.waiting_since, 'infinity')`)
const urgency: Key = {
  sql: `array_position(array['urgent', 'high', 'normal', 'low'], c.priority)`,
  type: 'int',
  pattern: /^[1-4]$/,
}
// Until there are promises, what is due first is whoever waits longest.
const waiting: Order = { keys: [waitingSince, byId], descending: false }
const orders: Record<Sort, Order> = {
  due: waiting,
  waiting,
  priority: { keys: [urgency, waitingSince, byId], descending: false },
  newest: { keys: [timeKey('c.created_at'), byId], descending: true },
  oldest: { keys: [timeKey('c.created_at'), byId], descending: false },
  updated: { keys: [timeKey('c.last_activity_at'), byId], descending: true },
}

/** More ways than this, and walking one index with a filter is cheaper. */
const mostWays = 40
const idsOnly = (value: string | undefined) =>
  value !== undefined && /^[0-9]{1,18}(,[0-9]{1,18})*$/.test(value)
const each = (column: string, values: string[]): Condition[] =>
  [...new Set(values)].map((value) => sql`${sql.raw(column)} = ${value}::bigint`)

/** The narrowest set of index ranges that together hold the whole list. */
function waysIn(sight: Sight, { view, filters = {} }: Looking): Condition[] {
  if (filters.numbers !== undefined) return [sql`true`]
  if (view === 'mine' || filters.assignee === 'me') return each('c.assignee', [sight.agent])
  if (idsOnly(filters.customer)) return each('c.customer', filters.customer!.split(','))
  if (idsOnly(filters.assignee)) return each('c.assignee', filters.assignee!.split(','))
  if (view === 'my-teams' || filters.team === 'mine') return each('c.team', sight.teams)
  if (idsOnly(filters.team)) return each('c.team', filters.team!.split(','))
  if (idsOnly(filters.inbox)) return each('c.inbox', filters.inbox!.split(','))
  if (sight.everything) return [sql`true`]
  return [
    ...each('c.inbox', sight.inboxes),
    ...each('c.team', sight.teams),
    sql`c.assignee = ${sight.agent}::bigint`,
    sql`c.id = any(array(select conversation from conversation_access where agent = ${sight.agent}))`,
  ]
}

export interface FoundPage {
  ids: string[]
  nextCursor: string | null
}

export async function findPage(db: Db, sight: Sight, looking: Looking, now: Date): Promise<FoundPage> {
  const order = orders[looking.sort ?? 'updated']
  const direction = sql.raw(order.descending ? 'desc' : 'asc')
  const keys = order.keys.map((key) => sql.raw(key.sql))
  const conditions = [
    looking.view === 'any' ? sql<boolean>`true` : looking.view ? inView(looking.view, sight, now) : live,
    ...matching(looking.filters ?? {}, sight),
    ...(looking.also ?? []),
    ...(looking.cursor ? [after(order, looking.cursor)] : []),
  ]
  const ways = waysIn(sight, looking)
  if (ways.length === 0) return { ids: [], nextCursor: null }
  const branches = (ways.length > mostWays ? [sql<boolean>`true`] : ways).map(
    (way) => sql`(select c.id, ${sql.join(keys.map((key, i) => sql`${key} as ${sql.raw(`k${i}`)}`))}
      from conversations c
      where ${way} and ${seenBy(sight)} and ${sql.join(conditions, sql` and `)}
      order by ${sql.join(keys.map((key) => sql`${key} ${direction}`))} limit ${looking.limit + 1})`,
  )
  const { rows } = await sql<{ id: string; cursor: string[] }>`
    select id, array[${sql.join(keys.map((_, i) => sql.raw(`k${i}::text`)))}] as cursor
    from (${sql.join(branches, sql` union `)}) found
    order by ${sql.join(keys.map((_, i) => sql`${sql.raw(`k${i}`)} ${direction}`))} limit ${looking.limit + 1}`.execute(
    db,
  )
  const shown = rows.slice(0, looking.limit)
  return {
    ids: shown.map((row) => row.id),
    nextCursor: rows.length > looking.limit ? encodeCursor(shown.at(-1)!.cursor) : null,
  }
}

function after(order: Order, cursor: string): Condition {
  const values = decodeCursor(cursor, order.keys.length)
  if (!values.every((value, i) => order.keys[i]!.pattern.test(value))) refuse('malformed')
  const keys = order.keys.map((key) => sql.raw(key.sql))
  const limits = values.map((value, i) => sql`${value}::${sql.raw(order.keys[i]!.type)}`)
  return sql`(${sql.join(keys)}) ${sql.raw(order.descending ? '<' : '>')} (${sql.join(limits)})`
}
