// "Give me the next one": the most urgent that waits in the agent's teams and nobody works on. Two who ask at once never
// get the same: each skips what another has in hand.
import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import { assign } from './assign.ts'
import { type By, type ConversationRow, lock } from './change.ts'
import { seenByAgent } from './visible.ts'

/**
 * Makes the agent responsible for it. Open ones of his teams that are nobody's, and those of colleagues who are away and
 * whose customers wait; the most urgent first, of these who waits longest. What somebody else was asked about is his turn.
 * @returns null: nothing waits
 */
export async function takeNext(tx: Db, by: By & { agent: string }): Promise<ConversationRow | null> {
  const { rows } = await sql<{ id: string }>`
    select c.id from conversations c
    where c.bucket = 'open' and c.asked_kind is null
      and c.team = any(array(select team from team_members where agent = ${by.agent})) and ${seenByAgent(by.agent)}
      and (c.assignee is null or (c.waiting_since is not null and c.assignee in (
        select a.id from agents a where a.id <> ${by.agent}
          and a.away_from <= ${by.at} and coalesce(a.away_until, 'infinity') > ${by.at})))
    order by array_position(array['urgent', 'high', 'normal', 'low'], c.priority),
      coalesce(c.waiting_since, 'infinity'), c.id
    limit 1 for no key update of c skip locked`.execute(tx)
  const next = rows[0]
  return next ? assign(tx, await lock(tx, next.id), by.agent, by) : null
}
