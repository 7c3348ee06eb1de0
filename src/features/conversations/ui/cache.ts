// What a change does to data already fetched. Pure: given the old, answers the new.
import type { Conversation, Item, OpenedConversation } from '../conversations.contract.ts'
import type { PageOfConversations } from './queries.ts'

interface Pages {
  pages: PageOfConversations[]
  pageParams: unknown[]
}

/** The same pages with one row changed; the very same object when the row isn't there. */
export function patchPages<T extends Pages | undefined>(
  list: T,
  number: number,
  patch: Partial<Conversation>,
): T {
  if (!list?.pages.some((page) => page.items.some((row) => row.number === number))) return list
  const items = (rows: Conversation[]) =>
    rows.map((row) => (row.number === number ? { ...row, ...patch } : row))
  return { ...list, pages: list.pages.map((page) => ({ ...page, items: items(page.items) })) }
}

/** An opened conversation with a change on top. The server answers changes without the timeline: ours stays. */
export function patchOpened(
  opened: OpenedConversation | undefined,
  patch: Partial<OpenedConversation>,
): OpenedConversation | undefined {
  return (
    opened && { ...opened, ...patch, items: patch.items ?? opened.items, olderCursor: opened.olderCursor }
  )
}

/** Timelines joined by id; the later argument knows better. In order of position. */
export function joinItems(...parts: readonly (readonly Item[])[]): Item[] {
  const byId = new Map<string, Item>()
  for (const part of parts) for (const item of part) byId.set(item.id, item)
  return [...byId.values()].sort((a, b) => a.position - b.position)
}

/**
 * Rows as they may be shown while a hand is on the list: nothing moves, what is new waits, and is counted.
 * Without a hand: the rows as they are.
 */
export function settle(
  shown: readonly Conversation[],
  fresh: readonly Conversation[],
  held: boolean,
): { rows: readonly Conversation[]; news: number } {
  if (!held || shown.length === 0) return { rows: fresh, news: 0 }
  const byNumber = new Map(fresh.map((row) => [row.number, row]))
  const known = new Set(shown.map((row) => row.number))
  const lastKnown = fresh.findLastIndex((row) => known.has(row.number))
  const after = fresh.slice(lastKnown + 1)
  const news = fresh.slice(0, lastKnown + 1).filter((row) => !known.has(row.number)).length
  return { rows: [...shown.map((row) => byNumber.get(row.number) ?? row), ...after], news }
}

/**
 * Where reading goes on: the first item that is not ours after the last one seen on this device; without such
 * a memory, the first of the customer's words after our last message. Null: nothing new.
 */
export function firstUnread(items: readonly Item[], lastSeen: string | null, me: string): Item | null {
  const seenAt = items.findIndex((item) => item.id === lastSeen)
  const ownAt = items.findLastIndex((item) => item.type === 'message' && item.direction === 'out')
  const from = (seenAt >= 0 ? seenAt : ownAt) + 1
  const ours = (item: Item) => item.author.kind === 'agent' && item.author.id === me
  return items.slice(from).find((item) => item.type !== 'event' && !ours(item)) ?? null
}
