import type { Query, QueryClient } from '@tanstack/react-query'

/** Opened conversations kept for going back; an agent opens hundreds a day. */
const kept = 40
/** What is fetched for each of them, and for each customer in the panel beside it. */
const ofEach = ['conversation', 'draft', 'comment-draft', 'customer', 'list-of-customer', 'likenesses']

/** Lets go of what was fetched longest ago and is on no screen, older pages first of all. */
export function forgetOld(client: QueryClient): void {
  const cache = client.getQueryCache()
  // "Inactive" counts what is on screen but fetches only when asked, as older pages do.
  const unwatched = (name: string) =>
    cache.findAll({ queryKey: [name] }).filter((query) => query.getObserversCount() === 0)
  for (const query of unwatched('older')) cache.remove(query)
  // What is on its way was asked for ahead.
  const isHere = (query: Query) => query.state.fetchStatus === 'idle'
  for (const name of ofEach) {
    const idle = unwatched(name)
      .filter(isHere)
      .sort((a, b) => b.state.dataUpdatedAt - a.state.dataUpdatedAt)
    for (const query of idle.slice(kept)) cache.remove(query)
  }
}
