import { type Answering, type ConversationRow, comment } from '#features/conversations/conversations.ts'
import type { Db } from '#platform/db/db.ts'
import type { Actor } from '#platform/events/events.ts'
import type { ConsultRow } from './consults.queries.ts'
import { answered } from './end.ts'

export interface Answer extends Omit<Answering, 'consult'> {
  text: string
  /** the agent who wrote it, where that is proven; null: somebody without an account, or who may be anybody */
  agent: string | null
  /** false: it is kept, and the question stays open */
  ends: boolean
}

/** Writes an answer as a comment of whoever gave it; it stops replies of people who have not seen it. @returns its id */
export async function answer(
  tx: Db,
  row: ConversationRow,
  consult: ConsultRow,
  { text, agent, ends, ...origin }: Answer,
  at: Date,
): Promise<string> {
  const actor: Actor = agent ? { kind: 'agent', id: agent } : { kind: 'collaborator', id: null }
  const words = { text, html: null, mentions: [], stop: true, attachments: [] }
  const written = await comment(
    tx,
    row,
    { ...words, answer: { consult: consult.id, ...origin } },
    { actor, at },
  )
  const told = { comment: written.id, name: origin.name ?? origin.address }
  if (ends) await answered(tx, written.row, consult, told, { actor, at })
  return written.id
}
