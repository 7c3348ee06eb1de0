import { after, minutes } from '#platform/clock/clock.ts'
import type { Db } from '#platform/db/db.ts'
import { tell } from './tell.ts'

/** A colleague reads a draft of a reply; its writer sees who and when. */
export async function look(
  tx: Db,
  conversation: string,
  agent: string,
  viewer: string,
  at: Date,
): Promise<void> {
  const place = { conversation, agent, kind: 'reply' as const }
  const before = await tx
    .selectFrom('draft_views')
    .select('viewed_at')
    .where((on) => on.and({ ...place, viewer }))
    .executeTakeFirst()
  await tx
    .insertInto('draft_views')
    .values({ ...place, viewer, viewed_at: at })
    .onConflict((known) => known.columns(['conversation', 'agent', 'viewer']).doUpdateSet({ viewed_at: at }))
    .execute()
  // Once while it is open: telling it makes the reader look again.
  if (!before || before.viewed_at <= after(at, -minutes(1)))
    await tell(tx, 'draft_viewed', place, { agent: viewer, at })
}
