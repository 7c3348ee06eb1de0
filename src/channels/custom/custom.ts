// Any system without a connector of its own: signed JSON over HTTP, both ways. No mail in here: people are named by
// that system's own ids, a message has no subject and no copies, and nothing is quoted.
import type { Channel, ChannelLimits, Connection, OutgoingMessage, SideTest } from '../channel.ts'
import { post } from './post.ts'
import { readInbound } from './read.ts'

const limits: ChannelLimits = {
  text: 50_000,
  html: true,
  attachments: true,
  copies: false,
  subject: false,
  undoSeconds: 0,
  guardsCustomerMessages: false,
}

export const customChannel: Channel = {
  kind: 'custom',
  limits,
  read: readInbound,
  async deliver(message, recipients, connection, signal) {
    return Promise.all(
      recipients.map(async (recipient) => ({
        recipient,
        ...(await post(connection, payload(message, recipient), signal)),
      })),
    )
  },
  async test(connection) {
    return { in: { ok: true, error: null, hint: null }, out: await testOut(connection) }
  },
}

const payload = (message: OutgoingMessage, customer: string) => ({
  id: message.id,
  conversation: Number(message.conversation),
  customer: { id: customer },
  text: message.text,
  html: message.html,
  attachments: message.attachments.map(({ name, type, url }) => ({ name, type, url })),
  at: message.at.toISOString(),
})

/** Posts `{test: true}`, signed: the other side answers it like any message, or passes over it. */
async function testOut(connection: Connection): Promise<SideTest> {
  const { outcome, text } = await post(connection, { test: true }, AbortSignal.timeout(15_000))
  return outcome === 'delivered'
    ? { ok: true, error: null, hint: null }
    : { ok: false, error: text, hint: 'sending:hint.url' }
}
