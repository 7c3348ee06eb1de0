import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { SearchHit } from '#features/conversations/conversations.contract.ts'
import type { Customer } from '#features/customers/customers.contract.ts'
import type { SearchPage } from '#features/search/search.contract.ts'
import { get } from '../api/request.ts'
import { otherLayout } from './match.ts'

export interface Found {
  customers: Customer[]
  hits: SearchHit[]
}
const nothing: Found = { customers: [], hits: [] }

/** Customers and conversations with these words, asked when typing rests; in the other layout when this one finds none. */
export function useFound(typed: string): Found & { busy: boolean } {
  const asked = useRested(typed.trim(), 150)
  const found = useQuery({
    queryKey: ['found', asked],
    queryFn: async ({ signal }) => {
      const straight = await ask(asked, signal)
      return straight.customers.length + straight.hits.length > 0 ? straight : ask(otherLayout(asked), signal)
    },
    enabled: asked.length > 1,
    staleTime: 10_000,
    gcTime: 60_000,
    placeholderData: (before) => before,
  })
  const busy = typed.trim().length > 1 && (asked !== typed.trim() || found.isFetching)
  return { ...((asked.length > 1 && found.data) || nothing), busy }
}

async function ask(q: string, signal: AbortSignal): Promise<Found> {
  const { customers, items } = await get<SearchPage>('/search', {
    query: { q, typing: true, limit: 6 },
    signal,
  })
  return { customers, hits: items }
}

function useRested(value: string, milliseconds: number): string {
  const [rested, setRested] = useState(value)
  useEffect(() => {
    const timer = window.setTimeout(() => setRested(value), milliseconds)
    return () => window.clearTimeout(timer)
  }, [value, milliseconds])
  return rested
}
