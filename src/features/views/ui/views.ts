import { queryOptions } from '@tanstack/react-query'
import { keys } from '#console/api/query.ts'
import { get } from '#console/api/request.ts'
import type { View } from '../views.contract.ts'

export const viewsQuery = queryOptions({
  queryKey: keys.views,
  queryFn: async ({ signal }) =>
    (await get<{ items: View[] }>('/views', { query: { limit: 100 }, signal })).items,
})
