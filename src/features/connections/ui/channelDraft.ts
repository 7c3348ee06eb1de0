import type { Inbox } from '#features/inboxes/inboxes.contract.ts'
import type { Channel } from '../connections.contract.ts'
import { serverDraft } from './ServerFields.tsx'
import { signInDraft } from './signInDraft.ts'

/** What is filled in for a mailbox; the address is only asked for a new one. */
export const draftOf = (channel: Channel | null, inboxes: Inbox[]) => ({
  inbox: channel?.inbox.id ?? inboxes[0]?.id ?? null,
  address: inboxes[0]?.address ?? '',
  imap: serverDraft('imap', channel?.imap),
  smtp: serverDraft('smtp', channel?.smtp),
  signIn: signInDraft(channel),
  since: 'now' as 'now' | 'date' | 'all',
  date: '',
  authServer: channel?.authServer ?? '',
  watchSent: channel?.watchSent ?? false,
  enabled: channel?.enabled ?? true,
})
export type ChannelDraft = ReturnType<typeof draftOf>
