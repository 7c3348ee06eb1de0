import { type RefObject, useLayoutEffect, useRef } from 'react'
import type { Conversation } from '../../conversations.contract.ts'

/**
 * Keeps what one looks at where it is when rows come or go above it: the row under the pointer, else the first on
 * screen. At the very top, without a pointer, new rows may push.
 * @returns where the pointer is, px from the window's top; the list keeps it up to date
 */
export function useAnchor(
  box: RefObject<HTMLElement | null>,
  rows: readonly Conversation[],
  height: number,
): RefObject<number | null> {
  const pointer = useRef<number | null>(null)
  const before = useRef<{ rows: readonly Conversation[]; top: number }>({ rows, top: 0 })
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const old = before.current
    if (old.rows !== rows) {
      const inside = pointer.current === null ? 0 : pointer.current - element.getBoundingClientRect().top
      if (pointer.current !== null || old.top > height / 2) {
        const was = Math.floor((old.top + inside) / height)
        const number = old.rows[was]?.number
        const is = number === undefined ? -1 : rows.findIndex((row) => row.number === number)
        if (is >= 0 && is !== was) element.scrollTop = old.top + (is - was) * height
      }
    }
    const remember = () => {
      before.current = { rows, top: element.scrollTop }
    }
    remember()
    element.addEventListener('scroll', remember, { passive: true })
    return () => element.removeEventListener('scroll', remember)
  }, [box, rows, height])
  return pointer
}
