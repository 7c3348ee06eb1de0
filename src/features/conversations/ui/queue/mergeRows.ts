import type { Conversation } from '../../conversations.contract.ts'
import type { PageOfConversations } from '../queries.ts'

type Key = string | number
const rank = { urgent: 1, high: 2, normal: 3, low: 4 }
const waiting = (row: Conversation) => row.waitingSince ?? '~'
/** What the server orders by, the first that differs decides. */
const orders: Record<string, { by: (row: Conversation) => Key[]; descending?: boolean }> = {
  due: { by: (row) => [waiting(row), row.number] },
  waiting: { by: (row) => [waiting(row), row.number] },
  priority: { by: (row) => [rank[row.priority], waiting(row), row.number] },
  newest: { by: (row) => [row.createdAt, row.number], descending: true },
  oldest: { by: (row) => [row.createdAt, row.number] },
  updated: { by: (row) => [row.lastActivityAt, row.number], descending: true },
}

export function comesBefore(a: Conversation, b: Conversation, sort: string): boolean {
  const { by, descending } = orders[sort] ?? orders.updated!
  const [keysA, keysB] = [by(a), by(b)]
  for (const [i, key] of keysA.entries()) {
    const other = keysB[i]!
    if (key !== other) return descending ? key > other : key < other
  }
  return false
}

/**
 * Pages with the asked rows as they are now: gone where they were not found, and each in its place. A row that
 * belongs behind everything loaded waits there until that page is fetched.
 */
export function mergeRows(
  pages: readonly PageOfConversations[],
  asked: readonly number[],
  found: readonly Conversation[],
  sort = 'updated',
): PageOfConversations[] {
  const gone = new Set(asked)
  const merged = pages.map((page) => ({ ...page, items: page.items.filter((row) => !gone.has(row.number)) }))
  for (const row of found) {
    const at = merged.findIndex((page) => page.items.some((other) => comesBefore(row, other, sort)))
    const page = merged[at]
    if (page) {
      const index = page.items.findIndex((other) => comesBefore(row, other, sort))
      page.items = page.items.toSpliced(index, 0, row)
    } else if (merged.at(-1)?.nextCursor === null) merged.at(-1)!.items.push(row)
  }
  return merged
}
