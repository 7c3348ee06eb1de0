import type { QueryClient } from '@tanstack/react-query'

/** Opened conversations kept for going back; an agent opens hundreds a day. */
const kept = 40

/** Lets go of the conversations that were fetched longest ago and are on no screen, their older pages first of all. */
export function forgetOld(client: QueryClient): void {
  const cache = client.getQueryCache()
  for (const query of cache.findAll({ queryKey: ['older'], type: 'inactive' })) cache.remove(query)
  const idle = cache
    .findAll({ queryKey: ['conversation'], type: 'inactive' })
    .sort((a, b) => b.state.dataUpdatedAt - a.state.dataUpdatedAt)
  for (const query of idle.slice(kept)) cache.remove(query)
}
