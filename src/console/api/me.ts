import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import type { Me } from '#features/agents/agents.contract.ts'
import { applyZone } from '../zone.ts'
import { keys } from './query.ts'
import { get } from './request.ts'

export const meQuery = queryOptions({
  queryKey: keys.me,
  queryFn: async () => {
    const me = await get<Me>('/me', { signedOutIsFine: true })
    applyZone(me.settings.timeZone)
    return me
  },
  staleTime: Number.POSITIVE_INFINITY,
})
/** Who is signed in. Only below the desk's route, which fetches it first. */
export const useMe = (): Me => useSuspenseQuery(meQuery).data
