// The front door: the people outside.
export { type Introduction, know, noteVerified } from './know.ts'
