import type { Identity } from '#channels/channel.ts'
import * as customers from '#features/customers/customers.ts'
import type { Author } from './identify.ts'
import type { Around } from './look-around.ts'
import type { Receiving } from './receiving.ts'

/**
 * The customer of a new conversation. Usually the author; the forwarded sender when an agent passed a customer's mail
 * on; whom we wrote to when it is a reply of ours (history). An agent who writes for himself is the customer.
 */
export async function whoAsks(
  receiving: Receiving,
  around: Around,
  author: Author,
): Promise<{ customer: string; address: string | null }> {
  const other = author.ours ? firstAddressed(receiving, around) : forwardedSender(receiving, around, author)
  if (!other && author.customer) return { customer: author.customer, address: author.address }
  const identity = other ?? { kind: 'mail', scope: '0', value: author.address, name: author.name }
  const [customer] = await customers.know(receiving.tx, [{ ...identity, verified: false }], receiving.now)
  return { customer: customer!, address: identity.value }
}

/** Only an agent's own mail is passed on by him: a mail that merely bears his address speaks for nobody else. */
function forwardedSender({ message }: Receiving, around: Around, author: Author): Identity | null {
  return around.agents.has(author.address) && author.trusted ? message.forwardedFrom : null
}

function firstAddressed({ message }: Receiving, around: Around): Identity | null {
  const outside = [...message.to, ...message.cc].find(({ address }) => !around.ownInboxes.has(address))
  return outside ? { kind: 'mail', scope: '0', value: outside.address, name: outside.name } : null
}
