/** The test mailbox and the mails that Foyer itself writes. The front door. */
export { eraseCopies, eraseTo } from './erase.ts'
export { keep } from './keep.ts'
export { keepSystemMail, type SystemLetter, systemHeaders } from './keep-system-mail.ts'
export { find, list, type OutboxRow, type Reader } from './list.ts'
export { type SystemMail, sendSystemLetter, sendSystemMail } from './send-system-mail.ts'
export { type SystemSender, systemSender } from './system-sender.ts'
