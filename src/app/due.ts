import type { DueSource } from '#platform/due/due.ts'
import type { House } from '#platform/house.ts'

/** Everything that happens later, by name: each finds and does its own due rows. */
export function dueSources(_house: House): Record<string, DueSource> {
  return {}
}
