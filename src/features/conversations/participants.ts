// Other outside people on the conversation. Only confirmed ones get our replies; who came in by Cc alone is shown
// and waits for an agent's word.
import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import { refuse } from '#platform/errors/refuse.ts'
import { type By, type ConversationRow, changeLocked, refuseFinished } from './change.ts'

export interface NewParticipant {
  customer: string
  /** lower case */
  address: string
  name: string | null
}

/** Adds somebody, or confirms him who is there already. */
export async function addParticipant(
  tx: Db,
  row: ConversationRow,
  person: NewParticipant,
  by: By,
): Promise<ConversationRow> {
  refuseFinished(row)
  const known = await participant(tx, row.id, person.address)
  if (known?.confirmed_at && !known.removed_at) return row
  const confirmed = { confirmed_at: by.at, confirmed_by: `${by.actor.kind}:${by.actor.id ?? ''}` }
  await tx
    .insertInto('participants')
    .values({ conversation: row.id, ...person, ...confirmed, added_at: by.at })
    .onConflict((there) =>
      there.columns(['conversation', 'address']).doUpdateSet({ ...confirmed, removed_at: null }),
    )
    .execute()
  const waited = known && !known.removed_at
  return tell(tx, row, waited ? 'participant_confirmed' : 'participant_added', person.address, by)
}

/** @param person his customer id or his address; who is not there is no error */
export async function removeParticipant(
  tx: Db,
  row: ConversationRow,
  person: string,
  by: By,
): Promise<ConversationRow> {
  refuseFinished(row)
  const removed = await tx
    .updateTable('participants')
    .set({ removed_at: by.at })
    .where('conversation', '=', row.id)
    .where(/^\d+$/.test(person) ? 'customer' : 'address', '=', person.toLowerCase())
    .where('removed_at', 'is', null)
    .returning('address')
    .execute()
  let next = row
  for (const { address } of removed) next = await tell(tx, next, 'participant_removed', address, by)
  return next
}

/** The person who really asks: the conversation is his from now on; who it was before stays as a participant. */
export async function makeCustomer(
  tx: Db,
  row: ConversationRow,
  person: NewParticipant,
  by: By,
): Promise<ConversationRow> {
  refuseFinished(row)
  if (row.customer === person.customer) return row
  const former = await tx
    .selectFrom('customers')
    .select('name')
    .where('id', '=', row.customer)
    .executeTakeFirst()
  await tx
    .updateTable('participants')
    .set({ removed_at: by.at })
    .where('conversation', '=', row.id)
    .where('customer', '=', person.customer)
    .where('removed_at', 'is', null)
    .execute()
  if (row.customer_address)
    await keepFormer(
      tx,
      row,
      { customer: row.customer, address: row.customer_address, name: former?.name ?? null },
      by,
    )
  const set = { customer: person.customer, customer_address: person.address || null }
  return (await changeLocked(tx, row, { ...by, kind: 'customer_changed', set })).row
}

async function keepFormer(tx: Db, row: ConversationRow, person: NewParticipant, by: By) {
  await tx
    .insertInto('participants')
    .values({ conversation: row.id, ...person, added_at: by.at })
    .onConflict((there) => there.columns(['conversation', 'address']).doUpdateSet({ removed_at: null }))
    .execute()
}

async function participant(db: Db, conversation: string, address: string) {
  return db
    .selectFrom('participants')
    .selectAll()
    .where('conversation', '=', conversation)
    .where('address', '=', address)
    .executeTakeFirst()
}

async function tell(tx: Db, row: ConversationRow, kind: string, address: string, by: By) {
  const told =
    kind === 'participant_removed'
      ? { before: { participant: address } }
      : { after: { participant: address } }
  return (await changeLocked(tx, row, { ...by, kind, set: {}, always: true, ...told })).row
}

/** The mail address a customer is written to. */
export async function addressOf(db: Db, customer: string): Promise<NewParticipant> {
  const row = await db
    .selectFrom('customers')
    .leftJoin('customer_identities as i', (join) =>
      join.onRef('i.customer', '=', 'customers.id').on('i.kind', '=', 'mail'),
    )
    .select(['customers.id as customer', 'customers.name', 'i.value as address'])
    .where('customers.id', '=', customer)
    .orderBy(sql`i.id is distinct from customers.primary_identity`)
    .orderBy('i.id')
    .executeTakeFirst()
  return row ? { ...row, address: row.address ?? '' } : refuse('not_found')
}
