// What a list shows: built-in views and filters as conditions over a conversations row called `c`. The list, the
// counts of saved views and search ask the same conditions, so a count is the length of the list behind it.
import { type RawBuilder, sql } from 'kysely'
import { after, hours } from '#platform/clock/clock.ts'
import { refuseField } from '#platform/errors/refuse.ts'
import { type BuiltInView, builtInViews, categories } from './conversations.contract.ts'
import type { Sight } from './visible.ts'

/** As they come over the wire: comma lists. `q` is not among them; search turns it into a condition of its own. */
export interface FilterFields {
  status?: string | undefined
  assignee?: string | undefined
  team?: string | undefined
  inbox?: string | undefined
  tag?: string | undefined
  priority?: string | undefined
  customer?: string | undefined
  topic?: string | undefined
  numbers?: string | undefined
}
type Condition = RawBuilder<boolean>

// Written out, not parameters: partial indexes (0060-lists.sql) are chosen by these very words.
/** neither spam, trash nor merged away */
export const live = sql<boolean>`c.bucket not in ('spam', 'trash')`
/** not closed either */
export const active = sql<boolean>`c.bucket in ('open', 'pending', 'snoozed')`

export const stuckAfter = hours(24)

export const isBuiltIn = (view: string): view is BuiltInView =>
  (builtInViews as readonly string[]).includes(view)

/**
 * The built-in views: `open` is what waits for us (new, open, on hold, not snoozed), `mine` what I am responsible for
 * and neither closed nor snoozed, `unassigned` and `my-teams` the open ones without a responsible or of my teams,
 * `stuck` open ones that have been with the same holder for a day, `all` everything but spam and trash.
 */
export function inView(view: BuiltInView, sight: Sight, now: Date): Condition {
  switch (view) {
    case 'all':
      return live
    case 'mine':
      return sql`c.bucket in ('open', 'pending') and c.assignee = ${sight.agent}::bigint`
    case 'unassigned':
      return sql`c.bucket = 'open' and c.assignee is null`
    case 'my-teams':
      return sql`c.bucket = 'open' and c.team = any(${sight.teams}::bigint[])`
    case 'closed':
      return sql`c.bucket in ('closed', 'thanks')`
    case 'stuck':
      return sql`c.bucket = 'open' and c.holder_since < ${after(now, -stuckAfter)}::timestamptz`
    case 'mentioned':
      return sql`${active} and c.id in (
        select conversation from conversation_access where agent = ${sight.agent} and because = 'mentioned')`
    case 'drafts':
      return sql`${live} and c.id in (select conversation from drafts where agent = ${sight.agent})`
    default:
      return sql`c.bucket = ${sql.lit(view)}`
  }
}

const listOf = (value: string) =>
  value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
const isId = (part: string) => /^[0-9]{1,18}$/.test(part)
const either = (conditions: Condition[]): Condition =>
  conditions.length === 0 ? sql`false` : sql`(${sql.join(conditions, sql` or `)})`

/** Ids of a comma list; `words` say what else may stand in it. */
function ids(
  field: string,
  value: string,
  words: Record<string, string[] | null>,
  column: string,
): Condition {
  const name = sql.raw(column)
  const asked: string[] = []
  let none = false
  for (const part of listOf(value)) {
    if (isId(part)) asked.push(part)
    else if (!Object.hasOwn(words, part)) refuseField(field, 'unknown')
    else if (words[part] === null) none = true
    else asked.push(...words[part]!)
  }
  const conditions: Condition[] = []
  if (asked.length > 0) conditions.push(sql`${name} = any(${asked}::bigint[])`)
  if (none) conditions.push(sql`${name} is null`)
  return either(conditions)
}

function status(value: string): Condition {
  const parts = listOf(value)
  const known = parts.filter((part) => (categories as readonly string[]).includes(part))
  const named = parts.filter((part) => !known.includes(part))
  const conditions: Condition[] = []
  if (known.length > 0) conditions.push(sql`c.category = any(${known}::text[])`)
  if (named.length > 0) conditions.push(sql`c.status_name = any(${named}::text[])`)
  return either(conditions)
}

function tag(value: string): Condition {
  const names = listOf(value).filter((part) => part !== 'none')
  const conditions: Condition[] = []
  if (names.length > 0)
    conditions.push(sql`exists (select from conversation_tags ct join tags t on t.id = ct.tag
      where ct.conversation = c.id and lower(t.name) = any(${names.map((name) => name.toLowerCase())}::text[]))`)
  if (listOf(value).includes('none'))
    conditions.push(sql`not exists (select from conversation_tags ct where ct.conversation = c.id)`)
  return either(conditions)
}

function priority(value: string): Condition {
  const parts = listOf(value)
  if (parts.some((part) => !['low', 'normal', 'high', 'urgent'].includes(part)))
    refuseField('priority', 'not_allowed')
  return sql`c.priority = any(${parts}::text[])`
}

function topic(value: string): Condition {
  const parts = listOf(value)
  const conditions: Condition[] = [sql`c.topic = any(${parts}::text[])`]
  if (parts.includes('none')) conditions.push(sql`c.topic is null`)
  return either(conditions)
}

/** Each filter given as one condition; 422 with the field's name for what cannot be meant. */
export function matching(filters: FilterFields, sight: Sight): Condition[] {
  const { agent, teams } = sight
  const conditions: Condition[] = []
  if (filters.status) conditions.push(status(filters.status))
  if (filters.assignee)
    conditions.push(ids('assignee', filters.assignee, { me: [agent], none: null }, 'c.assignee'))
  if (filters.team)
    conditions.push(ids('team', filters.team, { mine: teams, me: teams, none: null }, 'c.team'))
  if (filters.inbox) conditions.push(ids('inbox', filters.inbox, {}, 'c.inbox'))
  if (filters.customer) conditions.push(ids('customer', filters.customer, {}, 'c.customer'))
  if (filters.tag) conditions.push(tag(filters.tag))
  if (filters.priority) conditions.push(priority(filters.priority))
  if (filters.numbers) conditions.push(ids('numbers', filters.numbers, {}, 'c.id'))
  if (filters.topic) conditions.push(topic(filters.topic))
  return conditions
}
