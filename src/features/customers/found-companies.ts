// A customer who writes from lund.example is of the company lund.example, until somebody gives it a better name. Made
// after the fact by a follower of the stream, so that mail need not wait for it.
import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import { keepPlan } from '#platform/db/kept-plans.ts'
import { append, system } from '#platform/events/events.ts'
import type { Follower } from '#platform/events/follow.ts'
import { isMailHost } from './mail-hosts.ts'

export const companyFollower: Follower = {
  kinds: ['conversation_started', 'customer_added', 'customer_changed'],
  from: 'beginning',
  async react(tx, events) {
    const customers = [
      ...new Set(events.flatMap(({ after }) => (after.customer ? [String(after.customer)] : []))),
    ]
    for (const domain of await newDomains(tx, customers)) await found(tx, domain, events.at(-1)!.at)
  },
}

async function newDomains(db: Db, customers: string[]): Promise<string[]> {
  const { rows } = await sql<{ domain: string }>`${keepPlan}
    select distinct split_part(value, '@', 2) as domain from customer_identities i
    where i.customer = any(${customers}::bigint[]) and i.kind = 'mail'
      and not exists (select from company_domains d where d.domain = split_part(i.value, '@', 2))
    order by 1`.execute(db)
  return rows.map(({ domain }) => domain).filter((domain) => domain.includes('.') && !isMailHost(domain))
}

/** @param at of the event that named it: there is no clock here */
async function found(tx: Db, domain: string, at: Date): Promise<void> {
  const { id } = await tx
    .insertInto('companies')
    .values({ name: domain, created_at: at })
    .returning('id')
    .executeTakeFirstOrThrow()
  const claimed = await tx
    .insertInto('company_domains')
    .values({ domain, company: id, added_at: at })
    .onConflict((there) => there.column('domain').doNothing())
    .returning('domain')
    .executeTakeFirst()
  if (claimed) await append(tx, { at, actor: system, kind: 'company_added', after: { company: id } })
  else await tx.deleteFrom('companies').where('id', '=', id).execute()
}
