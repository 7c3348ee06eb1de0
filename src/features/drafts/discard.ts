import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import { keepPlan } from '#platform/db/kept-plans.ts'
import { eventFor } from '#platform/events/events.ts'
import { told } from './tell.ts'

/** The draft has become a message, or its author lets it go. */
export async function discard(
  tx: Db,
  conversation: string,
  agent: string,
  kind: 'reply' | 'comment',
  at: Date,
): Promise<void> {
  const gone = tx
    .deleteFrom('drafts')
    .where('conversation', '=', conversation)
    .where('agent', '=', agent)
    .where('kind', '=', kind)
  const event = told('draft_removed', { conversation, agent, kind }, { agent, at })
  // One statement: most replies leave no draft behind, and none pays a round trip for it.
  if (event)
    await sql`${keepPlan} with gone as (${gone.returning('agent')}) ${eventFor('gone', event)}`.execute(tx)
  else await gone.execute()
}
