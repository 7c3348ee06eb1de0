// The timeline as it was fetched: parts without a hole, and what is known to lie between them. Pure.
import type { Item } from '../conversations.contract.ts'
import { joinItems } from './cache.ts'

/** Everything that stands from one position to another, both included. */
export interface Stretch {
  items: readonly Item[]
  from: number
  to: number
  /** What to ask with for what stands above and below; null: nothing does, as far as was known. */
  olderCursor: string | null
  newerCursor: string | null
}
/** What lies between two stretches and was not fetched. */
export interface Gap {
  /** The item above it. */
  after: string
  count: number
  /** Positions it takes, both included. */
  from: number
  to: number
  /** How to go on downwards from above, and upwards from below. */
  newerCursor: string | null
  olderCursor: string | null
}
type Answer = Pick<Stretch, 'items' | 'olderCursor' | 'newerCursor'>

/**
 * An answer of the server as a stretch. It reaches as far as its items do, or to where the fetch began:
 * @param ends positions known to be its ends because what it was asked from stands right beyond them
 */
export const stretchOf = (answer: Answer, ends: { from?: number; to?: number } = {}): Stretch => ({
  ...answer,
  from: ends.from ?? (answer.olderCursor === null ? 0 : (answer.items[0]?.position ?? 0)),
  to: ends.to ?? answer.items.at(-1)?.position ?? 0,
})

/** Stretches in their order, those that touch as one. The later argument knows better about an item. */
export function joinStretches(...parts: readonly Stretch[]): Stretch[] {
  const joined: Stretch[] = []
  for (const part of parts.toSorted((a, b) => a.from - b.from)) {
    const last = joined.at(-1)
    if (!last || part.from > last.to + 1) joined.push({ ...part })
    else if (part.to > last.to) Object.assign(last, { to: part.to, newerCursor: part.newerCursor })
  }
  const items = joinItems(...parts.map((part) => part.items))
  return joined.map((each) => ({
    ...each,
    items: items.filter(({ position }) => position >= each.from && position <= each.to),
  }))
}

export const gapsOf = (stretches: readonly Stretch[]): Gap[] =>
  stretches.slice(1).flatMap((below, at) => {
    const above = stretches[at]
    const after = above?.items.at(-1)?.id
    if (!above || after === undefined) return []
    const [from, to] = [above.to + 1, below.from - 1]
    const { olderCursor } = below
    return [{ after, from, to, count: to - from + 1, newerCursor: above.newerCursor, olderCursor }]
  })
