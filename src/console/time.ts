// Times as people say them, by Intl, in the reader's language and zone. `now` is passed in (ms since 1970).
import { chosenZone, dayNumber, wallOf } from './zone.ts'

// Made once each: a format of the browser's costs milliseconds to make.
const formats = new Map<string, Intl.DateTimeFormat>()
function format(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const timeZone = chosenZone()
  const key = language + timeZone + JSON.stringify(options)
  let found = formats.get(key)
  if (!found) {
    found = new Intl.DateTimeFormat(language, { timeZone, ...options })
    formats.set(key, found)
  }
  return found
}

const relatives = new Map<string, Intl.RelativeTimeFormat>()
function relative(language: string): Intl.RelativeTimeFormat {
  let found = relatives.get(language)
  if (!found) {
    found = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
    relatives.set(language, found)
  }
  return found
}

const two = (part: number) => String(part).padStart(2, '0')
/** The hour alone: "14:02", alike in every language here; the browser's format takes long to make the first time. */
export function hourWords(at: string): string {
  const { hour, minute } = wallOf(Date.parse(at))
  return `${two(hour)}:${two(minute)}`
}
/** The weekday alone: "Tue". */
export const weekdayWords = (at: string, language: string): string =>
  format(language, { weekday: 'short' }).format(new Date(at))

/** Today "14:02", this week "Tue", this year "3 Mar", else "3 Mar 2025". */
export function shortTime(at: string, now: number, language: string): string {
  const date = new Date(at)
  const daysAgo = dayNumber(now) - dayNumber(date.getTime())
  if (daysAgo === 0) return hourWords(at)
  if (daysAgo > 0 && daysAgo < 7) return weekdayWords(at, language)
  if (wallOf(date.getTime()).year === wallOf(now).year)
    return format(language, { day: 'numeric', month: 'short' }).format(date)
  return format(language, { day: 'numeric', month: 'short', year: 'numeric' }).format(date)
}

/** A day as a heading: "Today", "Yesterday", "Monday, 3 March", with the year where it is another. */
export function dayWords(at: string, now: number, language: string): string {
  const date = new Date(at)
  const daysAgo = dayNumber(now) - dayNumber(date.getTime())
  if (daysAgo === 0 || daysAgo === 1) {
    const words = relative(language).format(-daysAgo, 'day')
    return words.charAt(0).toLocaleUpperCase(language) + words.slice(1)
  }
  const sameYear = wallOf(date.getTime()).year === wallOf(now).year
  return format(language, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(sameYear ? {} : { year: 'numeric' }),
  }).format(date)
}

/** For hover: weekday, date and minute. */
export function fullTime(at: string, language: string): string {
  return format(language, { dateStyle: 'full', timeStyle: 'short', hourCycle: 'h23' }).format(new Date(at))
}

/** A span in its largest fitting unit: "now", "10 min", "3 hr", "5 days". */
export function spanWords(milliseconds: number, language: string): string {
  const minutes = Math.max(0, Math.floor(milliseconds / 60_000))
  if (minutes === 0) return relative(language).format(0, 'second')
  if (minutes < 60) return unit(minutes, 'minute', language)
  if (minutes < 48 * 60) return unit(Math.floor(minutes / 60), 'hour', language)
  return unit(Math.floor(minutes / 1440), 'day', language)
}

const units = new Map<string, Intl.NumberFormat>()
function unit(amount: number, name: 'minute' | 'hour' | 'day', language: string): string {
  const key = `${language} ${name}`
  let found = units.get(key)
  if (!found) {
    found = new Intl.NumberFormat(language, { style: 'unit', unit: name, unitDisplay: 'short' })
    units.set(key, found)
  }
  return found.format(amount)
}

const plains = new Map<string, Intl.NumberFormat>()
/** "1,234". A short one needs no format of the browser's, which takes milliseconds to make. */
export function numberWords(amount: number, language: string): string {
  if (Number.isInteger(amount) && amount >= 0 && amount < 1000) return String(amount)
  let found = plains.get(language)
  if (!found) {
    found = new Intl.NumberFormat(language)
    plains.set(language, found)
  }
  return found.format(amount)
}

/** "1.2 MB": decimal units, as file managers show them. */
export function sizeWords(bytes: number, language: string): string {
  const steps = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const
  const step = bytes < 1000 ? 0 : bytes < 1e6 ? 1 : bytes < 1e9 ? 2 : 3
  const amount = bytes / 1000 ** step
  const maximumFractionDigits = amount < 10 && step > 0 ? 1 : 0
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: steps[step],
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits,
  }).format(amount)
}
