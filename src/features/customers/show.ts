import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import { refuse } from '#platform/errors/refuse.ts'
import type { Customer } from './customers.contract.ts'
import { customerSeenBy, type Onlooker } from './visible.ts'

/** Customers as the API shows them, in the order of the ids given; one that is not there any more is left out. */
export async function showCustomers(db: Db, ids: string[]): Promise<Customer[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<Omit<Customer, 'address' | 'createdAt'> & { createdAt: Date }>`
    select p.id::text, p.name, p.language, p.time_zone as "timeZone", p.vip_at is not null as vip, p.hint, p.notes,
      p.created_at as "createdAt",
      case when k.id is null then null else json_build_object('id', k.id::text, 'name', k.name) end as company,
      coalesce((select json_agg(json_build_object('id', i.id::text, 'kind', i.kind, 'value', i.value,
        'verified', i.verified_at is not null) order by i.id) from customer_identities i where i.customer = p.id), '[]')
        as identities
    from customers p left join companies k on k.id = p.company
    where p.id = any(${ids}::bigint[])`.execute(db)
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => {
    const row = byId.get(id)
    if (!row) return []
    const address = row.identities.find(({ kind }) => kind === 'mail')?.value ?? null
    return [{ ...row, address, createdAt: row.createdAt.toISOString() }]
  })
}

/** The id of the customer that is meant: one that was joined into another leads to him; 404 for who may not see him. */
export async function findCustomer(db: Db, onlooker: Onlooker, id: string): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    with recursive way as (
      select id, joined_into from customers where id = ${id}
      union select n.id, n.joined_into from customers n join way on n.id = way.joined_into
    )
    select p.id::text from way join customers p on p.id = way.id
    where p.joined_into is null and ${customerSeenBy(onlooker)}`.execute(db)
  return rows[0]?.id ?? refuse('not_found')
}
