/** What a list may be narrowed by. */
export interface Filters {
  status?: string
  assignee?: string
  team?: string
  inbox?: string
  tag?: string
  priority?: string
  customer?: string
  q?: string
}
/** What the address of a list may say. */
export interface QueueSearch extends Filters {
  sort?: string
  item?: string
  /** a message, comment or event to open at */
  around?: string
}
const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined

export const queueSearch = (search: Record<string, unknown>): QueueSearch => ({
  sort: text(search.sort),
  status: text(search.status),
  assignee: text(search.assignee),
  team: text(search.team),
  inbox: text(search.inbox),
  tag: text(search.tag),
  priority: text(search.priority),
  customer: text(search.customer),
  q: text(search.q),
  item: text(search.item),
  around: text(search.around),
})
