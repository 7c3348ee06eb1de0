import type { Db } from '#platform/db/db.ts'
import { tell } from './tell.ts'

/** The draft has become a message, or its author lets it go. */
export async function discard(
  tx: Db,
  conversation: string,
  agent: string,
  kind: 'reply' | 'comment',
  at: Date,
): Promise<void> {
  const { numDeletedRows } = await tx
    .deleteFrom('drafts')
    .where('conversation', '=', conversation)
    .where('agent', '=', agent)
    .where('kind', '=', kind)
    .executeTakeFirst()
  if (numDeletedRows) await tell(tx, 'draft_removed', { conversation, agent, kind }, { agent, at })
}
