import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { noteStart } from '#console/api/early.ts'
import { useMe } from '#console/api/me.ts'
import { viewsQuery } from '#features/views/ui/views.ts'
import type { Sort } from '../../conversations.contract.ts'
import { listAddress, listQuery } from '../queries.ts'
import { filtersOf } from './filters.ts'
import { chooseOrder, keepOrder, keptOrders } from './order.ts'
import { isSavedView, queryOf } from './queryOf.ts'
import type { QueueSearch } from './search.ts'
import { stays } from './stays.ts'
import { useCalmRows } from './useCalmRows.ts'

/** The view that the address names: its filters and order, and its rows, calm under a hand. */
export function useQueue() {
  const { t } = useTranslation('console')
  const me = useMe()
  const navigate = useNavigate()
  const { view } = useParams({ from: '/desk/views/$view' })
  const search = useSearch({ from: '/desk/views/$view' })
  const filters = useMemo(() => filtersOf(search), [search])
  const { data: views } = useQuery(viewsQuery)
  const own = views?.find((each) => each.id === view && !each.builtIn) ?? null
  const [kept, setKept] = useState(() => keptOrders(me.id))
  const isSaved = isSavedView(view)
  const sort = chooseOrder(view, { asked: search.sort, kept: kept[view], own: own?.sort })
  const keptSort = kept[view]
  const query = useMemo(() => queryOf(view, search, keptSort), [view, search, keptSort])
  const list = useInfiniteQuery(listQuery(query))
  const here = list.isSuccess
  useEffect(() => {
    if (here) noteStart(`/views/${view}${location.search}`, listAddress(query))
  }, [here, view, query])
  const fresh = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data])
  const calm = useCalmRows(fresh, JSON.stringify(query))
  const rows = useMemo(() => calm.rows.filter((row) => stays(view, row, me.id)), [calm.rows, view, me.id])
  const change = (part: Partial<QueueSearch>) =>
    void navigate({
      to: '/views/$view',
      params: { view },
      search: (old) => ({ ...old, ...part, item: undefined, around: undefined }),
    })
  return {
    view,
    own,
    name: own ? own.name : isSaved ? '' : t(`view.${view}`, { defaultValue: view }),
    filters,
    query,
    sort,
    list,
    rows,
    news: calm.news,
    hold: calm.hold,
    release: calm.release,
    change,
    setSort: (next: Sort) => {
      keepOrder(me.id, view, next)
      setKept(keptOrders(me.id))
      change({ sort: next })
    },
  }
}
export type Queue = ReturnType<typeof useQueue>
