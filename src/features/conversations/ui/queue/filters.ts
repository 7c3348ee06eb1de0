// What narrows a list: part of the address, shown as chips, kept as a saved view. Values are comma lists, as the
// server takes them.
import type { Filters, QueueSearch } from './search.ts'

export const filterFields = [
  'status',
  'assignee',
  'team',
  'inbox',
  'tag',
  'priority',
  'customer',
  'q',
] as const
export type FilterField = (typeof filterFields)[number]

export const listOf = (value: string | undefined): string[] =>
  (value ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
export const asList = (values: readonly string[]): string | undefined =>
  values.length > 0 ? values.join(',') : undefined

/** Only what narrows, without empty ones and in a fixed order, so that equal filters are equal. */
export function filtersOf(search: QueueSearch | Filters): Filters {
  const filters: Filters = {}
  for (const field of filterFields) if (search[field]) filters[field] = search[field]
  return filters
}

export interface Chip {
  field: FilterField
  /** one of the values, or the whole words looked for */
  value: string
}
export const chipsOf = (filters: Filters): Chip[] =>
  filterFields.flatMap((field): Chip[] =>
    field === 'q'
      ? filters.q
        ? [{ field, value: filters.q }]
        : []
      : listOf(filters[field]).map((value) => ({ field, value })),
  )
/** The value this field has when the chip is gone. */
export const without = (filters: Filters, { field, value }: Chip): string | undefined =>
  field === 'q' ? undefined : asList(listOf(filters[field]).filter((each) => each !== value))

const toDo = 'new,open,on_hold'
/** What a built-in view looks for, as far as filters can say it; null: it is no matter of filters. */
const builtIn: Record<string, Filters | null> = {
  mine: { assignee: 'me', status: `${toDo},pending` },
  unassigned: { assignee: 'none', status: toDo },
  'my-teams': { team: 'mine', status: toDo },
  all: {},
  open: { status: toDo },
  pending: { status: 'pending' },
  closed: { status: 'solved,closed' },
}
/** Filters of a new view made from what is on screen: the view's own, and what was added. */
export function toSave(view: string, own: Filters | null, added: Filters): Filters | null {
  const base = own ?? builtIn[view]
  return base ? filtersOf({ ...base, ...added }) : null
}
