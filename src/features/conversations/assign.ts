import type { Db } from '#platform/db/db.ts'
import { type By, type ConversationRow, changeLocked, refuseFinished } from './change.ts'

/** Makes an agent (by id) responsible, or nobody: then the team holds it. */
export async function assign(
  tx: Db,
  row: ConversationRow,
  agent: string | null,
  by: By,
): Promise<ConversationRow> {
  refuseFinished(row)
  const kind = agent ? 'assigned' : 'unassigned'
  return (await changeLocked(tx, row, { ...by, kind, set: { assignee: agent } })).row
}
