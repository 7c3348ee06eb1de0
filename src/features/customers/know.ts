import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import { keepPlan } from '#platform/db/kept-plans.ts'
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
  const found = new Map((await identitiesOf(tx, people)).map((row) => [keyOf(row), row.customer]))
  const missing = people.filter((person) => !found.has(keyOf(person)))
  for (const [n, customer] of (await introduce(tx, missing, now)).entries())
    found.set(keyOf(missing[n]!), customer)
  return people.map((person) => found.get(keyOf(person))!)
}

const keyOf = ({ kind, scope, value }: Pick<Introduction, 'kind' | 'scope' | 'value'>) =>
  `${kind} ${scope} ${value}`

async function identitiesOf(db: Db, people: Introduction[]) {
  const { rows } = await sql<{ kind: string; scope: string; value: string; customer: string }>`${keepPlan}
    select i.kind, i.scope::text, i.value, i.customer from customer_identities i
    join jsonb_to_recordset(${JSON.stringify(people)}::jsonb) as p(kind text, scope bigint, value text)
      on i.kind = p.kind and i.scope = p.scope and i.value = p.value`.execute(db)
  return rows
}

/**
 * Customers with their first identities. Where somebody was known already, his customer is the one; the way he wrote
 * may prove that the identity is his.
 * @returns customer ids, in the order given
 */
export async function introduce(tx: Db, people: Introduction[], now: Date): Promise<string[]> {
  if (people.length === 0) return []
  const proven = new Set(people.filter(({ verified }) => verified).map(keyOf))
  const each = [...new Map(people.map((person) => [keyOf(person), person])).values()].map((person) => ({
    ...person,
    verified: proven.has(keyOf(person)),
  }))
  const { rows } = await sql<{ kind: string; scope: string; value: string; customer: string }>`${keepPlan}
    with people as materialized (
      select p.*, nextval(pg_get_serial_sequence('customers', 'id')) as made
      from jsonb_to_recordset(${JSON.stringify(each)}::jsonb)
        as p(kind text, scope bigint, value text, name text, verified bool)
    ), known as (
      insert into customer_identities (customer, kind, scope, value, verified_at, created_at)
      select made, kind, scope, value, case when verified then ${now}::timestamptz end, ${now}
      from people order by kind, scope, value
      on conflict (kind, scope, value)
        do update set verified_at = coalesce(customer_identities.verified_at, excluded.verified_at)
      returning customer, kind, scope, value
    ), made as (
      insert into customers (id, name, created_at)
      select made, name, ${now} from people join known on known.customer = people.made
    )
    select kind, scope::text, value, customer from known`.execute(tx)
  const customers = new Map(rows.map((row) => [keyOf(row), row.customer]))
  return people.map((person) => customers.get(keyOf(person))!)
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
