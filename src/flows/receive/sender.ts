import type { Identity } from '#channels/channel.ts'
import type { Around } from './look-around.ts'
import type { Receiving } from './receiving.ts'
import { isSentCopy } from './sent-copy.ts'

export interface Sender {
  identity: Identity
  /** From was our own, a no-reply address or a learnt form's, and Reply-To says who wrote: a site's form */
  byForm: boolean
  /** history, or a copy from our folder of sent mail: we wrote this ourselves */
  ours: boolean
}

/** A mail without any sender is still a mail. */
const nobody: Identity = { kind: 'mail', scope: '0', value: 'unknown@sender.invalid', name: null }

/** Who wrote. From decides; Reply-To does for our own and for no-reply addresses, which are never a loop by themselves. */
export function senderOf({ message, entry }: Receiving, around: Around): Sender {
  const from = message.from ?? nobody
  const own = around.ownInboxes.has(from.value)
  // A mailbox keeps what was forged in our name, too; nobody forges into its folder of sent mail.
  if ((own && entry.mode === 'history' && message.verified !== false) || isSentCopy({ entry }))
    return { identity: from, byForm: false, ours: true }
  const answersTo = message.replyTo.find(
    (one) => !around.ownInboxes.has(one.value) && one.value !== from.value,
  )
  if (answersTo && (own || message.noReply || around.byForm))
    return { identity: answersTo, byForm: true, ours: false }
  return { identity: from, byForm: false, ours: false }
}
