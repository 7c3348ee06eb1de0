import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useMe } from '#console/api/me.ts'
import { keys } from '#console/api/query.ts'
import { get } from '#console/api/request.ts'
import type { Conversation } from '#features/conversations/conversations.contract.ts'
import type { SavedReply } from '../saved-replies.contract.ts'
import { fillIn } from './fillIn.ts'

/** Prepared texts, ready to be put in after a slash. */
export function useSavedReplies(conversation: Conversation) {
  const me = useMe()
  const { data } = useQuery({
    queryKey: keys.savedReplies,
    queryFn: ({ signal }) =>
      get<{ items: SavedReply[] }>('/saved-replies', { query: { limit: 100 }, signal }),
    retry: false,
  })
  return useMemo(
    () =>
      (data?.items ?? []).map((reply) => ({
        id: reply.id,
        label: reply.name,
        hint: reply.text.replace(/\s+/g, ' ').slice(0, 60),
        insert: fillIn(reply.text, {
          customer: conversation.customer.name ?? '',
          agent: me.name,
          number: String(conversation.number),
          subject: conversation.subject,
        }),
      })),
    [data, conversation.customer.name, conversation.number, conversation.subject, me.name],
  )
}
