import { dayAt, weekdayOf } from '#console/zone.ts'

/** When one may want to see it again, in the reader's own time. */
export function snoozeTimes(
  now: Date,
): { name: 'hour' | 'evening' | 'tomorrow' | 'monday' | 'week'; at: Date }[] {
  const onDay = (days: number, hour: number) => new Date(dayAt(now.getTime(), days, hour))
  const hour = new Date(now.getTime() + 3_600_000)
  hour.setSeconds(0, 0)
  const toMonday = (8 - weekdayOf(now.getTime())) % 7 || 7
  const times = [
    { name: 'hour' as const, at: hour },
    { name: 'evening' as const, at: onDay(0, 18) },
    { name: 'tomorrow' as const, at: onDay(1, 9) },
    { name: 'monday' as const, at: onDay(toMonday, 9) },
    { name: 'week' as const, at: onDay(7, 9) },
  ]
  return times.filter(({ name, at }) => name !== 'evening' || at.getTime() - now.getTime() > 3_600_000)
}
