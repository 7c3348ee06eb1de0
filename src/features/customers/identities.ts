import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import { refuseField } from '#platform/errors/refuse.ts'
import { mailAddress } from '#shared/address/address.ts'
import type { CustomerInput } from './customers.contract.ts'
import { type Onlooker, seesCustomer } from './visible.ts'

interface Reach {
  kind: 'mail' | 'phone'
  value: string
  /** what the caller calls it, for refusals */
  field: string
}

/**
 * A phone number as we keep it: its digits, with the plus where one was given. Nothing is guessed of countries, so
 * `8 912 …` and `+7 912 …` are two; the search compares only the end of numbers and finds both.
 * @returns null: there are not enough digits for a number
 */
export function phoneNumber(text: string): string | null {
  const digits = text.replace(/\D/g, '')
  if (digits.length < 3 || digits.length > 20) return null
  return text.trim().startsWith('+') ? `+${digits}` : digits
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

function reachOf({ kind, value, field = '' }: GivenReach, at: number): Reach {
  field ||= `identities.${at}.value`
  if (kind === 'mail')
    return { kind, field, value: mailAddress(value) ?? refuseField(field, 'not_an_address') }
  return { kind, field, value: phoneNumber(value) ?? refuseField(field, 'wrong_format') }
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
  const wanted = [...new Map(given.map(reachOf).map((one) => [`${one.kind} ${one.value}`, one])).values()]
  const had = await reachNow(tx, customer)
  const isIn = (list: { kind: string; value: string }[], one: { kind: string; value: string }) =>
    list.some(({ kind, value }) => kind === one.kind && value === one.value)
  const gone = had.filter((one) => !isIn(wanted, one))
  const fresh = wanted.filter((one) => !isIn(had, one))
  if (gone.length === 0 && fresh.length === 0) return null
  if (gone.length > 0)
    await tx
      .deleteFrom('customer_identities')
      .where(
        'id',
        'in',
        gone.map(({ id }) => id),
      )
      .execute()
  for (const one of fresh) await add(tx, customer, one, onlooker, now)
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

async function add(
  tx: Db,
  customer: string,
  { kind, value, field }: Reach,
  onlooker: Onlooker,
  now: Date,
): Promise<void> {
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
  if (added) return
  const owner = await tx
    .selectFrom('customer_identities as i')
    .innerJoin('customers as p', 'p.id', 'i.customer')
    .select(['p.id', 'p.name'])
    .where('i.kind', '=', kind)
    .where('i.scope', '=', '0')
    .where('i.value', '=', value)
    .executeTakeFirst()
  if (owner && (await seesCustomer(tx, onlooker, owner.id)))
    refuseField(field, 'belongs_to', { name: owner.name ?? value, customer: owner.id })
  refuseField(field, 'taken')
}
