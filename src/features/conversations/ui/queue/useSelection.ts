import { useCallback, useEffect, useRef, useState } from 'react'
import { reasonOf } from '#console/api/ApiError.ts'
import { get } from '#console/api/request.ts'
import { say } from '#console/kit/Toast.tsx'
import type { ListQuery } from '../queries.ts'
import { extend, nothing, type Selection, these, toggle } from './selection.ts'

/** The rows picked in this list. Another list begins with none. */
export function useSelection(query: ListQuery, order: readonly number[]) {
  const [selection, setSelection] = useState<Selection>(nothing)
  const latest = useRef(order)
  latest.current = order
  const list = JSON.stringify(query)
  const current = useRef(list)
  current.current = list
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list
  useEffect(() => setSelection(nothing), [list])
  const pick = useCallback((number: number, range: boolean) => {
    setSelection((old) => (range ? extend(old, number, latest.current) : toggle(old, number)))
  }, [])
  const clear = useCallback(() => setSelection(nothing), [])
  const only = useCallback((number: number) => setSelection(these([number], false)), [])
  /** What is loaded at once, the rest of the view when the server has named it. */
  const pickAll = useCallback(async () => {
    setSelection(these(latest.current, false))
    try {
      const all = await get<{ numbers: number[]; capped: boolean }>('/conversations/numbers', {
        query: { ...(JSON.parse(list) as ListQuery) },
      })
      if (current.current === list) setSelection(these(all.numbers, !all.capped))
    } catch (error) {
      say(reasonOf(error), { tone: 'broken' })
    }
  }, [list])
  return { selection, pick, only, pickAll, clear }
}
