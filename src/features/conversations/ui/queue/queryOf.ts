import type { ListQuery } from '../queries.ts'
import { filtersOf } from './filters.ts'
import { chooseOrder } from './order.ts'
import type { QueueSearch } from './search.ts'

export const isSavedView = (view: string): boolean => /^\d/.test(view)

/** How the list that an address names is asked for. @param kept the order this person chose for the view */
export function queryOf(view: string, search: QueueSearch, kept: string | undefined): ListQuery {
  // A saved view's own order is the server's to know: the list needn't wait for the views.
  const itsOwn = isSavedView(view) && !search.sort && !kept
  const sort = itsOwn ? undefined : chooseOrder(view, { asked: search.sort, kept })
  return { view, ...filtersOf(search), sort }
}
