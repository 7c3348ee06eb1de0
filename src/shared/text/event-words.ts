/** An event of the timeline as the wire has it. */
export interface ToldEvent {
  kind: string
  author: { kind: string; id: string | null; name: string | null }
  before: Record<string, unknown>
  after: Record<string, unknown>
}
/** The reader's language: texts by `namespace:key`, and a moment in full. */
export interface Telling {
  t: (key: string, params?: Record<string, unknown>) => string
  time: (at: string) => string
  /** a day, `2026-12-01`, as it is said; without it as it stands */
  day?: (day: string) => string
}

/** Which of an event's values its sentence (texts `events:<kind>`, with actor, before, after) speaks of. */
const about: Record<string, string> = {
  assigned: 'assignee',
  unassigned: 'assignee',
  team_changed: 'team',
  not_ours: 'team',
  priority_changed: 'priority',
  status_changed: 'status',
  snoozed: 'snoozedUntil',
  tagged: 'changed',
  untagged: 'changed',
  participant_added: 'participant',
  participant_confirmed: 'participant',
  participant_removed: 'participant',
  customer_changed: 'customer',
  subject_changed: 'subject',
  topic_changed: 'topic',
  fields_changed: 'changed',
  duplicate_came: 'address',
  merged: 'mergedInto',
  unmerged: 'mergedInto',
  merged_in: 'other',
  merge_undone: 'other',
  split: 'other',
  split_off: 'other',
  consult_withdrawn: 'to',
  consult_absent: 'to',
  consult_undelivered: 'to',
  consult_unanswered: 'to',
  consult_answered_late: 'name',
  internal_from_customer: 'to',
  which_consult: 'to',
  message_sealed: 'reason',
  attachment_sealed: 'reason',
  seal_opened: 'reason',
  unsealed: 'reason',
  message_erased: 'reason',
  comment_erased: 'reason',
  attachment_erased: 'reason',
}

/** One sentence about an event, in the reader's language. An unknown kind is shown by its own name. */
export function eventWords(event: ToldEvent, telling: Telling): string {
  const { t } = telling
  const { kind } = event
  const actor = event.author.name ?? t(`console:author.${event.author.kind}`)
  const field = about[kind]
  const value = (side: Record<string, unknown>) => (field ? valueWords(field, side[field], telling) : '')
  const day = typeof event.after.until === 'string' ? event.after.until : ''
  const until = telling.day && day ? telling.day(day) : day
  const values = { actor, before: value(event.before), after: value(event.after), until }
  const words = t(`events:${variant(event)}`, { ...values, defaultValue: '' })
  return words || t('events:other', { actor, kind: kind.replaceAll('_', ' ') })
}

/** The same kind told differently where that reads better. */
function variant({ kind, author, after }: ToldEvent): string {
  const assignee = after.assignee as { id?: string } | null | undefined
  if (kind === 'assigned' && author.kind === 'agent' && assignee?.id === author.id) return 'assigned_self'
  if (kind === 'consult_absent' && after.until) return 'consult_absent_until'
  if (kind === 'topic_changed' && after.topic === null) return 'topic_removed'
  return kind
}

function valueWords(field: string, value: unknown, { t, time }: Telling): string {
  if (value === null || value === undefined || value === '') return t('console:nobody')
  if (Array.isArray(value)) return value.join(', ')
  if (typeof value === 'object') {
    const { name, category, address } = value as { name?: string | null; category?: string; address?: string }
    if (category) return name && name !== category ? name : t(`console:status.${category}`)
    return name ?? address ?? t('console:somebody')
  }
  if (field === 'priority') return t(`console:priority.${value}`)
  if (field === 'snoozedUntil') return time(String(value))
  return String(value)
}
