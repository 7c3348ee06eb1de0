import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import type { Work } from './agents.contract.ts'

/** What an agent has in his hands: what somebody else must take when he goes. */
export async function workOf(db: Db, agent: string, now: Date): Promise<Work> {
  const { rows } = await sql<Work>`
    select count(*) filter (where category in ('new', 'open', 'on_hold') and not asleep)::int as open,
      count(*) filter (where category = 'pending' and not asleep)::int as pending,
      count(*) filter (where asleep)::int as snoozed,
      (select count(*)::int from drafts where agent = ${agent}) as drafts,
      (select count(distinct s.message)::int from sendings s join deliveries d on d.message = s.message
        where s.agent = ${agent} and d.state = 'scheduled') as scheduled
    from (select category, coalesce(snoozed_until > ${now}, false) as asleep from conversations
      where assignee = ${agent} and category not in ('solved', 'closed') and merged_into is null) held`.execute(
    db,
  )
  return rows[0]!
}
