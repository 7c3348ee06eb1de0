import type { QueryClient } from '@tanstack/react-query'

/** Opened conversations kept for going back; an agent opens hundreds a day. */
const kept = 40

/** Lets go of the conversations that were fetched longest ago and are on no screen, their older pages first of all. */
export function forgetOld(client: QueryClient): void {
  const cache = client.getQueryCache()
  // "Inactive" counts what is on screen but fetches only when asked, as older pages do.
  const unwatched = (name: string) =>
    cache.findAll({ queryKey: [name] }).filter((query) => query.getObserversCount() === 0)
  for (const query of unwatched('older')) cache.remove(query)
  const idle = unwatched('conversation').sort((a, b) => b.state.dataUpdatedAt - a.state.dataUpdatedAt)
  for (const query of idle.slice(kept)) cache.remove(query)
}
