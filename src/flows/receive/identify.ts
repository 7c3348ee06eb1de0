// Who wrote. The author is never rewritten to the customer, and the conversation's customer never switches.
import { cameFromOutside } from '#channels/email/verify-sender.ts'
import * as customers from '#features/customers/customers.ts'
import type { Db } from '#platform/db/db.ts'
import type { Actor } from '#platform/events/events.ts'
import type { Found } from './find-conversation/finder.ts'
import { takesPart } from './find-conversation/takes-part.ts'
import type { Around } from './look-around.ts'
import type { Receiving } from './receiving.ts'
import { senderOf } from './sender.ts'

export interface Author {
  actor: Actor & { name: string | null; address: string | null }
  /** the customer behind the address; null: an agent, or we ourselves */
  customer: string | null
  name: string | null
  address: string
  /** nobody on the conversation knew him before */
  stranger: boolean
  /** whom he writes to gets our replies */
  trusted: boolean
  /** history: a reply of ours */
  ours: boolean
}

/** A reply of ours (history), or an agent whose sender is proven. */
function isOneOfUs(receiving: Receiving, around: Around): boolean {
  const { identity, ours } = senderOf(receiving, around)
  return ours || (around.agents.has(identity.value) && receiving.message.verified === true)
}

/** Who wrote these and is new becomes a customer; whoever proves for the first time that his address is his is noted. */
export async function meetSenders(tx: Db, met: [Receiving, Around][], now: Date): Promise<void> {
  const introductions = met.flatMap(([receiving, around]) => {
    if (isOneOfUs(receiving, around)) return []
    const { identity, byForm } = senderOf(receiving, around)
    const verified = receiving.message.verified === true && !byForm
    const known = around.customers.has(identity.value) && (!verified || around.verified.has(identity.value))
    return known ? [] : [{ around, identity: { ...identity, verified } }]
  })
  const people = introductions.map(({ identity }) => identity)
  for (const [n, customer] of (await customers.introduce(tx, people, now)).entries())
    introductions[n]!.around.customers.set(people[n]!.value, customer)
}

/**
 * Whether the mail is really its sender's: then the people he writes to get our replies. Not known is not enough for
 * what a mailbox or another machine brought; a program on this machine (the mail server before us, a pipe) has
 * checked what it hands over, or nobody does.
 */
function isHis({ house, entry, message }: Receiving): boolean {
  if (message.verified !== null) return message.verified
  // Its mail server is named and has not said so.
  if (entry.remote?.authServer) return false
  return entry.door !== 'imap' && !cameFromOutside(entry, house.config.dnsZone !== null)
}

/** The author of a message whose sender was met. */
export async function identify(receiving: Receiving, around: Around, found: Found | null): Promise<Author> {
  const { tx, message, now } = receiving
  const sender = senderOf(receiving, around)
  const { name, value: address } = sender.identity
  const agent = around.agents.get(address)
  const base = {
    name,
    address,
    ours: sender.ours,
    stranger: false,
    trusted: isHis(receiving) && !sender.byForm,
  }
  if (isOneOfUs(receiving, around)) {
    const actor = { kind: 'agent' as const, id: agent?.id ?? null, name: agent?.name ?? name, address }
    return { ...base, actor, customer: null, trusted: true }
  }
  const customer = around.customers.get(address)!
  if (message.alsoKnownAs?.length) await customers.learn(tx, customer, await otherwise(receiving), now)
  const known = { ...base, customer: customer }
  const as = (kind: 'customer' | 'participant') => ({ kind, id: customer, name, address })
  // He may have been joined into another since we looked.
  const same = async () => (await customers.survivorOf(tx, customer)) === found?.conversation.customer
  if (!found || found.conversation.customer === customer || (await same()))
    return { ...known, actor: as('customer') }
  if (await takesPart(tx, around, sender, found.conversation, false))
    return { ...known, actor: as('participant') }
  return { ...known, actor: as('participant'), stranger: true, trusted: false }
}

/** What else the channel knows of him: what it has made sure of itself is proved. */
async function otherwise({ tx, message }: Receiving) {
  const country = await customers.phoneCountry(tx)
  return (message.alsoKnownAs ?? []).flatMap(({ kind, value, ...one }) => {
    const written = kind === 'phone' ? customers.phoneNumber(value, country) : value
    const verified = message.verified === true && message.vouched === true
    return written ? [{ ...one, kind, value: written, verified }] : []
  })
}
