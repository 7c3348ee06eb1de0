import type { OutgoingMessage } from '#channels/channel.ts'
import { loopId, newMessageId } from '#channels/email/tokens.ts'
import type { House } from '#platform/house.ts'

/** A mail of an inbox's to one of its own addresses. When it comes in it is recognised as ours and starts nothing. */
export function mailToSelf(
  { secrets, clock }: House,
  { name, address }: { name: string; address: string },
  to: string,
  words: { subject: string; text: string },
): OutgoingMessage {
  return {
    id: '0',
    conversation: '0',
    at: clock.now(),
    messageId: newMessageId(secrets, '0', address.slice(address.lastIndexOf('@') + 1)),
    inReplyTo: null,
    references: [],
    from: { name, address },
    replyTo: null,
    to: [{ name: null, address: to }],
    cc: [],
    ...words,
    html: null,
    attachments: [],
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Loop': loopId(secrets) },
    envelopeFrom: address,
  }
}
