// The same words, sent by the same person within ten minutes to another of our addresses under another Message-ID: he did
// not know where to write. They are one conversation; the others stand in the mail log as its duplicates, and the
// conversation says where they came in.
import { sql } from 'kysely'
import * as conversations from '#features/conversations/conversations.ts'
import { after, minutes } from '#platform/clock/clock.ts'
import type { Around } from './look-around.ts'
import type { Placed, Receiving } from './receiving.ts'
import { senderOf } from './sender.ts'

const within = minutes(10)

/** Serialises mails of the same words, so that of two at once one comes second and sees the other. */
export const wordsKey = (content: string | undefined): string[] => (content ? [`words:${content}`] : [])

/** @returns null: it is the first */
export async function takeSameWords(receiving: Receiving, around: Around): Promise<Placed | null> {
  const { tx, entry, message, now } = receiving
  const { identity, ours } = senderOf(receiving, around)
  const customer = around.customers.get(identity.value)
  if (!message.content || !customer || ours || entry.mode !== 'live' || message.references.length > 0)
    return null
  const { rows } = await sql<{
    conversation: string
    item: string
    ledger: string
    inbox: string
    addresses: string[]
  }>`
    select c.id as conversation, m.id as item, l.id as ledger, l.inbox, array(
      select lower(a) from unnest(l.envelope_to) a
      union select lower(p ->> 'address') from jsonb_array_elements(m.recipients || m.copies) p) as addresses
    from conversations c join messages m on m.conversation = c.id and m.position = 1 join ledger l on l.id = m.ledger
    where c.customer = ${customer} and c.created_at > ${after(now, -within)} and c.merged_into is null
      and c.trashed_at is null and c.spam_at is null and l.verdict ->> 'content' = ${message.content}
    order by c.id limit 1`.execute(tx)
  const [first] = rows
  if (!first) return null
  const elsewhere = [...around.ownInboxes.keys()].find((address) => !first.addresses.includes(address))
  if (!elsewhere) return null
  const row = await conversations.lock(tx, first.conversation)
  const told = { kind: 'duplicate_came', after: { address: elsewhere, ledger: entry.id } }
  const actor = { kind: 'customer' as const, id: customer }
  await conversations.changeLocked(tx, row, { ...told, actor, at: now, set: {}, always: true })
  const { conversation, item, ledger } = first
  return { outcome: 'ignored', reason: 'duplicate', duplicateOf: ledger, conversation, item }
}
