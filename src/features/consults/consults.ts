// Consults: questions to people inside and to partners outside. The front door; what carries them is flows/consult.
export { answer } from './answer.ts'
export { approvePerson, isApproved } from './approve.ts'
export { ask, askedAlready, planMails } from './ask.ts'
export {
  answersOf,
  type ConsultMail,
  type ConsultRow,
  consultOf,
  lastAskedOf,
  lockConsult,
  mailsById,
  peopleOf,
} from './consults.queries.ts'
export { withdraw, withdrawAskedIn } from './end.ts'
export { noteFailed, noteSent, rememberAnswer } from './note.ts'
export { consultsToNudge, nudge, remindAt } from './nudge.ts'
export { onTheOtherSide, strangers, type Wanted, type Whom, whomOf } from './whom.ts'
