import { type RefObject, useEffect, useRef, useState } from 'react'
import { dropAt } from './dropAt.ts'

/** px a mouse moves before a press is a drag; ms a finger rests, so that the rail can still be scrolled. */
const slack = 6
const rest = 350

/**
 * Rows dragged to another place by mouse or finger. Nothing moves while one drags: a line shows where it would land.
 * Esc lets it stay where it was. Whoever has neither finds the same in the row's menu.
 * @param rows what holds the rows, each with `data-view-row`
 */
export function useDragOrder(
  rows: RefObject<HTMLElement | null>,
  onDrop: (from: number, to: number) => void,
) {
  const [drag, setDrag] = useState<{ from: number; to: number } | null>(null)
  const end = useRef<(() => void) | null>(null)
  const drop = useRef(onDrop)
  drop.current = onDrop
  useEffect(() => {
    const element = rows.current
    if (!element) return
    const onDown = (press: PointerEvent) => {
      const target = press.target as Element
      const from = all(element).findIndex((row) => row.contains(target))
      // The row's menu is a button of its own.
      if (from < 0 || press.button !== 0 || !press.isPrimary || end.current || target.closest('button'))
        return
      end.current = follow(press, from, {
        rows: element,
        show: setDrag,
        drop: (to) => drop.current(from, to),
        ended: () => {
          end.current = null
        },
      })
    }
    // A link is dragged by the browser else, to where links can be dropped.
    const onNative = (event: Event) => event.preventDefault()
    element.addEventListener('pointerdown', onDown)
    element.addEventListener('dragstart', onNative)
    return () => {
      element.removeEventListener('pointerdown', onDown)
      element.removeEventListener('dragstart', onNative)
      end.current?.()
    }
  }, [rows])

  return drag
}

interface Following {
  rows: HTMLElement
  show: (drag: { from: number; to: number } | null) => void
  drop: (to: number) => void
  ended: () => void
}
/** One press, followed until it ends; answers how to end it. */
function follow(press: PointerEvent, from: number, { rows, show, drop, ended }: Following): () => void {
  const finger = press.pointerType !== 'mouse'
  const listening = new AbortController()
  const { signal } = listening
  let to: number | null = null
  const lift = () => {
    to = from
    show({ from, to })
  }
  const resting = finger ? window.setTimeout(lift, rest) : undefined
  const stop = () => {
    window.clearTimeout(resting)
    listening.abort()
    show(null)
    ended()
  }
  const far = ({ clientX, clientY }: PointerEvent) =>
    Math.hypot(clientX - press.clientX, clientY - press.clientY) > slack
  const onMove = (move: PointerEvent) => {
    if (move.pointerId !== press.pointerId) return
    if (to === null && far(move)) {
      if (finger) return stop()
      lift()
    }
    if (to === null) return
    to = dropAt(middlesOf(rows), move.clientY, from)
    show({ from, to })
  }
  const onUp = () => {
    if (to !== null) swallowClick()
    if (to !== null && to !== from) drop(to)
    stop()
  }
  const onKey = (key: KeyboardEvent) => {
    if (key.key !== 'Escape' || to === null) return
    key.preventDefault()
    key.stopPropagation()
    swallowClick()
    stop()
  }
  const whileDragged = (event: Event) => to !== null && event.preventDefault()
  window.addEventListener('pointermove', onMove, { signal })
  window.addEventListener('pointerup', onUp, { signal })
  window.addEventListener('pointercancel', stop, { signal })
  window.addEventListener('keydown', onKey, { signal, capture: true })
  // A finger that drags scrolls nothing, and opens no menu of the link under it.
  window.addEventListener('touchmove', whileDragged, { signal, passive: false })
  window.addEventListener('contextmenu', whileDragged, { signal })
  return stop
}

const all = (rows: HTMLElement) => [...rows.querySelectorAll('[data-view-row]')]
const middlesOf = (rows: HTMLElement) =>
  all(rows).map((row) => {
    const { top, height } = row.getBoundingClientRect()
    return top + height / 2
  })

/** Where a drag ends is no click on what lies there. */
function swallowClick() {
  const swallow = (click: Event) => {
    click.preventDefault()
    click.stopPropagation()
  }
  window.addEventListener('click', swallow, { capture: true, once: true })
  window.setTimeout(() => window.removeEventListener('click', swallow, { capture: true }), 100)
}
