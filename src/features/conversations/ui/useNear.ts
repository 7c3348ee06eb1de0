import { type RefObject, useEffect, useState } from 'react'

const watchers = new WeakMap<Element, (near: boolean) => void>()
let watch: IntersectionObserver | undefined

/** One observer for all: two screens up and down count as near. */
function watching(): IntersectionObserver {
  watch ??= new IntersectionObserver(
    (entries) => {
      for (const entry of entries) watchers.get(entry.target)?.(entry.isIntersecting)
    },
    { rootMargin: '1600px 0px', scrollMargin: '1600px 0px' } as IntersectionObserverInit,
  )
  return watch
}

/** Whether an element is on screen or close to it: what is far need not hold a document of its own. */
export function useNear(element: RefObject<HTMLElement | null>): boolean {
  const [near, setNear] = useState(false)
  useEffect(() => {
    const watched = element.current
    if (!watched) return
    watchers.set(watched, setNear)
    watching().observe(watched)
    return () => {
      watching().unobserve(watched)
      watchers.delete(watched)
    }
  }, [element])
  return near
}
