import { type RefObject, useEffect, useRef } from 'react'
import type { Item } from '../conversations.contract.ts'

const enough = 40
const dwell = 700

/**
 * Tells which items were really on screen while the window was looked at: a good line of them, and for what came
 * in meanwhile long enough to be noticed. A message that pops up under a finger already on its way to Send is not
 * seen.
 */
export function useWatchSeen(
  box: RefObject<HTMLElement | null>,
  items: readonly Item[],
  onSeen: (item: Item) => void,
): void {
  const first = useRef(new Set(items.map((item) => item.id)))
  useEffect(() => {
    const element = box.current
    if (!element) return
    const byId = new Map(items.map((item) => [item.id, item]))
    const timers = new Map<string, number>()
    const see = (id: string) => {
      const item = byId.get(id)
      if (item && document.visibilityState === 'visible') onSeen(item)
    }
    const watch = new IntersectionObserver(
      (entries) => {
        for (const { target, intersectionRect, boundingClientRect } of entries) {
          const id = (target as HTMLElement).dataset.item ?? ''
          window.clearTimeout(timers.get(id))
          if (
            intersectionRect.height < Math.min(enough, boundingClientRect.height) ||
            intersectionRect.height === 0
          )
            continue
          if (first.current.has(id)) see(id)
          else timers.set(id, window.setTimeout(see, dwell, id))
        }
      },
      { root: element, threshold: [0, 0.05, 0.1, 0.25, 0.5, 0.75, 1] },
    )
    for (const each of element.querySelectorAll('[data-item]')) watch.observe(each)
    return () => {
      watch.disconnect()
      for (const timer of timers.values()) window.clearTimeout(timer)
    }
  }, [box, items, onSeen])
}
