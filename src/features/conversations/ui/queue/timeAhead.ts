import { hourWords, shortTime, weekdayWords } from '#console/time.ts'
import { dayNumber } from '#console/zone.ts'

/** "14:00" today, "Mon 09:00" in the coming week, else the date. */
export function timeAhead(at: string, now: number, language: string): string {
  const days = (Date.parse(at) - now) / 86_400_000
  if (dayNumber(Date.parse(at)) === dayNumber(now)) return hourWords(at)
  if (days >= 7) return shortTime(at, now, language)
  return `${weekdayWords(at, language)} ${hourWords(at)}`
}
