// The short lists every screen needs: who is here, which teams, inboxes, tags. Small, cached, kept fresh by /live.
import { queryOptions } from '@tanstack/react-query'
import type { Agent } from '#features/agents/agents.contract.ts'
import type { Partner } from '#features/consults/consults.contract.ts'
import type { Inbox } from '#features/inboxes/inboxes.contract.ts'
import type { Team } from '#features/teams/teams.contract.ts'
import { keys } from './query.ts'
import { get } from './request.ts'

interface PageOf<T> {
  items: T[]
  nextCursor: string | null
}

/** Every page of a list that is known to be short. */
async function all<T>(path: string, signal: AbortSignal): Promise<T[]> {
  const items: T[] = []
  let cursor: string | null = null
  do {
    const page: PageOf<T> = await get<PageOf<T>>(path, { query: { limit: 100, cursor }, signal })
    items.push(...page.items)
    cursor = page.nextCursor
  } while (cursor && items.length < 2000)
  return items
}

export const agentsQuery = queryOptions({
  queryKey: keys.agents,
  queryFn: ({ signal }) => all<Agent>('/agents', signal),
})
export const teamsQuery = queryOptions({
  queryKey: keys.teams,
  queryFn: ({ signal }) => all<Team>('/teams', signal),
})
export const inboxesQuery = queryOptions({
  queryKey: keys.inboxes,
  queryFn: ({ signal }) => all<Inbox>('/inboxes', signal),
})
/** Who has no account and can be asked by mail. */
export const partnersQuery = queryOptions({
  queryKey: keys.partners,
  queryFn: ({ signal }) => all<Partner>('/partners', signal),
})
/** Tags come as plain words or as rows with a name. */
export const tagsQuery = queryOptions({
  queryKey: keys.tags,
  queryFn: async ({ signal }) =>
    (await all<string | { name: string }>('/tags', signal)).map((tag) =>
      typeof tag === 'string' ? tag : tag.name,
    ),
})
