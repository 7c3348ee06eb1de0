import type { Query, QueryClient } from '@tanstack/react-query'
import { forgetPlaces } from './placeSeen.ts'

/** Opened conversations kept for going back; an agent opens hundreds a day. */
const kept = 40
/** What is fetched for each of them, and for each customer in the panel beside it. */
const ofEach = ['conversation', 'draft', 'comment-draft', 'customer', 'list-of-customer', 'likenesses']

let planned = false
/** Lets go of what is too much, in a quiet moment after what is opened was painted. */
export function forgetSoon(client: QueryClient, wait = 500): void {
  if (planned) return
  planned = true
  // Not at once: a fetch that was broken off by going on starts its entry's clock when it ends, and an entry removed
  // before that would be held by the clock for as long as it is set.
  setTimeout(() => {
    planned = false
    forgetOld(client)
    if ('localStorage' in globalThis) forgetPlaces()
  }, wait)
}

/** Lets go of what was fetched longest ago and is on no screen. */
export function forgetOld(client: QueryClient): void {
  const cache = client.getQueryCache()
  // "Inactive" would count what is on screen but fetches only when asked.
  const unwatched = (name: string) =>
    cache.findAll({ queryKey: [name] }).filter((query) => query.getObserversCount() === 0)
  // What is on its way was asked for ahead.
  const isHere = (query: Query) => query.state.fetchStatus === 'idle'
  for (const name of ofEach) {
    const idle = unwatched(name)
      .filter(isHere)
      .sort((a, b) => b.state.dataUpdatedAt - a.state.dataUpdatedAt)
    for (const query of idle.slice(kept)) cache.remove(query)
  }
}
