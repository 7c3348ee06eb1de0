// Lists after a change. A short list is simply fetched again. One that was scrolled far would be fetched page after
// page: instead the server is asked which of the changed conversations are in it now, and these rows find their place.
import type { InfiniteData, QueryKey } from '@tanstack/react-query'
import { keys, queryClient } from '#console/api/query.ts'
import { get } from '#console/api/request.ts'
import type { View } from '#features/views/views.contract.ts'
import type { ListQuery, PageOfConversations } from '../queries.ts'
import { mergeRows } from './mergeRows.ts'

type Pages = InfiniteData<PageOfConversations, string | null>
const short = 2
const atOnce = 100

/** Brings every list up to date about these conversations. */
export async function freshenLists(numbers: readonly number[]): Promise<void> {
  const lists = queryClient.getQueryCache().findAll({ queryKey: keys.lists })
  await Promise.all(
    lists.map((list) => {
      const data = list.state.data as Pages | undefined
      const patient = list.isActive() && (data?.pages?.length ?? 0) > short && numbers.length <= atOnce
      return patient
        ? freshenRows(list.queryKey, numbers)
        : queryClient.invalidateQueries({ queryKey: list.queryKey, exact: true })
    }),
  )
}

async function freshenRows(queryKey: QueryKey, numbers: readonly number[]) {
  const query = queryKey[1] as ListQuery
  const asked = numbers.join(',')
  try {
    const found = await get<PageOfConversations>('/conversations', {
      query: { ...query, numbers: asked, limit: atOnce },
    })
    queryClient.setQueryData<Pages>(
      queryKey,
      (old) =>
        old && {
          ...old,
          pages: mergeRows(old.pages, numbers, found.items, query.sort ?? ownSort(query.view)),
        },
    )
  } catch {
    // Offline, or signed out: said elsewhere. The list is fetched anew when it is looked at again.
    await queryClient.invalidateQueries({ queryKey, exact: true, refetchType: 'none' })
  }
}

/** A saved view's own order, where the list was asked for without one. */
const ownSort = (view: string | undefined) =>
  queryClient.getQueryData<View[]>(keys.views)?.find((each) => each.id === view)?.sort ?? undefined
