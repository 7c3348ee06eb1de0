import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import type { Me } from '#features/agents/agents.contract.ts'
import { lastReader } from '../offline/shelf.ts'
import { applyZone } from '../zone.ts'
import { ApiError } from './ApiError.ts'
import { keys } from './query.ts'
import { get } from './request.ts'

export const meQuery = queryOptions({
  queryKey: keys.me,
  queryFn: async () => {
    const me = await whoIsHere()
    applyZone(me.settings.timeZone)
    return me
  },
  staleTime: Number.POSITIVE_INFINITY,
})

async function whoIsHere(): Promise<Me> {
  const signedOut = { signedOutIsFine: true }
  if (lastReader() !== null) return get<Me>('/me', signedOut)
  // Nobody has read here, or he signed out: that is an answer, no red line in the browser's console.
  const { me } = await get<{ me: Me | null }>('/session', signedOut)
  return me ?? Promise.reject(new ApiError(401, { code: 'not_signed_in' }))
}

/** Who is signed in. Only below the desk's route, which fetches it first. */
export const useMe = (): Me => useSuspenseQuery(meQuery).data
