import type { MailboxName } from '#channels/channel.ts'
import type { ConversationRow, Newcomer } from '#features/conversations/conversations.ts'
import * as customers from '#features/customers/customers.ts'
import type { Author } from './identify.ts'
import type { Around } from './look-around.ts'
import type { Receiving } from './receiving.ts'

/** More on one mail is a circular, no conversation. */
const most = 50

/**
 * Who takes part because of this mail: a stranger who wrote, and the outside people in To and Cc of a person's mail.
 * Never our own addresses, agents, or the customer himself.
 */
export async function addressed(
  { tx, message, now }: Receiving,
  around: Around,
  row: ConversationRow,
  author: Author,
): Promise<Newcomer[]> {
  const stranger = author.stranger
    ? [{ customer: author.customer!, address: author.address, name: author.name, confirmed: false }]
    : []
  if (message.automatic || message.spam || row.spam_at) return stranger
  const known = new Set([author.address, row.customer_address])
  const others = [...message.to, ...message.cc].filter(
    ({ address }) => !known.has(address) && !around.ownInboxes.has(address) && !around.agents.has(address),
  )
  const people = [...new Map(others.map((one): [string, MailboxName] => [one.address, one])).values()].slice(
    0,
    most,
  )
  if (people.length === 0) return stranger
  const introductions = people.map(({ name, address: value }) => ({
    kind: 'mail',
    scope: '0',
    value,
    name,
    verified: false,
  }))
  const ids = await customers.know(tx, introductions, now)
  const confirmed = author.trusted
  const newcomers = people.map(({ name, address }, i) => ({ customer: ids[i]!, address, name, confirmed }))
  return [...stranger, ...newcomers.filter(({ customer }) => customer !== row.customer)]
}
