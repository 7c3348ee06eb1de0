import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { ErrorState, Skeleton } from '../kit/States.tsx'

/** What a list shows while it is fetched, when it cannot be, when it is empty, and when it is there. */
export function Listed<T>({
  query,
  empty,
  children,
}: {
  query: UseQueryResult<T[]>
  empty: ReactNode
  children: (items: T[]) => ReactNode
}) {
  if (query.data) return query.data.length > 0 ? children(query.data) : empty
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  return <Skeleton lines={4} row={40} />
}
