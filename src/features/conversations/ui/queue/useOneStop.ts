import { type RefObject, useLayoutEffect } from 'react'

/**
 * The rows are one stop for the tab key, the row under the mark: while one of them has the focus it goes along with
 * the mark, so that Enter and the keys for a row mean the same one.
 */
export function useOneStop(box: RefObject<HTMLElement | null>, marked: number | null) {
  useLayoutEffect(() => {
    const active = document.activeElement
    if (marked === null || !(active instanceof HTMLElement) || !box.current?.contains(active)) return
    if (!active.dataset.row || active.dataset.row === String(marked)) return
    box.current.querySelector<HTMLElement>(`[data-row="${marked}"]`)?.focus({ preventScroll: true })
  }, [box, marked])
}
