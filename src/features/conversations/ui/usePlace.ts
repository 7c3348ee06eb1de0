import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { Item } from '../conversations.contract.ts'
import { useWatchSeen } from './useWatchSeen.ts'

const nearEnd = 48

/**
 * Where the reader is in the timeline. Starts at an item (or the end) and holds to it while pictures and frames
 * still grow, until the reader scrolls; new items below are counted unless the end is on screen.
 */
export function usePlace({
  items,
  start,
  awaited,
  me,
  onSeen,
  onHand,
  older,
}: {
  items: readonly Item[]
  start: string | null
  /** The start is still being fetched. */
  awaited: boolean
  /** The reader's own words are followed to the end. */
  me: string
  onSeen: (item: Item) => void
  /** A hand went to the timeline. */
  onHand: () => void
  /** What lies above is fetched before the reader gets there. */
  older: { more: boolean; busy: boolean; load: () => void }
}) {
  const box = useRef<HTMLElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const pinned = useRef<string | 'end' | null>(start ?? 'end')
  const started = useRef(start)
  const [below, setBelow] = useState(0)
  const last = items.at(-1)?.id
  const lastBefore = useRef(last)

  useLayoutEffect(() => {
    const element = box.current
    const inside = content.current
    if (!element || !inside || awaited) return
    if (start !== started.current) {
      started.current = start
      if (start) pinned.current = start
    }
    const hold = () => {
      if (pinned.current === 'end') element.scrollTop = element.scrollHeight
      else if (pinned.current)
        element.querySelector(`[data-item="${pinned.current}"]`)?.scrollIntoView({ block: 'start' })
    }
    hold()
    const growth = new ResizeObserver(hold)
    growth.observe(inside)
    growth.observe(element)
    const letGo = () => {
      pinned.current = null
      onHand()
    }
    const scrolled = () => {
      const atEnd = element.scrollHeight - element.scrollTop - element.clientHeight < nearEnd
      if (!atEnd) return
      setBelow(0)
      if (pinned.current === null) pinned.current = 'end'
    }
    element.addEventListener('wheel', letGo, { passive: true })
    element.addEventListener('touchmove', letGo, { passive: true })
    element.addEventListener('keydown', letGo)
    element.addEventListener('pointerdown', letGo)
    element.addEventListener('moved', letGo)
    element.addEventListener('scroll', scrolled, { passive: true })
    return () => {
      growth.disconnect()
      element.removeEventListener('wheel', letGo)
      element.removeEventListener('touchmove', letGo)
      element.removeEventListener('keydown', letGo)
      element.removeEventListener('pointerdown', letGo)
      element.removeEventListener('moved', letGo)
      element.removeEventListener('scroll', scrolled)
    }
  }, [awaited, onHand, start])

  // New ones at the end: followed when the end is held, counted otherwise.
  useLayoutEffect(() => {
    if (last === lastBefore.current) return
    const at = items.findIndex((item) => item.id === lastBefore.current)
    const words = items.slice(at + 1).filter((item) => item.type !== 'event')
    lastBefore.current = last
    const element = box.current
    if (!element) return
    if (words.some((item) => item.author.kind === 'agent' && item.author.id === me)) pinned.current = 'end'
    const overflowing = element.scrollHeight - element.scrollTop - element.clientHeight > nearEnd
    if (pinned.current === 'end') element.scrollTop = element.scrollHeight
    else if (overflowing) setBelow((count) => count + words.length)
  }, [items, last, me])

  const top = useLoadAhead(box, older)
  useOldestHeld(box, items[0]?.id)
  useWatchSeen(box, items, onSeen)
  return {
    box,
    content,
    top,
    below,
    toEnd: () => {
      pinned.current = 'end'
      setBelow(0)
      box.current?.scrollTo({ top: box.current.scrollHeight, behavior: 'smooth' })
    },
  }
}

/** Older items put in above must not push what is read; the browser's own anchoring rests at the very top. */
function useOldestHeld(box: React.RefObject<HTMLElement | null>, oldest: string | undefined) {
  const before = useRef({ oldest, height: 0, top: 0 })
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const grown = element.scrollHeight - before.current.height
    if (
      before.current.oldest !== oldest &&
      before.current.height > 0 &&
      element.scrollTop === before.current.top &&
      before.current.top < 4
    )
      element.scrollTop += grown
    before.current = { oldest, height: element.scrollHeight, top: element.scrollTop }
    const remember = () => {
      before.current.height = element.scrollHeight
      before.current.top = element.scrollTop
    }
    element.addEventListener('scroll', remember, { passive: true })
    return () => element.removeEventListener('scroll', remember)
  }, [box, oldest])
}

/** Answers a ref for what stands above the oldest item: when it comes near, more is fetched. */
function useLoadAhead(
  box: React.RefObject<HTMLElement | null>,
  { more, busy, load }: { more: boolean; busy: boolean; load: () => void },
) {
  const top = useRef<HTMLDivElement>(null)
  const latest = useRef(load)
  latest.current = load
  useEffect(() => {
    if (!more || busy || !top.current) return
    const near = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) latest.current()
      },
      { root: box.current, rootMargin: '1200px 0px 0px 0px' },
    )
    near.observe(top.current)
    return () => near.disconnect()
  }, [box, more, busy])
  return top
}
