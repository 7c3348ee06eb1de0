import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { keys } from '#console/api/query.ts'
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
    queryFn: ({ pageParam, signal }) =>
      get<PageOfConversations>('/conversations', { query: { ...query, limit, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  })

export const conversationQuery = (number: number) =>
  queryOptions({
    queryKey: keys.conversation(number),
    queryFn: ({ signal }) => get<OpenedConversation>(`/conversations/${number}`, { signal }),
  })
