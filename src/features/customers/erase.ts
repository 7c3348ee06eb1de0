// A person's own data go; the empty row stays for the conversations that name it as their customer.
import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'

/** He and those who were joined into him. */
export async function everybodyIn(db: Db, customer: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive he as (
      select id from customers where id = ${customer}
      union select c.id from customers c join he on c.joined_into = he.id)
    select id from he`.execute(db)
  return rows.map(({ id }) => id)
}

/** Whatever he is known by: addresses, numbers, names. Lower case. */
export async function namesOfPerson(
  db: Db,
  customers: string[],
): Promise<{ values: string[]; names: string[] }> {
  const { rows } = await sql<{ kind: 'value' | 'name'; word: string }>`
    select 'value' as kind, lower(value) as word from customer_identities where customer = any(${customers}::bigint[])
    union select 'value', lower(author_address) from messages
      where author_kind in ('customer', 'participant') and author_id = any(${customers}::bigint[])
        and author_address is not null
    union select 'value', lower(address) from participants where customer = any(${customers}::bigint[])
    union select 'name', name from customers where id = any(${customers}::bigint[]) and name is not null
    union select 'name', author_name from messages
      where author_kind in ('customer', 'participant') and author_id = any(${customers}::bigint[])
        and author_name is not null`.execute(db)
  const of = (kind: string) => rows.filter((row) => row.kind === kind).map(({ word }) => word)
  return { values: of('value'), names: of('name') }
}

export async function eraseCustomers(tx: Db, customers: string[], at: Date): Promise<void> {
  await sql`update customers set primary_identity = null where id = any(${customers}::bigint[])`.execute(tx)
  for (const table of ['customer_identities', 'customer_notes', 'customer_claims'])
    await sql`delete from ${sql.table(table)} where customer = any(${customers}::bigint[])`.execute(tx)
  await sql`delete from customer_distinctions
    where one = any(${customers}::bigint[]) or other = any(${customers}::bigint[])`.execute(tx)
  await sql`update customer_joins set filled = '{}', reason = ''
    where survivor = any(${customers}::bigint[]) or joined = any(${customers}::bigint[])`.execute(tx)
  await sql`update customers set name = null, company = null, language = null, time_zone = null, vip_at = null,
      hint = null, fields = '{}', last_changes = '{}', erased_at = ${at}
    where id = any(${customers}::bigint[])`.execute(tx)
}

export async function unblockAll(tx: Db, addresses: string[]): Promise<void> {
  await sql`delete from blocked_addresses where address = any(${addresses}::text[])`.execute(tx)
}
