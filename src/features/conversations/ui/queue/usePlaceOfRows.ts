import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { queryString } from '#console/api/request.ts'

/** Where the rows of this list lead. Made once per list: a link of the router in every row would slow scrolling. */
export interface PlaceOfRows {
  href: (number: number) => string
  go: (number: number) => void
}

export function usePlaceOfRows(view: string): PlaceOfRows {
  const navigate = useNavigate()
  const { item: _item, around: _around, ...search } = useSearch({ from: '/desk/views/$view' })
  const query = queryString(search)
  return useMemo(
    () => ({
      href: (number) => `/views/${encodeURIComponent(view)}/${number}${query}`,
      go: (number) =>
        void navigate({
          to: '/views/$view/$number',
          params: { view, number: String(number) },
          search: (old) => ({ ...old, item: undefined, around: undefined }),
        }),
    }),
    [view, query, navigate],
  )
}
