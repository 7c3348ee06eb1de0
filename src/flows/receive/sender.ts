import type { Identity } from '#channels/channel.ts'
import type { Around } from './look-around.ts'
import type { Receiving } from './receiving.ts'

export interface Sender {
  identity: Identity
  /** From was our own or a no-reply address and Reply-To says who wrote: a site's form */
  byForm: boolean
  /** history: we wrote this ourselves */
  ours: boolean
}

/** A mail without any sender is still a mail. */
const nobody: Identity = { kind: 'mail', scope: '0', value: 'unknown@sender.invalid', name: null }

/** Who wrote. From decides; Reply-To does for our own and for no-reply addresses, which are never a loop by themselves. */
export function senderOf({ message, entry }: Receiving, around: Around): Sender {
  const from = message.from ?? nobody
  const own = around.ownInboxes.has(from.value)
  if (own && entry.mode === 'history') return { identity: from, byForm: false, ours: true }
  const answersTo = message.replyTo.find(
    (one) => !around.ownInboxes.has(one.value) && one.value !== from.value,
  )
  if (answersTo && (own || message.noReply)) return { identity: answersTo, byForm: true, ours: false }
  return { identity: from, byForm: false, ours: false }
}
