import { shortTime } from '#console/time.ts'
import { chosenZone, dayNumber } from '#console/zone.ts'

/** "14:00" today, "Mon 09:00" in the coming week, else the date. */
export function timeAhead(at: string, now: number, language: string): string {
  const days = (Date.parse(at) - now) / 86_400_000
  const timeZone = chosenZone()
  const hour = new Intl.DateTimeFormat(language, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  })
  const sameDay = dayNumber(Date.parse(at)) === dayNumber(now)
  if (sameDay) return hour.format(new Date(at))
  if (days >= 7) return shortTime(at, now, language)
  const weekday = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone }).format(new Date(at))
  return `${weekday} ${hour.format(new Date(at))}`
}
