// The front door: what came in, by which door, and what became of it.
export { claim, claimDue, dueTries, type Entry, takeOver } from './claim.ts'
export { type Arrival, type Kept, keep } from './keep.ts'
export {
  entryOf,
  findMailLogEntry,
  pageOfMailLog,
  sourceOf,
} from './ledger.queries.ts'
export { noted, recognised } from './recognise.ts'
export { fail, maxTries, quarantine, type Settlement, settle } from './settle.ts'
export { isAccountedFor, sums } from './sums.ts'
export { takeUp } from './take-up.ts'
export { type Refused, turnAway } from './turn-away.ts'
