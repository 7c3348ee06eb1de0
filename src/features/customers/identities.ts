import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import { refuse, refuseField } from '#platform/errors/refuse.ts'
import { append, type By } from '#platform/events/events.ts'
import { mailAddress } from '#shared/address/address.ts'
import type { CustomerInput, IdentityInput } from './customers.contract.ts'
import { noteChanges } from './note-changes.ts'
import { phoneCountry, phoneNumber } from './phone.ts'
import { type Onlooker, seesCustomer } from './visible.ts'

interface Reach {
  kind: 'mail' | 'phone'
  value: string
  /** what the caller calls it, for refusals */
  field: string
}
export type GivenReach = Omit<Reach, 'field'> & { field?: string }

const reachNow = (tx: Db, customer: string) =>
  tx
    .selectFrom('customer_identities')
    .select(['id', 'value'])
    .select(sql<'mail' | 'phone'>`kind`.as('kind'))
    .where('customer', '=', customer)
    .where('kind', 'in', ['mail', 'phone'])
    .orderBy('id')
    .execute()

function reachOf({ kind, value, field = '' }: GivenReach, at: number, country: string | null): Reach {
  field ||= `identities.${at}.value`
  if (kind === 'mail')
    return { kind, field, value: mailAddress(value) ?? refuseField(field, 'not_an_address') }
  return { kind, field, value: phoneNumber(value, country) ?? refuseField(field, 'wrong_format') }
}

/**
 * Makes these a customer's addresses and phone numbers: new ones are added, others go. What a channel knows him by
 * stays. One that is somebody else's is 422 at its field, with his name where the caller may see him.
 * @returns the lists before and after, null where nothing changed
 */
export async function setIdentities(
  tx: Db,
  customer: string,
  given: GivenReach[],
  onlooker: Onlooker,
  now: Date,
): Promise<{ before: string[]; after: string[] } | null> {
  const country = await phoneCountry(tx)
  const read = given.map((one, at) => reachOf(one, at, country))
  const wanted = [...new Map(read.map((one) => [`${one.kind} ${one.value}`, one])).values()]
  const had = await reachNow(tx, customer)
  const isIn = (list: { kind: string; value: string }[], one: { kind: string; value: string }) =>
    list.some(({ kind, value }) => kind === one.kind && value === one.value)
  const gone = had.filter((one) => !isIn(wanted, one))
  const fresh = wanted.filter((one) => !isIn(had, one))
  if (gone.length === 0 && fresh.length === 0) return null
  for (const { id } of gone) await tx.deleteFrom('customer_identities').where('id', '=', id).execute()
  for (const one of fresh) if (!(await insert(tx, customer, one, now))) await refuseOwned(tx, one, onlooker)
  const said = (list: { value: string }[]) => list.map(({ value }) => value)
  return { before: said(had), after: said(wanted) }
}

/**
 * What a customer's addresses and phone numbers shall be: the list, when it is given; `address` and `phone` come
 * beside it, or beside what he has. @returns undefined where nothing is said of them
 */
export async function wantedReach(
  tx: Db,
  customer: string,
  { identities, address, phone }: CustomerInput,
): Promise<GivenReach[] | undefined> {
  const more: GivenReach[] = []
  if (address?.trim()) more.push({ kind: 'mail', value: address, field: 'address' })
  if (phone?.trim()) more.push({ kind: 'phone', value: phone, field: 'phone' })
  if (more.length === 0) return identities
  return [...(identities ?? (await reachNow(tx, customer))), ...more]
}

/** One address or number more; with `move` it is taken from whoever has it, if the caller may see him. */
export async function addIdentity(
  tx: Db,
  customer: string,
  input: IdentityInput,
  onlooker: Onlooker,
  by: By,
): Promise<void> {
  const reach = reachOf({ ...input, field: 'value' }, 0, await phoneCountry(tx))
  if (await insert(tx, customer, reach, by.at)) return tell(tx, customer, [], [reach.value], by)
  const owner = await ownerOf(tx, reach)
  if (owner?.id === customer) return
  if (!owner || !input.move || !(await seesCustomer(tx, onlooker, owner.id)))
    return refuseOwned(tx, reach, onlooker)
  await tx
    .updateTable('customer_identities')
    .set({ customer, origin: null })
    .where('id', '=', owner.identity)
    .execute()
  await tx
    .updateTable('customers')
    .set({ primary_identity: null })
    .where('primary_identity', '=', owner.identity)
    .execute()
  await tell(tx, owner.id, [reach.value], [], by)
  await tell(tx, customer, [], [reach.value], by)
}

/** Takes an address or number away; what a channel knows him by stays. */
export async function removeIdentity(tx: Db, customer: string, identity: string, by: By): Promise<void> {
  const { kind, value } = await identityOf(tx, customer, identity)
  if (kind !== 'mail' && kind !== 'phone') refuse('in_use')
  await tx.deleteFrom('customer_identities').where('id', '=', identity).execute()
  await tell(tx, customer, [value], [], by)
}

/** Shown first and written to from now on. */
export async function makePrimary(tx: Db, customer: string, identity: string, by: By): Promise<void> {
  const { value } = await identityOf(tx, customer, identity)
  const changed = await tx
    .updateTable('customers')
    .set({ primary_identity: identity })
    .where('id', '=', customer)
    .where(sql<boolean>`primary_identity is distinct from ${identity}`)
    .returning('id')
    .execute()
  if (changed.length > 0)
    await append(tx, { ...by, kind: 'customer_changed', after: { customer, primary: value } })
}

async function identityOf(tx: Db, customer: string, identity: string) {
  const row = await tx
    .selectFrom('customer_identities')
    .select(['kind', 'value'])
    .where('id', '=', identity)
    .where('customer', '=', customer)
    .forUpdate()
    .executeTakeFirst()
  return row ?? refuse('not_found')
}

async function tell(tx: Db, customer: string, gone: string[], fresh: string[], by: By): Promise<void> {
  await noteChanges(tx, customer, ['identities'], by)
  await append(tx, {
    ...by,
    kind: 'customer_changed',
    before: gone.length > 0 ? { identities: gone } : {},
    after: { customer, ...(fresh.length > 0 ? { identities: fresh } : {}) },
  })
}

/** @returns false: it is somebody's already */
async function insert(tx: Db, customer: string, { kind, value, field }: Reach, now: Date): Promise<boolean> {
  const own = await tx
    .selectFrom('own_addresses')
    .select('inbox')
    .where('address', '=', value)
    .executeTakeFirst()
  if (own) refuseField(field, 'own_address')
  const added = await tx
    .insertInto('customer_identities')
    .values({ customer, kind, value, created_at: now })
    .onConflict((conflict) => conflict.columns(['kind', 'scope', 'value']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return added !== undefined
}

const ownerOf = (tx: Db, { kind, value }: Reach) =>
  tx
    .selectFrom('customer_identities as i')
    .innerJoin('customers as p', 'p.id', 'i.customer')
    .select(['i.id as identity', 'p.id', 'p.name'])
    .where('i.kind', '=', kind)
    .where('i.scope', '=', '0')
    .where('i.value', '=', value)
    .executeTakeFirst()

async function refuseOwned(tx: Db, reach: Reach, onlooker: Onlooker): Promise<never> {
  const owner = await ownerOf(tx, reach)
  if (!owner || !(await seesCustomer(tx, onlooker, owner.id))) return refuseField(reach.field, 'taken')
  const name = owner.name ?? reach.value
  return refuse('invalid', {
    errors: [{ field: reach.field, code: 'belongs_to', params: { name, customer: owner.id } }],
    extra: { owner: { id: owner.id, name } },
  })
}
