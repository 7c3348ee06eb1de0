import { type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import type { Conversation } from '../../conversations.contract.ts'

const none: ReadonlySet<number> = new Set()
const shownFor = 250

/** Rows that came in just now, to slide in; and whether the others may glide to their new places. */
export function useFresh(
  rows: readonly Conversation[],
  list: string,
  box: RefObject<HTMLElement | null>,
  height: number,
): { fresh: ReadonlySet<number>; gliding: boolean } {
  const before = useRef<{ list: string; rows: readonly Conversation[] }>({ list, rows })
  const [over, setOver] = useState<readonly Conversation[] | null>(null)
  const came = useMemo(() => {
    const old = before.current
    before.current = { list, rows }
    if (old.list !== list || old.rows === rows) return { fresh: none, moved: false }
    return difference(old.rows, rows)
  }, [rows, list])
  useEffect(() => {
    if (!came.moved) return
    const timer = window.setTimeout(() => setOver(rows), shownFor)
    return () => window.clearTimeout(timer)
  }, [came, rows])
  // Scrolled down, the list pushes its scroll instead: gliding on top of that would tremble.
  const atTop = (box.current?.scrollTop ?? 0) <= height / 2
  const now = came.moved && over !== rows
  return { fresh: now ? came.fresh : none, gliding: now && atTop }
}

/** Pages that were added below are neither news nor movement. */
function difference(old: readonly Conversation[], rows: readonly Conversation[]) {
  const known = new Set(old.map((row) => row.number))
  const last = rows.findLastIndex((row) => known.has(row.number))
  const fresh = rows.slice(0, last + 1).filter((row) => !known.has(row.number))
  const moved = fresh.length > 0 || old.some((row, i) => rows[i]?.number !== row.number)
  return { fresh: new Set(fresh.map((row) => row.number)) as ReadonlySet<number>, moved }
}
