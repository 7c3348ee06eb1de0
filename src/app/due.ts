import { sweepLoose } from '#features/attachments/loose.ts'
import { lockOld } from '#features/conversations/lock-old.ts'
import { wakeDue } from '#features/conversations/snooze.ts'
import { foldingSource } from '#features/views/views.ts'
import type { Receiver } from '#flows/receive/receiver.ts'
import type { DueSource } from '#platform/due/due.ts'
import type { House } from '#platform/house.ts'
import type { WaysOut } from './ways-out.ts'

/** Everything that happens later, by name: each finds and does its own due rows. */
export function dueSources({ db }: House, receiver: Receiver, out: WaysOut): Record<string, DueSource> {
  return {
    ...out.due,
    'mail in': receiver.sweep,
    snooze: wakeDue(db),
    lock: lockOld(db),
    counts: foldingSource(db),
    attachments: sweepLoose(db),
  }
}
