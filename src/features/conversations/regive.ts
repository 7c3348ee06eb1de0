import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import { appendAll } from '#platform/events/events.ts'
import type { By } from './change.ts'

/** All conversations of these customers, locked in a fixed order: two who join at once wait, they do not deadlock. */
export async function lockAllOf(tx: Db, customers: string[]): Promise<void> {
  await sql`
    select from conversations where customer = any(${customers}::bigint[]) order by id for update`.execute(tx)
}

interface Regiving {
  from: string
  to: string
  /** only what was theirs before they were joined into `from`; null: everything */
  origins: string[] | null
}

/**
 * Conversations and places in conversations go from one customer to another, because the two are one person, or after
 * all are not. The rows are locked (lockAllOf). The holder is the same person under another id: no hand-off.
 */
export async function regive(tx: Db, { from, to, origins }: Regiving, kind: string, by: By): Promise<void> {
  const which = sql`customer = ${from} and (${origins}::bigint[] is null
    or coalesce(origin, ${from}) = any(${origins}::bigint[]))`
  const whose = sql`customer = ${to}, origin = nullif(coalesce(origin, ${from}), ${to}::bigint)`
  const { rows } = await sql<{ id: string }>`
    update conversations set ${whose},
      holder_id = case when holder_kind = 'customer' then ${to}::bigint else holder_id end
    where ${which} returning id`.execute(tx)
  await sql`update participants set ${whose} where ${which}`.execute(tx)
  const ids = rows.map((row) => row.id)
  await sql`
    update handoffs set holder_id = ${to}
    where conversation = any(${ids}::bigint[]) and ended_at is null and holder_kind = 'customer'`.execute(tx)
  await appendAll(
    tx,
    ids.map((conversation) => ({
      ...by,
      kind,
      conversation,
      before: { customer: from },
      after: { customer: to },
    })),
  )
}

/**
 * What came since, on an address of somebody who was joined into `customer`, is that one's: his from then on, should
 * the two be taken apart.
 */
export async function settleOrigins(tx: Db, customer: string): Promise<void> {
  const since = sql`select i.value, i.kind, i.scope, i.origin, j.joined_at
    from customer_identities i join customer_joins j on j.joined = i.origin and j.undone_at is null
    where i.customer = ${customer}`
  await sql`
    update conversations c set origin = s.origin from (${since}) s
    where c.customer = ${customer} and c.origin is null and c.created_at >= s.joined_at
      and (s.kind = 'mail' and c.customer_address = s.value
        or s.scope <> 0 and c.channel = s.scope and exists (select from messages m
          where m.conversation = c.id and m.direction = 'in' and m.author_address = s.value))`.execute(tx)
  await sql`
    update participants p set origin = s.origin from (${since}) s
    where p.customer = ${customer} and p.origin is null and p.added_at >= s.joined_at
      and s.kind = 'mail' and p.address = s.value`.execute(tx)
}
