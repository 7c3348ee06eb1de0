// In which order a view is shown: what the address says, else what this person chose for the view on this device,
// else the saved view's own, else what suits it: who waits longest, where the work is.
import type { Sort } from '../../conversations.contract.ts'

export const sorts: readonly Sort[] = ['due', 'waiting', 'priority', 'newest', 'oldest', 'updated']
const working = new Set(['mine', 'unassigned', 'my-teams', 'open', 'stuck'])
const isSort = (value: unknown): value is Sort => sorts.includes(value as Sort)
const keyOf = (agent: string) => `foyer.order.${agent}`

export function chooseOrder(
  view: string,
  { asked, kept, own }: { asked?: string; kept?: string; own?: string | null },
): Sort {
  for (const each of [asked, kept, own]) if (isSort(each)) return each
  return working.has(view) ? 'waiting' : 'updated'
}

export function keptOrders(agent: string): Record<string, string> {
  try {
    return JSON.parse(localStorage.getItem(keyOf(agent)) ?? '{}')
  } catch {
    return {}
  }
}
export function keepOrder(agent: string, view: string, sort: Sort): void {
  localStorage.setItem(keyOf(agent), JSON.stringify({ ...keptOrders(agent), [view]: sort }))
}
