import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import { append, type By } from '#platform/events/events.ts'

/** Somebody as a message names him. */
export interface Introduction {
  kind: string
  /** '0' for mail and phone, the channel's id for kinds that are unique per channel only */
  scope: string
  value: string
  name: string | null
  /** whether the way he wrote proves that the identity is his */
  verified: boolean
}

/**
 * The customers behind these identities, made where they are new. Two messages from somebody new at once make one
 * customer: identities are inserted in sorted order (no deadlock) and the second waits for the first.
 * @returns customer ids, in the order given
 */
export async function know(tx: Db, people: Introduction[], now: Date): Promise<string[]> {
  const found = new Map(
    (await identitiesOf(tx, people)).map((row) => [keyOf(row), row.customer] as [string, string]),
  )
  const missing = [...people].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
  for (const person of missing)
    if (!found.has(keyOf(person))) found.set(keyOf(person), await introduce(tx, person, now))
  return people.map((person) => found.get(keyOf(person))!)
}

const keyOf = ({ kind, scope, value }: Pick<Introduction, 'kind' | 'scope' | 'value'>) =>
  `${kind} ${scope} ${value}`

async function identitiesOf(db: Db, people: Introduction[]) {
  const { rows } = await sql<{ kind: string; scope: string; value: string; customer: string }>`
    select i.kind, i.scope::text, i.value, i.customer from customer_identities i
    join jsonb_to_recordset(${JSON.stringify(people)}::jsonb) as p(kind text, scope bigint, value text)
      on i.kind = p.kind and i.scope = p.scope and i.value = p.value`.execute(db)
  return rows
}

/** A customer with his first identity. When somebody else was quicker, his customer is the one. */
export async function introduce(tx: Db, person: Introduction, now: Date): Promise<string> {
  const { rows } = await sql<{ customer: string; made: string }>`
    with made as (
      insert into customers (name, created_at) values (${person.name}, ${now}) returning id
    )
    insert into customer_identities (customer, kind, scope, value, verified_at, created_at)
    select id, ${person.kind}, ${person.scope}, ${person.value}, ${person.verified ? now : null}, ${now} from made
    on conflict (kind, scope, value) do update set value = excluded.value
    returning customer, (select id from made) as made`.execute(tx)
  const { customer, made } = rows[0]!
  if (customer !== made) await tx.deleteFrom('customers').where('id', '=', made).execute()
  return customer
}

/** The way he wrote proves the identity: it is his from now on. */
export async function noteVerified(tx: Db, person: Introduction, now: Date): Promise<void> {
  await tx
    .updateTable('customer_identities')
    .set({ verified_at: now })
    .where('kind', '=', person.kind)
    .where('scope', '=', person.scope)
    .where('value', '=', person.value)
    .where('verified_at', 'is', null)
    .execute()
}

/** Somebody of whom a name is all that is known: he called. @returns his id */
export async function addNamed(tx: Db, name: string, by: By): Promise<string> {
  const { id } = await tx
    .insertInto('customers')
    .values({ name: name.trim(), created_at: by.at })
    .returning('id')
    .executeTakeFirstOrThrow()
  await append(tx, { ...by, kind: 'customer_added', after: { customer: id, name: name.trim() } })
  return id
}

/** Whose this address or number of a customer was before he was joined into him; null: his own, or not his. */
export async function originOf(db: Db, customer: string, value: string | null): Promise<string | null> {
  if (value === null) return null
  const row = await db
    .selectFrom('customer_identities')
    .select('origin')
    .where('customer', '=', customer)
    .where('value', '=', value)
    .where('origin', 'is not', null)
    .executeTakeFirst()
  return row?.origin ?? null
}
