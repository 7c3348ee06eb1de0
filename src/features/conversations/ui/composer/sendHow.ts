// What happens to the conversation after sending.
import { dayAt, weekdayOf } from '#console/zone.ts'
import type { Then } from '../../conversations.contract.ts'
import { snoozeTimes } from '../snoozeTimes.ts'

export const plainChoices = ['wait', 'close', 'open'] as const
export const snoozeChoices = ['tomorrow', 'monday', 'week'] as const
export type Choice = (typeof plainChoices)[number] | `snooze.${(typeof snoozeChoices)[number]}`

export function thenOf(choice: Choice, now: Date): Then {
  if (choice === 'close') return { status: 'solved' }
  if (choice === 'open') return { status: 'open' }
  if (choice === 'wait') return { status: 'pending' }
  const at = snoozeTimes(now).find(({ name }) => `snooze.${name}` === choice)?.at
  return { status: 'pending', ...(at ? { snooze: at.toISOString() } : {}) }
}

/** When a reply may leave later, in the writer's own time. */
export function laterTimes(now: Date): { name: 'hours' | 'tomorrow' | 'monday'; at: Date }[] {
  const nine = (days: number) => new Date(dayAt(now.getTime(), days, 9))
  const hours = new Date(now.getTime() + 2 * 3_600_000)
  hours.setSeconds(0, 0)
  const toMonday = (8 - weekdayOf(now.getTime())) % 7 || 7
  const times = [
    { name: 'hours' as const, at: hours },
    { name: 'tomorrow' as const, at: nine(1) },
    { name: 'monday' as const, at: nine(toMonday) },
  ]
  return toMonday === 1 ? times.slice(0, 2) : times
}
