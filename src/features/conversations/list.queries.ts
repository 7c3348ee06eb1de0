// The statement behind every list of conversations: conditions over `conversations c`, an order, a keyset.
import { type RawBuilder, sql } from 'kysely'
import { after, days } from '#platform/clock/clock.ts'
import type { Db } from '#platform/db/db.ts'
import { refuseField } from '#platform/errors/refuse.ts'
import { decodeCursor } from '#platform/http/paging.ts'
import { type BuiltInView, categories, type Filters, type Sort } from './conversations.contract.ts'
import type { Sight } from './visible.ts'

export type Condition = RawBuilder<boolean>
export type FilterValues = Partial<Record<keyof typeof Filters, string>>

const kept = sql<boolean>`c.merged_into is null and c.spam_at is null and c.trashed_at is null`
const awake = sql<boolean>`${kept} and c.category in ('new', 'open', 'on_hold') and c.snoozed_until is null`
const closed = sql<boolean>`${kept} and c.category in ('solved', 'closed')`

/** The built-in views; the buckets are those of conversation_bucket() in the database, which counts them. */
export function inView(view: BuiltInView, sight: Sight, now: Date): Condition {
  switch (view) {
    case 'mine':
      return sql`${awake} and c.assignee = ${sight.agent}`
    case 'unassigned':
      return sql`${awake} and c.assignee is null`
    case 'my-teams':
      return sql`${awake} and c.team = any(${sight.teams}::bigint[])`
    case 'all':
      return kept
    case 'open':
      return awake
    case 'pending':
      return sql`${kept} and c.category = 'pending' and c.snoozed_until is null`
    case 'snoozed':
      return sql`${kept} and c.category not in ('solved', 'closed') and c.snoozed_until is not null`
    case 'closed':
      return sql`${closed} and c.thanks_at is null`
    case 'thanks':
      return sql`${closed} and c.thanks_at is not null`
    case 'spam':
      return sql`c.merged_into is null and c.trashed_at is null and c.spam_at is not null`
    case 'trash':
      return sql`c.merged_into is null and c.trashed_at is not null`
    case 'drafts':
      return sql`exists (select from drafts d where d.conversation = c.id and d.agent = ${sight.agent})`
    case 'mentioned':
      return sql`${kept} and exists (select from conversation_access m
        where m.conversation = c.id and m.agent = ${sight.agent} and m.because = 'mentioned')`
    case 'stuck':
      // Somebody has waited for a day and nothing has moved in it.
      return sql`${awake} and c.waiting_since < ${after(now, -days(1))} and c.updated_at < ${after(now, -days(1))}`
  }
}

export function filtered(filters: FilterValues, sight: Sight): Condition[] {
  const conditions: Condition[] = []
  const add = (name: keyof FilterValues, make: (values: string[]) => Condition) => {
    const values = (filters[name] ?? '').split(',').map((value) => value.trim())
    const given = values.filter((value) => value !== '')
    if (given.length > 0) conditions.push(make(given))
  }
  add(
    'status',
    (names) => sql`(c.category = any(${names.filter(isCategory)}) or c.status_name = any(${names}))`,
  )
  add('assignee', (ids) => idsOrNone('assignee', sql.ref('c.assignee'), ids, { me: [sight.agent] }))
  add('team', (ids) => idsOrNone('team', sql.ref('c.team'), ids, { mine: sight.teams, me: sight.teams }))
  add('inbox', (ids) => idsOrNone('inbox', sql.ref('c.inbox'), ids))
  add('customer', (ids) => idsOrNone('customer', sql.ref('c.customer'), ids))
  add('priority', (names) => sql`c.priority = any(${names})`)
  add('topic', (names) => wordsOrNone(sql`c.topic = any(${without(names)})`, sql`c.topic is null`, names))
  add('tag', (names) =>
    wordsOrNone(
      sql`exists (select from conversation_tags ct join tags g on g.id = ct.tag
        where ct.conversation = c.id and lower(g.name) = any(${without(names).map((name) => name.toLowerCase())}))`,
      sql`not exists (select from conversation_tags ct where ct.conversation = c.id)`,
      names,
    ),
  )
  if (filters.q?.trim()) conditions.push(matching(filters.q.trim()))
  return conditions
}

const isCategory = (name: string) => (categories as readonly string[]).includes(name)
const without = (names: string[]) => names.filter((name) => name !== 'none')
const wordsOrNone = (some: Condition, none: Condition, names: string[]): Condition =>
  names.includes('none') ? sql`(${some} or ${none})` : some

function idsOrNone(
  field: string,
  column: RawBuilder<unknown>,
  values: string[],
  words: Record<string, string[]> = {},
): Condition {
  const ids = without(values).flatMap((value) => words[value] ?? [value])
  if (!ids.every((id) => /^\d{1,18}$/.test(id))) refuseField(field, 'unknown')
  return wordsOrNone(sql`${column} = any(${ids}::bigint[])`, sql`${column} is null`, values)
}

/** Words anywhere in the conversation, or its number. */
const matching = (q: string): Condition => {
  const number = /^#?(\d{1,18})$/.exec(q)?.[1]
  const words = sql<boolean>`exists (select from conversation_search s where s.conversation = c.id
    and (s.words || s.comment_words) @@ websearch_to_tsquery('foyer', ${q}))`
  return number ? sql`(c.id = ${number} or ${words})` : words
}

interface Order {
  /** what rows are ordered by before their id, each as text for the cursor and back */
  key: RawBuilder<unknown>
  type: RawBuilder<unknown>
  pattern: RegExp
  descending?: boolean
}
const time = /^(infinity|\d{4,6}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?)$/
const timestamp = sql`timestamptz`
const waiting = sql`coalesce(c.waiting_since, 'infinity')`
const orders: Record<Sort, Order> = {
  // Until there are promises, what is due first is whoever waits longest.
  due: { key: waiting, type: timestamp, pattern: time },
  waiting: { key: waiting, type: timestamp, pattern: time },
  priority: {
    key: sql`array_position(array['urgent', 'high', 'normal', 'low'], c.priority)::text || ' ' ||
      coalesce(to_char(c.waiting_since at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'), '~')`,
    type: sql`text`,
    pattern: /^[1-4] [\d :.~-]{1,40}$/,
  },
  newest: { key: sql`c.created_at`, type: timestamp, pattern: time, descending: true },
  oldest: { key: sql`c.created_at`, type: timestamp, pattern: time },
  updated: { key: sql`c.last_activity_at`, type: timestamp, pattern: time, descending: true },
}

export interface ListedRow {
  id: string
  key: string
}

/** One row more than `limit`, when there is one. */
export async function listRows(
  db: Db,
  { where, sort, cursor, limit }: { where: Condition[]; sort: Sort; cursor?: string; limit: number },
): Promise<ListedRow[]> {
  const { key, type, pattern, descending } = orders[sort]
  const conditions = [...where]
  if (cursor !== undefined) {
    const [last, id] = decodeCursor(cursor, 2, [pattern, /^\d{1,18}$/])
    conditions.push(sql`(${key}, c.id) ${sql.raw(descending ? '<' : '>')} (${last}::${type}, ${id}::bigint)`)
  }
  const direction = sql.raw(descending ? 'desc' : 'asc')
  const { rows } = await sql<ListedRow>`
    select c.id, (${key})::text as key from conversations c
    where ${sql.join(conditions, sql` and `)}
    order by ${key} ${direction}, c.id ${direction} limit ${limit + 1}`.execute(db)
  return rows
}
