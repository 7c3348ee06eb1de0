// The front door: the technical connections of inboxes.

export { noteSending } from './note-sending.ts'
export { open } from './open.ts'
