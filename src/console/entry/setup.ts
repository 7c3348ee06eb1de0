import { queryOptions } from '@tanstack/react-query'
import { keys } from '../api/query.ts'
import { get } from '../api/request.ts'

export const setupQuery = queryOptions({
  queryKey: keys.setup,
  queryFn: () => get<{ done: boolean; codeNeeded: boolean }>('/setup', { signedOutIsFine: true }),
})
