// One row per recipient of a message of ours, with a state of its own:
//
//   scheduled ─┐                    ┌─ sent ── delivered ── read        (bounced: a bounce came back)
//   held ──────┼─ queued ─ sending ─┼─ queued again, later (4xx, no connection), up to 48 hours
//              │                    ├─ uncertain ── once more with the same Message-ID
//   cancelled ─┘                    └─ failed (5xx, 48 hours are over, or uncertain twice)
//
// A scheduled or held one is held without a due time when somebody outside writes first; then a person decides.
// `due_at` says when a row must be looked at next, by our clock; null: only a person can move it.
export { bounce, type ComeBack } from './bounce.ts'
export { cancel } from './cancel.ts'
export { type Claim, type ClaimedRecipient, claim, dueChannels, toBeSent } from './claim.ts'
export { erasePerson } from './erase-person.ts'
export { giveBack, type Living, lostMessages } from './give-back-lost.ts'
export { holdAll } from './hold-all.ts'
export { dueToLeave, hold, leave, release, toLeave, waitingIn } from './leave.ts'
export { noteSent, type SentElsewhere } from './note-sent.ts'
export { type Plan, plan } from './plan.ts'
export { redirect } from './redirect.ts'
export { refuseUnsent } from './refuse-unsent.ts'
export { isSending, noteDone, type Sending, sendingOf } from './sending.ts'
export { backOff, type Settled, settle } from './settle.ts'
