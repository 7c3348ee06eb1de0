/** The test mailbox and the mails that Foyer itself writes. The front door. */
export { type SystemMail, sendSystemMail } from './send-system-mail.ts'
