import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo, useRef } from 'react'
import { keys } from '#console/api/query.ts'
import { get } from '#console/api/request.ts'
import type { Item, OpenedConversation } from '../conversations.contract.ts'
import { joinItems } from './cache.ts'

const none: Item[] = []

/**
 * Items before the newest page, fetched when asked for. The newest page moves on while the conversation grows:
 * what slips out of it at its beginning is remembered here, so that no gap opens.
 */
export function useOlder(conversation: OpenedConversation) {
  const first = useRef(conversation.olderCursor)
  const slipped = useRef<Item[]>(none)
  slipped.current = joinItems(slipped.current, conversation.items)
  const query = useInfiniteQuery({
    queryKey: ['older', ...keys.conversation(conversation.number), first.current],
    queryFn: ({ pageParam, signal }) =>
      get<OpenedConversation>(`/conversations/${conversation.number}`, {
        query: { before: pageParam },
        signal,
      }),
    initialPageParam: first.current,
    getNextPageParam: (last) => last.olderCursor,
    enabled: false,
  })
  const pages = query.data?.pages
  const seen = slipped.current
  const items = useMemo(() => joinItems(seen, ...(pages ?? []).map((page) => page.items)), [seen, pages])
  return {
    items,
    more: pages ? query.hasNextPage : first.current !== null,
    busy: query.isFetching,
    load: () => void (pages ? query.fetchNextPage() : query.refetch()),
  }
}
