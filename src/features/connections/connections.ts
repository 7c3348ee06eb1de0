// The front door: the technical connections of inboxes.
export { addChannel, passwordsOf, settingsOf } from './add-channel.ts'
export { changeChannel, removeChannel } from './change-channel.ts'
export { channelsChanged } from './channels-changed.ts'
export { checkServer } from './check-settings.ts'
export { findChannel, openConnections, pageOfChannels } from './connections.queries.ts'
export { type ImapPosition, imapPosition, moveImapPosition } from './imap-position.ts'
export { noteReceiving } from './note-receiving.ts'
export { noteSending } from './note-sending.ts'
