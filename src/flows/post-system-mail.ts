import type { Connection, OutgoingMessage } from '#channels/channel.ts'
import { newMessageId } from '#channels/email/tokens.ts'
import * as outbox from '#features/outbox/outbox.ts'
import type { House } from '#platform/house.ts'
import type { SendingChannels } from './sending/way-out.ts'

/** A minute and a half: a job runs as long as this at the most. */
const patience = 90_000

/**
 * Posts a mail of Foyer's own. Where the server refuses it for good it is kept in the test mailbox, where an
 * administrator finds it; else it throws, and the job is tried again.
 */
export async function postSystemMail(house: House, channels: SendingChannels, sealed: string): Promise<void> {
  const { db, secrets, log } = house
  const letter: outbox.SystemLetter = JSON.parse(secrets.open('system mail', sealed))
  const sender = await outbox.systemSender(db, secrets)
  if (!sender.smtp) return outbox.keepSystemMail(db, letter)
  const { to } = letter
  const signal = AbortSignal.timeout(patience)
  const [outcome] = await channels('mail').deliver(
    systemMessage(house, letter),
    [to.address],
    systemConnection(sender),
    signal,
  )
  if (outcome?.outcome === 'sent') return
  log.warn('a system mail did not leave', { to: to.address, outcome: outcome?.outcome, said: outcome?.text })
  if (outcome?.outcome === 'failed') return outbox.keepSystemMail(db, letter)
  throw new Error(outcome?.text ?? 'no answer')
}

/** The letter as a channel carries it. */
export function systemMessage({ secrets }: House, letter: outbox.SystemLetter): OutgoingMessage {
  const { from, to, subject, text, at, headers, replyTo, messageId } = letter
  return {
    id: '0',
    conversation: '0',
    at: new Date(at),
    messageId: messageId ?? newMessageId(secrets, '0', from.address.split('@').at(-1) ?? 'localhost'),
    inReplyTo: null,
    references: [],
    from,
    replyTo: replyTo ? { name: null, address: replyTo } : null,
    to: [to],
    cc: [],
    subject,
    text,
    html: null,
    attachments: [],
    headers: { ...outbox.systemHeaders, ...headers },
    envelopeFrom: from.address,
  }
}

export const systemConnection = ({ smtp, password }: outbox.SystemSender): Connection => ({
  id: 'system',
  kind: 'mail',
  inbox: '0',
  settings: { smtp },
  secrets: { smtp: password ?? '' },
})
