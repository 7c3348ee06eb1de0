import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { keys } from '#console/api/query.ts'
import { get } from '#console/api/request.ts'
import type { Conversation } from '#features/conversations/conversations.contract.ts'
import type { Company } from '../companies.contract.ts'
import type { Customer, Likeness, OpenedCustomer } from '../customers.contract.ts'

interface PageOf<T> {
  items: T[]
  nextCursor: string | null
}

export const customerQuery = (id: string) =>
  queryOptions({
    queryKey: keys.customer(id),
    queryFn: ({ signal }) => get<OpenedCustomer>(`/customers/${id}`, { signal }),
    enabled: id !== '',
  })

export const customersQuery = (asked: { q?: string; company?: string }) =>
  infiniteQueryOptions({
    queryKey: [...keys.customers(asked.q ?? ''), 'pages', asked.company ?? ''],
    queryFn: ({ pageParam, signal }) =>
      get<PageOf<Customer>>('/customers', { query: { ...asked, limit: 50, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: (before) => before,
  })

export const companiesQuery = (q: string) =>
  infiniteQueryOptions({
    queryKey: keys.companies(q),
    queryFn: ({ pageParam, signal }) =>
      get<PageOf<Company>>('/companies', { query: { q, limit: 50, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: (before) => before,
  })

export const companyQuery = (id: string) =>
  queryOptions({
    queryKey: keys.company(id),
    queryFn: ({ signal }) => get<Company>(`/companies/${id}`, { signal }),
  })

export interface TheirConversations extends PageOf<Conversation> {
  hidden: number
}
export const conversationsOfQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: keys.ofCustomer(id),
    queryFn: ({ pageParam, signal }) =>
      get<TheirConversations>(`/customers/${id}/conversations`, {
        query: { limit: 10, cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  })

export const likenessesQuery = (id: string) =>
  queryOptions({
    queryKey: keys.likenesses(id),
    queryFn: async ({ signal }) =>
      (await get<{ items: Likeness[] }>(`/customers/${id}/likenesses`, { signal })).items,
  })
