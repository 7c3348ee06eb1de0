// The front door: the people outside.
export { cardOf } from './card.ts'
export { type Introduction, introduce, know, noteVerified } from './know.ts'
export { learn } from './learn.ts'
export { noteFailing } from './note-failing.ts'
export { seesCustomer } from './visible.ts'
