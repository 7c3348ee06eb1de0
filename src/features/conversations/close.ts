import type { Db } from '#platform/db/db.ts'
import type { By, ConversationRow } from './change.ts'
import { setStatus } from './set-status.ts'

/** Closed, as agents say it (category `solved`): the customer's next words open it again until it locks. */
export async function close(tx: Db, row: ConversationRow, by: By): Promise<ConversationRow> {
  if (row.category === 'closed' || row.category === 'solved') return row
  return setStatus(tx, row, { category: 'solved', name: null }, by)
}

export async function reopen(tx: Db, row: ConversationRow, by: By): Promise<ConversationRow> {
  if (row.category !== 'solved' && row.category !== 'closed') return row
  return setStatus(tx, row, { category: 'open', name: null }, by)
}
