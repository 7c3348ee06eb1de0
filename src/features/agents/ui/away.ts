// When somebody is away, in words and as days.
import i18next from 'i18next'
import { chosenZone, dateInput, dayAt, momentOfInput } from '#console/zone.ts'

interface Absence {
  awayFrom: string | null
  awayUntil: string | null
}

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
    new Intl.DateTimeFormat(i18next.language, {
      day: 'numeric',
      month: 'short',
      timeZone: chosenZone(),
    }).format(time)
  if (state === 'later') return i18next.t('console:awayFrom', { day: short(Date.parse(absence.awayFrom!)) })
  if (!absence.awayUntil) return i18next.t('console:awayNow')
  return i18next.t('console:awayUntil', { day: short(Date.parse(absence.awayUntil) - 1) })
}

/** As the two dates of a form: the last day counts. */
export const daysOf = ({ awayFrom, awayUntil }: Absence): { from: string; until: string } => ({
  from: awayFrom ? dateInput(Date.parse(awayFrom)) : '',
  until: awayUntil ? dateInput(Date.parse(awayUntil) - 1) : '',
})
/** Back again: from the first moment of the first day to the last of the last one, where the reader is. */
export function absenceOf({ from, until }: { from: string; until: string }, now = Date.now()) {
  const start = momentOfInput(from)
  const begins = start > now ? new Date(start).toISOString() : null
  const end = until && new Date(dayAt(momentOfInput(until), 1, 0)).toISOString()
  return { from: begins, until: end || null }
}
