import { lockOld } from '#features/conversations/lock-old.ts'
import { wakeDue } from '#features/conversations/snooze.ts'
import type { DueSource } from '#platform/due/due.ts'
import type { House } from '#platform/house.ts'

/** Everything that happens later, by name: each finds and does its own due rows. */
export function dueSources({ db }: House): Record<string, DueSource> {
  return {
    snooze: wakeDue(db),
    lock: lockOld(db),
  }
}
