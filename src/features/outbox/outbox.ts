/** The test mailbox and the mails that Foyer itself writes. The front door. */
export { keep } from './keep.ts'
export { find, list, type OutboxRow, type Reader } from './list.ts'
export { type SystemMail, sendSystemMail } from './send-system-mail.ts'
