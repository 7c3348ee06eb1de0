// The reader's own clock: the time zone of his profile, else the device's. Days, weeks and hours of the console are
// counted by it. `time` is ms since 1970.

let zone: string | undefined
let clock: Intl.DateTimeFormat | undefined

/** @param name IANA; null: as the device. A name this browser does not know is the device's too. */
export function applyZone(name: string | null | undefined): void {
  zone = undefined
  clock = undefined
  if (!name) return
  try {
    clock = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    })
    zone = name
  } catch {
    // as the device
  }
}
/** For Intl, where undefined is the device's own. */
export const chosenZone = (): string | undefined => zone
export const deviceZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone
export const readerZone = (): string => zone ?? deviceZone()

export interface Wall {
  year: number
  /** 1 to 12 */
  month: number
  day: number
  hour: number
  minute: number
}
/** What calendar and clock on the wall say at a moment. */
export function wallOf(time: number): Wall {
  if (clock) {
    const part = Object.fromEntries(clock.formatToParts(time).map(({ type, value }) => [type, Number(value)]))
    const { year = 0, month = 0, day = 0, hour = 0, minute = 0 } = part
    return { year, month, day, hour, minute }
  }
  const at = new Date(time)
  return {
    year: at.getFullYear(),
    month: at.getMonth() + 1,
    day: at.getDate(),
    hour: at.getHours(),
    minute: at.getMinutes(),
  }
}

const asUtc = ({ year, month, day, hour, minute }: Wall) => Date.UTC(year, month - 1, day, hour, minute)

/** The moment at which calendar and clock say this; days and months may run over, as with Date. */
export function momentOf(year: number, month: number, day: number, hour = 0, minute = 0): number {
  if (!clock) return new Date(year, month - 1, day, hour, minute).getTime()
  const wanted = Date.UTC(year, month - 1, day, hour, minute)
  const ahead = (time: number) => asUtc(wallOf(time)) - Math.floor(time / 60_000) * 60_000
  // Twice: the clocks may change between the guess and the moment.
  const guess = wanted - ahead(wanted)
  return wanted - ahead(guess)
}

/** A day as a number: two moments of one day have the same, the next day's is one more. */
export function dayNumber(time: number): number {
  const { year, month, day } = wallOf(time)
  return Math.round(Date.UTC(year, month - 1, day) / 86_400_000)
}
/** 0 is Sunday. */
export const weekdayOf = (time: number): number => new Date(dayNumber(time) * 86_400_000).getUTCDay()
/** So many days from the day of `time`, at that hour. */
export function dayAt(time: number, days: number, hour: number): number {
  const { year, month, day } = wallOf(time)
  return momentOf(year, month, day + days, hour)
}

const two = (value: number) => String(value).padStart(2, '0')
/** As inputs of type `date` want it. */
export function dateInput(time: number): string {
  const { year, month, day } = wallOf(time)
  return `${year}-${two(month)}-${two(day)}`
}
/** As inputs of type `datetime-local` want it. */
export function timeInput(time: number): string {
  const { hour, minute } = wallOf(time)
  return `${dateInput(time)}T${two(hour)}:${two(minute)}`
}
/** The moment of either input; NaN for what is no date. */
export function momentOfInput(input: string): number {
  const found = /^(\d{4,})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d))?/.exec(input)
  if (!found) return Number.NaN
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = found.slice(1).map((part) => Number(part ?? 0))
  return momentOf(year, month, day, hour, minute)
}
