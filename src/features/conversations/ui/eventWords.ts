import type { TFunction } from 'i18next'
import { fullTime } from '#console/time.ts'
import type { TimelineEvent } from '../conversations.contract.ts'

type Words = TFunction<'console'>

/** One sentence about an event, in the reader's language. An unknown kind is shown by its own name. */
export function eventWords(event: TimelineEvent, t: Words, language: string): string {
  const who = event.author.name ?? t(`author.${event.author.kind}`)
  const values = {
    who,
    ...named(event.before, 'before', t, language),
    ...named(event.after, 'after', t, language),
  }
  const words = t(`event.${event.kind}`, { ...values, defaultValue: '' })
  return words || t('event.other', { who, what: event.kind.replaceAll('_', ' ') })
}

/** before: {priority: 'low'} → {before: …}: the first value of a side, and each value under its own name. */
function named(
  side: Record<string, unknown>,
  prefix: string,
  t: Words,
  language: string,
): Record<string, string> {
  const words = Object.entries(side).map(
    ([name, value]) => [name, valueWords(name, value, t, language)] as const,
  )
  const out: Record<string, string> = {}
  for (const [name, value] of words) out[`${prefix}_${name}`] = value
  const first = words[0]?.[1]
  if (first !== undefined) out[prefix] = first
  return out
}

function valueWords(name: string, value: unknown, t: Words, language: string): string {
  if (value === null || value === undefined || value === '') return t('nobody')
  if (typeof value === 'object') {
    const { name: own, category, address } = value as { name?: string; category?: string; address?: string }
    if (category) return own && own !== category ? own : t(`status.${category}`)
    return own ?? address ?? (Array.isArray(value) ? value.join(', ') : JSON.stringify(value))
  }
  const text = String(value)
  if (name === 'priority') return t(`priority.${text}`)
  if (name === 'status' || name === 'category') return t(`status.${text}`, { defaultValue: text })
  if (/^\d{4}-\d\d-\d\dT/.test(text)) return fullTime(text, language)
  return text
}
