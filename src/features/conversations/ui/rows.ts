import { dayNumber } from '#console/zone.ts'
import type { Item, TimelineEvent } from '../conversations.contract.ts'

/** What stands below each other in the timeline: days, messages and comments, and events next to each other as one. */
export type Row =
  | { kind: 'day'; id: string; at: string }
  | { kind: 'events'; id: string; events: TimelineEvent[] }
  | { kind: 'item'; id: string; item: Exclude<Item, TimelineEvent> }

/**
 * @param dayOf the day a time belongs to, in the reader's zone
 * @param today a conversation of today alone needs no line that says so
 */
export function rowsOf(items: readonly Item[], dayOf: (at: string) => string, today: string): Row[] {
  const rows: Row[] = []
  let day = items.every((item) => dayOf(item.at) === today) ? today : ''
  for (const item of items) {
    if (dayOf(item.at) !== day) {
      day = dayOf(item.at)
      rows.push({ kind: 'day', id: `day ${day} ${item.id}`, at: item.at })
    }
    const last = rows.at(-1)
    if (item.type !== 'event') rows.push({ kind: 'item', id: item.id, item })
    else if (last?.kind === 'events') last.events.push(item)
    else rows.push({ kind: 'events', id: `events ${item.id}`, events: [item] })
  }
  return rows
}

/** The day by the reader's own calendar. */
export const localDay = (at: string): string => String(dayNumber(Date.parse(at)))
