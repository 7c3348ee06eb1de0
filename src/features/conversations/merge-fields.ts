// What two conversations become as one, field by field. Pure: the preview and the merge say the same.
import { asCategory, type By, type ConversationFields, type ConversationRow } from './change.ts'

/** The most open first: where one of two still wants something, both do. */
const openness = ['open', 'new', 'on_hold', 'pending', 'solved', 'closed'] as const
const urgency = ['low', 'normal', 'high', 'urgent'] as const

const isOver = ({ category }: Pick<ConversationRow, 'category'>) =>
  category === 'solved' || category === 'closed'
const earliest = (...times: (Date | null)[]) =>
  times.reduce((one, other) => (one && other ? (one < other ? one : other) : (one ?? other)))

/**
 * Status the most open, priority the higher, the wait the earliest, awake rather than asleep, seen rather than in the
 * trash; who is responsible, team, subject and customer are the survivor's, what it has not is filled from the other.
 */
export function mergedFields(
  survivor: ConversationRow,
  other: ConversationRow,
  by: Pick<By, 'actor' | 'at'>,
): ConversationFields {
  const opens = openness.indexOf(other.category) < openness.indexOf(survivor.category)
  const category = opens ? other.category : survivor.category
  const over = category === 'solved' || category === 'closed'
  const awaits = !over && category !== 'pending'
  const sleepers = [survivor, other].filter((one) => !isOver(one))
  const asleep = !over && sleepers.length > 0 && sleepers.every(({ snoozed_until }) => snoozed_until !== null)
  const sleeper = asleep
    ? sleepers.reduce((one, next) => (next.snoozed_until! < one.snoozed_until! ? next : one))
    : null
  const open = opens ? asCategory(survivor, category, by.actor, by.at) : {}
  return {
    ...open,
    ...(opens ? { status_name: other.status_name } : {}),
    priority: urgency[Math.max(urgency.indexOf(survivor.priority), urgency.indexOf(other.priority))]!,
    waiting_since: awaits ? earliest(survivor.waiting_since, other.waiting_since) : null,
    snoozed_until: sleeper?.snoozed_until ?? null,
    snoozed_by: sleeper?.snoozed_by ?? null,
    topic: survivor.topic ?? other.topic,
    language: survivor.language ?? other.language,
    fields: { ...(other.fields as object), ...(survivor.fields as object) },
    ...(other.spam_at ? {} : { spam_at: null, spam_by: null }),
    ...(other.trashed_at ? {} : { trashed_at: null, trashed_by: null }),
  }
}

/** Columns a merge may change, and its undo returns where nobody has changed them since. */
export const mergeable = [
  'category',
  'status_name',
  'priority',
  'waiting_since',
  'snoozed_until',
  'snoozed_by',
  'topic',
  'language',
  'spam_at',
  'spam_by',
  'trashed_at',
  'trashed_by',
  'channel',
] as const
export type Mergeable = (typeof mergeable)[number]
export type Plain = string | null
/** Of each changed column: what it was, and what the merge made it. Custom fields by their names. */
export interface MergeDone {
  columns: Partial<Record<Mergeable, [Plain, Plain]>>
  /** custom fields that were filled */
  filled: Record<string, unknown>
}

export const plain = (value: Date | string | null): Plain =>
  value instanceof Date ? value.toISOString() : value

export function doneBy(was: ConversationRow, is: ConversationRow): MergeDone {
  const columns: MergeDone['columns'] = {}
  for (const column of mergeable) {
    const [before, after] = [plain(was[column]), plain(is[column])]
    if (before !== after) columns[column] = [before, after]
  }
  const [old, next] = [was.fields as Record<string, unknown>, is.fields as Record<string, unknown>]
  const filled = Object.fromEntries(Object.entries(next).filter(([name]) => !Object.hasOwn(old, name)))
  return { columns, filled }
}

/** What of it goes back, over the row as it stands now. */
export function undoneFields(
  row: ConversationRow,
  done: MergeDone,
  by: Pick<By, 'actor' | 'at'>,
): ConversationFields {
  const still = mergeable.filter(
    (column) => done.columns[column] && plain(row[column]) === done.columns[column][1],
  )
  const was = (column: Mergeable): Plain =>
    still.includes(column) ? done.columns[column]![0] : plain(row[column])
  const time = (column: Mergeable) => {
    const value = was(column)
    return value === null ? null : new Date(value)
  }
  const category = was('category') as ConversationRow['category']
  const fields = Object.fromEntries(
    Object.entries(row.fields as Record<string, unknown>).filter(
      ([name, value]) => !(Object.hasOwn(done.filled, name) && same(done.filled[name], value)),
    ),
  )
  const base = category === row.category ? {} : asCategory(row, category, by.actor, by.at)
  const over = category === 'solved' || category === 'closed'
  return {
    ...base,
    status_name: was('status_name'),
    priority: was('priority') as ConversationRow['priority'],
    waiting_since: over || category === 'pending' ? null : time('waiting_since'),
    snoozed_until: over ? null : time('snoozed_until'),
    snoozed_by: over ? null : was('snoozed_by'),
    topic: was('topic'),
    language: was('language'),
    spam_at: time('spam_at'),
    spam_by: was('spam_by'),
    trashed_at: time('trashed_at'),
    trashed_by: was('trashed_by'),
    channel: was('channel'),
    fields,
  }
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)
