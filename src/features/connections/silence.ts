import { days } from '#platform/clock/clock.ts'

/** Live mail of a channel over the four weeks before the last one. */
export interface Arrivals {
  first: Date
  last: Date
  /** hours in which mail came */
  hours: number
  /** ms, between one mail and the next */
  longestPause: number
}

const enough = { hours: 10, span: days(7) }
const shortest = days(1)

/**
 * Since when a channel has been silent unusually long; null: nothing unusual, or too little is known of it. A week must
 * have been seen, so that a weekend counts as usual, and a pause twice as long as any before it is no chance.
 */
export function silenceOf(arrivals: Arrivals, now: Date): Date | null {
  const { first, last, hours, longestPause } = arrivals
  if (hours < enough.hours || last.getTime() - first.getTime() < enough.span) return null
  const pause = now.getTime() - last.getTime()
  return pause > Math.max(shortest, 2 * longestPause) ? last : null
}
