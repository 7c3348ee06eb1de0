// The front door: what came in, by which door, and what became of it.
export { claim, claimDue, dueTries, type Entry, takeOver } from './claim.ts'
export { erase } from './erase.ts'
export { erasePerson } from './erase-person.ts'
export { type Arrival, type Kept, keep } from './keep.ts'
export {
  entryOf,
  findMailLogEntry,
  pageOfMailLog,
  sourceOf,
  withheld,
} from './ledger.queries.ts'
export { noted, recognised } from './recognise.ts'
export { seal } from './seal.ts'
export { fail, maxTries, postpone, quarantine, type Settlement, settle } from './settle.ts'
export { isAccountedFor, sums } from './sums.ts'
export { takeUp } from './take-up.ts'
export { type Refused, turnAway } from './turn-away.ts'
export { alarmOf, look, watchLedger } from './watch.ts'
