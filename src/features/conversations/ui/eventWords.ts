import type { TFunction } from 'i18next'
import { fullTime } from '#console/time.ts'
import type { TimelineEvent } from '../conversations.contract.ts'

/** Which of an event's values its sentence (texts `events:<kind>`, with actor, before, after) speaks of. */
const about: Record<string, string> = {
  assigned: 'assignee',
  unassigned: 'assignee',
  team_changed: 'team',
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
}

/** One sentence about an event, in the reader's language. An unknown kind is shown by its own name. */
export function eventWords(event: TimelineEvent, t: TFunction<'console'>, language: string): string {
  const { kind } = event
  const actor = event.author.name ?? t(`author.${event.author.kind}`)
  const field = about[kind]
  const value = (side: Record<string, unknown>) => (field ? valueWords(field, side[field], t, language) : '')
  const values = { actor, before: value(event.before), after: value(event.after) }
  const words = t(`events:${variant(event)}`, { ...values, defaultValue: '' })
  return words || t('events:other', { actor, kind: kind.replaceAll('_', ' ') })
}

/** The same kind told differently where that reads better. */
function variant({ kind, author, after }: TimelineEvent): string {
  const assignee = after.assignee as { id?: string } | null | undefined
  if (kind === 'assigned' && author.kind === 'agent' && assignee?.id === author.id) return 'assigned_self'
  if (kind === 'topic_changed' && after.topic === null) return 'topic_removed'
  return kind
}

function valueWords(field: string, value: unknown, t: TFunction<'console'>, language: string): string {
  if (value === null || value === undefined || value === '') return t('nobody')
  if (Array.isArray(value)) return value.join(', ')
  if (typeof value === 'object') {
    const { name, category, address } = value as { name?: string | null; category?: string; address?: string }
    if (category) return name && name !== category ? name : t(`status.${category}`)
    return name ?? address ?? t('somebody')
  }
  if (field === 'priority') return t(`priority.${value}`)
  if (field === 'snoozedUntil') return fullTime(String(value), language)
  return String(value)
}
