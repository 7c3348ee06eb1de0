/** What somebody should hear of: kept from the stream, shown behind the bell, pushed, mailed. The front door. */
export { notificationFollower } from './follower.ts'
export { dueMails, mailDue } from './mail.ts'
export { moveAll } from './move.ts'
export { type Notice, noticeOf } from './notices.ts'
export { type PushOptions, pushNotification } from './push.ts'
