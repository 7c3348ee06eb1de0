// The front door: what other features and the flows may ask of conversations.
export { append, type NewMessageRow } from './append.ts'
export { assign } from './assign.ts'
export {
  asCategory,
  type By,
  type ConversationFields,
  type ConversationRow,
  change,
  changeLocked,
  holderOf,
  lock,
  refuseFinished,
  refuseMerged,
} from './change.ts'
export { removeComment } from './change-comment.ts'
export { check } from './check.ts'
export { close, reopen } from './close.ts'
export { type Answering, comment } from './comment.ts'
export { conversationOf, editorOf, shownComment } from './comments.routes.ts'
export { around, blank, type Erasing, tellErased, wordsOf } from './erase.ts'
export { conversationsOfPerson, eraseNames, itemsOfPerson } from './erase-person.ts'
export { find, findLocked, sees } from './find.ts'
export { type FoundPage, findPage, type Looking } from './find-page.ts'
export { follow } from './follow.ts'
export { handOn, handToTeam } from './hand-to-team.ts'
export { itemsBefore, showItems } from './items.ts'
export { rememberIds } from './known-ids.ts'
export { type LinkKind, link } from './link.ts'
export { lockAfterDays } from './lock-old.ts'
export { markSpam } from './mark-spam.ts'
export { active, type FilterFields, inView, isBuiltIn, live, matching, stuckAfter } from './matching.ts'
export { merge, refuseMerge, rememberDrafts } from './merge.ts'
export { mergedFields } from './merge-fields.ts'
export { agentNamed, customerNamed, teamNamed } from './named.ts'
export { makeCustomer, removeParticipant } from './participants.ts'
export { prioritise } from './prioritise.ts'
export { read } from './read.ts'
export { readdress } from './readdress.ts'
export { lockAllOf, regive, settleOrigins } from './regive.ts'
export { type Heir, release } from './release.ts'
export { retag } from './retag.ts'
export { retell } from './retell.ts'
export { hideWords, showAgain } from './seal.ts'
export { setStatus, statusNamed } from './set-status.ts'
export { showConversation, showConversations, showStatus } from './show.ts'
export { showTold } from './show-event.ts'
export { snooze } from './snooze.ts'
export { sourceOf, visibleMessage } from './source.ts'
export { split } from './split.ts'
export { type Beginning, start } from './start.ts'
export { type Begun, startWith } from './start-with.ts'
export { mergedUnder, rootOf, survivor } from './survivor.ts'
export { tag, untag } from './tag.ts'
export { type Hidden, takeOutQuotes } from './take-out-quotes.ts'
export { type Newcomer, takePart } from './take-part.ts'
export { trash } from './trash.ts'
export { unmerge } from './unmerge.ts'
export { type Writer, writerOf } from './verb-route.ts'
export { audienceOf, type Sight, seenBy, sightOf } from './visible.ts'
