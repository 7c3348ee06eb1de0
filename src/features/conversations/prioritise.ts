import type { Db } from '#platform/db/db.ts'
import { type By, type ConversationRow, changeLocked, refuseFinished } from './change.ts'
import type { Priority } from './conversations.contract.ts'

export async function prioritise(
  tx: Db,
  row: ConversationRow,
  priority: Priority,
  by: By,
): Promise<ConversationRow> {
  refuseFinished(row)
  return (await changeLocked(tx, row, { ...by, kind: 'priority_changed', set: { priority } })).row
}
