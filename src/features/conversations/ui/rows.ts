import { dayNumber } from '#console/zone.ts'
import type { Item, TimelineEvent } from '../conversations.contract.ts'
import type { Gap } from './stretches.ts'

/**
 * What stands below each other in the timeline: days, messages and comments, events next to each other as one, and what
 * was not fetched yet.
 */
export type Row =
  | { kind: 'day'; id: string; at: string }
  | { kind: 'events'; id: string; events: TimelineEvent[] }
  | { kind: 'item'; id: string; item: Exclude<Item, TimelineEvent> }
  | { kind: 'gap'; id: string; gap: Gap }

/**
 * @param dayOf the day a time belongs to, in the reader's zone
 * @param today a conversation of today alone needs no line that says so
 */
export function rowsOf(
  items: readonly Item[],
  dayOf: (at: string) => string,
  today: string,
  gaps: readonly Gap[] = [],
): Row[] {
  const rows: Row[] = []
  const gapAfter = new Map(gaps.map((gap) => [gap.after, gap]))
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
    const gap = gapAfter.get(item.id)
    // Counted from the end: its name stays while it is filled from either side, and so does the focus on it.
    if (gap) rows.push({ kind: 'gap', id: `gap ${gaps.length - gaps.indexOf(gap)}`, gap })
  }
  return rows
}

/** The day by the reader's own calendar. */
export const localDay = (at: string): string => String(dayNumber(Date.parse(at)))
