// The front door: what other features and the flows may ask of conversations.
export { append, type NewMessageRow } from './append.ts'
export {
  asCategory,
  type ConversationFields,
  type ConversationRow,
  change,
  changeLocked,
  holderOf,
  lock,
} from './change.ts'
export { type Beginning, start } from './start.ts'
export { audienceOf, type Sight, seenBy, sightOf } from './visible.ts'
