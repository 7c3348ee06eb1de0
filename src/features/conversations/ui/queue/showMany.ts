import { keys, queryClient } from '#console/api/query.ts'
import type { Conversation, OpenedConversation } from '../../conversations.contract.ts'
import { patchOpened } from '../cache.ts'
import type { PageOfConversations } from '../queries.ts'

interface Pages {
  pages: PageOfConversations[]
  pageParams: unknown[]
}

function mapRows(map: (row: Conversation) => Conversation) {
  queryClient.setQueriesData<Pages>({ queryKey: keys.lists }, (old) => {
    if (!old?.pages) return old
    const pages = old.pages.map((page) => {
      const items = page.items.map(map)
      return items.some((row, i) => row !== page.items[i]) ? { ...page, items } : page
    })
    return pages.some((page, i) => page !== old.pages[i]) ? { ...old, pages } : old
  })
}

/**
 * Shows a change of many rows at once, in every list and in the open conversation.
 * @returns takes it back for those named
 */
export function showMany(
  numbers: readonly number[],
  shows: (row: Conversation) => Partial<Conversation>,
): (numbers: readonly number[]) => void {
  const asked = new Set(numbers)
  const before = new Map<number, Partial<Conversation>>()
  const after = new Map<number, Partial<Conversation>>()
  const change = <T extends Conversation>(row: T): T => {
    const part = after.get(row.number) ?? shows(row)
    if (!before.has(row.number)) {
      const names = Object.keys(part) as (keyof Conversation)[]
      before.set(row.number, Object.fromEntries(names.map((name) => [name, row[name]])))
      after.set(row.number, part)
    }
    return { ...row, ...part }
  }
  mapRows((row) => (asked.has(row.number) ? change(row) : row))
  for (const number of numbers)
    queryClient.setQueryData<OpenedConversation>(keys.conversation(number), (old) => old && change(old))
  return (back) => {
    const again = new Set(back)
    mapRows((row) => (again.has(row.number) ? { ...row, ...before.get(row.number) } : row))
    for (const number of back)
      queryClient.setQueryData<OpenedConversation>(keys.conversation(number), (old) =>
        patchOpened(old, before.get(number) ?? {}),
      )
  }
}
