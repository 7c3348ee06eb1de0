// A whole person goes: his words and files everywhere, in his own conversations our answers and comments too; then
// whatever he is known by. What others wrote in the same conversations stays. The mail log keeps hashes and the reason.
import { sql } from 'kysely'
import * as conversations from '#features/conversations/conversations.ts'
import * as customers from '#features/customers/customers.ts'
import * as deliveries from '#features/deliveries/deliveries.ts'
import * as ledger from '#features/ledger/ledger.ts'
import * as outbox from '#features/outbox/outbox.ts'
import type { Db } from '#platform/db/db.ts'
import { refuse } from '#platform/errors/refuse.ts'
import { append } from '#platform/events/events.ts'
import { addJob } from '#platform/jobs/jobs.ts'
import { erase } from './erase.ts'

/** @returns how many messages and comments went */
export async function erasePerson(tx: Db, customer: string, by: conversations.Erasing): Promise<number> {
  const person = await tx
    .selectFrom('customers')
    .select(['created_at'])
    .where('id', '=', customer)
    .forUpdate()
    .executeTakeFirst()
  if (!person) return refuse('not_found')
  const ids = await customers.everybodyIn(tx, customer)
  const known = await customers.namesOfPerson(tx, ids)
  const places = await conversations.conversationsOfPerson(tx, ids)
  let count = 0
  for (const { id, own } of places)
    for (const { kind, id: subject } of await conversations.itemsOfPerson(tx, id, own, ids)) {
      await erase(tx, await conversations.lock(tx, id), { kind, subject }, by)
      count += 1
    }
  await conversations.eraseNames(tx, places, ids, known)
  await deliveries.erasePerson(tx, known.values)
  const raw = await ledger.erasePerson(tx, known.values, {
    at: by.at,
    by: by.agent ?? 'system',
    reason: by.reason,
  })
  await outbox.eraseTo(tx, known.values)
  await customers.unblockAll(tx, known.values)
  await customers.eraseCustomers(tx, ids, by.at)
  await sql`insert into erasures (at, agent, kind, subject, conversation, item_at, reason)
    values (${by.at}, ${by.agent}, 'person', ${customer}, 0, ${person.created_at}, ${by.reason})`.execute(tx)
  await append(tx, { at: by.at, actor: by.actor, kind: 'customer_erased', after: { customer } })
  for (const { id } of places) {
    const row = await conversations.lock(tx, id)
    // The lists and the search read it anew.
    await conversations.tellErased(
      tx,
      row,
      { kind: 'quote_erased', item: row.last_item ?? '0', after: {}, shown: false },
      by,
    )
  }
  await addJob(tx, 'finish_erasure', { hashes: raw.map((hash) => hash.toString('hex')) })
  return count
}
