import type { Db } from '#platform/db/db.ts'
import { append, type NewEvent } from '#platform/events/events.ts'

type Kind = 'draft_saved' | 'draft_removed' | 'draft_taken' | 'draft_viewed' | 'draft_asked'
interface Draft {
  conversation: string
  kind: 'reply' | 'comment'
  agent: string
}

/** That somebody writes is told, what he writes is not; comment drafts are private altogether. */
export async function tell(tx: Db, kind: Kind, draft: Draft, by: { agent: string; at: Date }): Promise<void> {
  const event = told(kind, draft, by)
  if (event) await append(tx, event)
}

/** null: it is nobody's business */
export function told(kind: Kind, draft: Draft, { agent, at }: { agent: string; at: Date }): NewEvent | null {
  if (draft.kind === 'comment') return null
  const { conversation } = draft
  return { at, kind, actor: { kind: 'agent', id: agent }, conversation, after: { agent: draft.agent } }
}
