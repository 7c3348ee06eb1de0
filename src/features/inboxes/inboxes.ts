/** Inboxes: what customers write to and agents see. The front door. */
export { addInbox } from './add-inbox.ts'
export { inboxByAddress, inboxesByAddress, ownAddresses } from './addresses.ts'
export { changeInbox } from './change-inbox.ts'
export {
  decideFormSender,
  type FormReply,
  formSenders,
  noteFormReply,
  takeFormReplies,
} from './form-senders.ts'
export { findInbox, mayConfigure, pageOfInboxes } from './queries.ts'
export { removeInbox } from './remove-inbox.ts'
