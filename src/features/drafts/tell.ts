import type { Db } from '#platform/db/db.ts'
import { append } from '#platform/events/events.ts'

/** That somebody writes is told, what he writes is not; comment drafts are private altogether. */
export async function tell(
  tx: Db,
  kind: 'draft_saved' | 'draft_removed' | 'draft_taken' | 'draft_viewed',
  draft: { conversation: string; kind: 'reply' | 'comment'; agent: string },
  { agent, at }: { agent: string; at: Date },
): Promise<void> {
  if (draft.kind === 'comment') return
  await append(tx, {
    at,
    kind,
    actor: { kind: 'agent', id: agent },
    conversation: draft.conversation,
    after: { agent: draft.agent },
  })
}
