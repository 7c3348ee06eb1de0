import { useQuery } from '@tanstack/react-query'
import { useCallback, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '#console/api/me.ts'
import { keys } from '#console/api/query.ts'
import { get } from '#console/api/request.ts'
import { fuzzy } from '#console/writing/fuzzy.ts'
import type { Offer } from '#console/writing/offers.ts'
import type { Conversation } from '#features/conversations/conversations.contract.ts'
import type { Customer } from '#features/customers/customers.contract.ts'
import type { SavedReply } from '../saved-replies.contract.ts'
import { fillIn, firstNameOf, type Values } from './variables.ts'

/**
 * Prepared texts by letters of their name or words: one's own first, filled in for this conversation. Where there are
 * none yet, an offer to make the first.
 */
export function useSavedReplies(conversation: Conversation, make: () => void): (typed: string) => Offer[] {
  const { t } = useTranslation('composer')
  const latest = useRef(make)
  latest.current = make
  const values = useValues(conversation)
  const { data } = useQuery({
    queryKey: keys.savedReplies,
    queryFn: ({ signal }) =>
      get<{ items: SavedReply[] }>('/saved-replies', { query: { limit: 100 }, signal }),
    retry: false,
  })
  const replies = useMemo(
    () => (data?.items ?? []).toSorted((a, b) => Number(b.scope === 'me') - Number(a.scope === 'me')),
    [data],
  )
  const none = data?.items.length === 0
  return useCallback(
    (typed) => {
      // A date or a path may begin like this: more letters, and nobody is asked any more.
      if (none && typed.length <= 3)
        return [
          {
            id: 'none',
            label: t('replyNone'),
            hint: t('replyFirst'),
            insert: { text: '', html: null },
            run: () => latest.current(),
          },
        ]
      return fuzzy(replies, typed, ({ name, text }) => [name, text])
        .slice(0, 8)
        .map((reply) => ({
          id: reply.id,
          label: reply.name,
          hint: fillIn(reply.text, values).replace(/\s+/g, ' ').slice(0, 160),
          insert: {
            text: fillIn(reply.text, values),
            html: reply.html === null ? null : fillIn(reply.html, asHtml(values)),
          },
        }))
    },
    [replies, values, none, t],
  )
}

/** What variables mean in this conversation. */
export function useValues({ customer, number, subject, inbox }: Conversation): Values {
  const me = useMe()
  const { data } = useQuery({
    queryKey: keys.customer(customer.id ?? ''),
    queryFn: ({ signal }) => get<Customer>(`/customers/${customer.id}`, { signal }),
    enabled: customer.id !== null,
  })
  const company = data?.company?.name ?? null
  return useMemo(
    () => ({
      'customer.firstName': firstNameOf(customer.name),
      'customer.name': customer.name,
      'customer.address': customer.address,
      'customer.company': company,
      'agent.firstName': firstNameOf(me.name),
      'agent.name': me.name,
      subject,
      number: String(number),
      'inbox.name': inbox.name,
      'inbox.address': inbox.address,
    }),
    [customer.name, customer.address, company, me.name, subject, number, inbox.name, inbox.address],
  )
}

/** A customer's name is a stranger's text. */
const asHtml = (values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      value?.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`) ?? null,
    ]),
  )
