import { snoozeTimes } from '../snoozeTimes.ts'
import { timeAhead } from './timeAhead.ts'

/** Tomorrow morning, the snooze that needs no choice. */
export function tomorrow(language: string): { at: string; words: string } {
  const now = new Date()
  const at = snoozeTimes(now)
    .find(({ name }) => name === 'tomorrow')!
    .at.toISOString()
  return { at, words: timeAhead(at, now.getTime(), language) }
}
