import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import { refuse } from '#platform/errors/refuse.ts'
import type { Customer, JoinedIn, Note, OpenedCustomer } from './customers.contract.ts'
import { customerSeenBy, type Onlooker } from './visible.ts'

/** The company that the domains of his addresses tell, where nobody has named one; `p` is a row of customers. */
export const companyByDomain = sql<string | null>`(
  select d.company from customer_identities ci join company_domains d on d.domain = split_part(ci.value, '@', 2)
  where ci.customer = p.id and ci.kind = 'mail' and d.company is not null
  order by ci.id is distinct from p.primary_identity, ci.id limit 1)`

interface Shown extends Omit<Customer, 'address' | 'createdAt'> {
  createdAt: Date
}

/** Customers as the API shows them, in the order of the ids given; one that is not there any more is left out. */
export async function showCustomers(db: Db, ids: string[]): Promise<Customer[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<Shown>`
    select p.id::text, p.name, p.language, p.time_zone as "timeZone", p.vip_at is not null as vip, p.hint, p.fields,
      p.created_at as "createdAt",
      case when k.id is null then null
        else json_build_object('id', k.id::text, 'name', k.name, 'byDomain', p.company is null) end as company,
      coalesce((select json_agg(json_build_object('id', i.id::text, 'kind', i.kind, 'value', i.value,
          'verified', i.verified_at is not null, 'primary', i.id is not distinct from p.primary_identity,
          'failing', i.failing_since is not null, 'blocked', b.address is not null)
          order by i.id is distinct from p.primary_identity, i.id)
        from customer_identities i left join blocked_addresses b on b.address = i.value and i.kind = 'mail'
        where i.customer = p.id), '[]') as identities,
      coalesce((select json_object_agg(c.key, json_build_object(
          'by', case when a.id is null then null else json_build_object('id', a.id::text, 'name', a.name) end,
          'at', c.value ->> 'at'))
        from jsonb_each(p.last_changes) c left join agents a on a.id = (c.value ->> 'by')::bigint), '{}') as changes
    from customers p left join companies k on k.id = coalesce(p.company, ${companyByDomain})
    where p.id = any(${ids}::bigint[])`.execute(db)
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => {
    const row = byId.get(id)
    if (!row) return []
    const address = row.identities.find(({ kind }) => kind === 'mail')?.value ?? null
    return [{ ...row, address, createdAt: row.createdAt.toISOString() }]
  })
}

/** One customer with what his page shows besides. */
export async function showCustomer(db: Db, id: string): Promise<OpenedCustomer> {
  const [customer] = await showCustomers(db, [id])
  if (!customer) return refuse('not_found')
  return { ...customer, notes: await notesOf(db, id), joined: await joinedInto(db, id) }
}

async function notesOf(db: Db, customer: string): Promise<Note[]> {
  const rows = await db
    .selectFrom('customer_notes as n')
    .leftJoin('agents as a', 'a.id', 'n.author')
    .select(['n.id', 'n.text', 'n.author', 'a.name', 'n.written_at', 'n.changed_at'])
    .where('n.customer', '=', customer)
    .where('n.removed_at', 'is', null)
    .orderBy('n.written_at', 'desc')
    .orderBy('n.id', 'desc')
    .limit(200)
    .execute()
  return rows.map(({ id, text, author, name, written_at, changed_at }) => ({
    id,
    text,
    author: author ? { id: author, name: name ?? '' } : null,
    at: written_at.toISOString(),
    editedAt: changed_at?.toISOString() ?? null,
  }))
}

async function joinedInto(db: Db, survivor: string): Promise<JoinedIn[]> {
  const rows = await db
    .selectFrom('customer_joins as j')
    .innerJoin('customers as c', 'c.id', 'j.joined')
    .leftJoin('agents as a', (join) => join.on((on) => on(sql`'agent:' || a.id`, '=', on.ref('j.joined_by'))))
    .select(['c.id', 'c.name', 'j.reason', 'j.joined_at', 'a.id as agent', 'a.name as agent_name'])
    .where('j.survivor', '=', survivor)
    .where('j.undone_at', 'is', null)
    .orderBy('j.id', 'desc')
    .execute()
  return rows.map(({ id, name, reason, joined_at, agent, agent_name }) => ({
    id,
    name,
    reason: reason === 'verified' ? 'verified' : 'by_hand',
    by: agent ? { id: agent, name: agent_name ?? '' } : null,
    at: joined_at.toISOString(),
  }))
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
