// When somebody is away, in words and as days.
import i18next from 'i18next'

interface Absence {
  awayFrom: string | null
  awayUntil: string | null
}
const day = 24 * 3600_000

export type AwayState = 'here' | 'away' | 'later'
export function awayState({ awayFrom, awayUntil }: Absence, now: number): AwayState {
  if (awayFrom === null && awayUntil === null) return 'here'
  if (awayUntil !== null && Date.parse(awayUntil) <= now) return 'here'
  return awayFrom !== null && Date.parse(awayFrom) > now ? 'later' : 'away'
}

/** "away until 3 Dec", "away from 28 Nov"; nothing for who is here. */
export function awayWords(absence: Absence, now = Date.now()): string | undefined {
  const state = awayState(absence, now)
  if (state === 'here') return undefined
  const short = (time: number) =>
    new Intl.DateTimeFormat(i18next.language, { day: 'numeric', month: 'short' }).format(time)
  if (state === 'later') return i18next.t('console:awayFrom', { day: short(Date.parse(absence.awayFrom!)) })
  if (!absence.awayUntil) return i18next.t('console:awayNow')
  return i18next.t('console:awayUntil', { day: short(Date.parse(absence.awayUntil) - 1) })
}

const local = (time: number) => {
  const at = new Date(time)
  const two = (part: number) => String(part).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}
/** As the two dates of a form: the last day counts. */
export const daysOf = ({ awayFrom, awayUntil }: Absence): { from: string; until: string } => ({
  from: awayFrom ? local(Date.parse(awayFrom)) : '',
  until: awayUntil ? local(Date.parse(awayUntil) - 1) : '',
})
/** Back again: from the first moment of the first day to the last of the last one, where the reader is. */
export function absenceOf({ from, until }: { from: string; until: string }, now = Date.now()) {
  const start = (date: string) => new Date(`${date}T00:00:00`).getTime()
  const begins = from && start(from) > now ? new Date(start(from)).toISOString() : null
  return { from: begins, until: until ? new Date(local24(start(until))).toISOString() : null }
}
/** Midnight after, also on the days when the clocks change. */
const local24 = (midnight: number) => new Date(`${local(midnight + 1.2 * day)}T00:00:00`).getTime()
