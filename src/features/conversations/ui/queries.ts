import { type InfiniteData, infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { keys, queryClient } from '#console/api/query.ts'
import { get, queryString } from '#console/api/request.ts'
import type { Conversation, OpenedConversation } from '../conversations.contract.ts'
import type { Filters } from './queue/search.ts'

export interface PageOfConversations {
  items: Conversation[]
  nextCursor: string | null
}
export interface ListQuery extends Filters {
  view?: string
  sort?: string
}

const firstRows = 50
/** The address of a list's first page, as it is asked for. */
export const listAddress = (query: ListQuery): string =>
  `/conversations${queryString({ ...query, limit: firstRows })}`

/** A list of conversations, page by page. The key holds the query, so that every filter has a cache of its own. */
export const listQuery = (query: ListQuery, limit = firstRows) =>
  infiniteQueryOptions({
    queryKey: keys.list({ ...query }),
    queryFn: ({ pageParam, signal, queryKey }) =>
      get<PageOfConversations>('/conversations', {
        query: { ...query, limit, cursor: pageParam },
        signal,
        shown: () => isPageShown(queryKey, pageParam),
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  })

function isPageShown(list: readonly unknown[], cursor: string | null): boolean {
  const data = queryClient.getQueryData<InfiniteData<PageOfConversations>>(list)
  return data?.pageParams.includes(cursor) ?? false
}

export const conversationQuery = (number: number) =>
  queryOptions({
    queryKey: keys.conversation(number),
    queryFn: ({ signal, queryKey }) =>
      get<OpenedConversation>(`/conversations/${number}`, {
        signal,
        // Since it was kept, changes and what others wrote may have been added here.
        shown: () => queryClient.getQueryData(queryKey) !== undefined,
      }),
  })
