import type { Db } from '#platform/db/db.ts'
import { type By, type ConversationRow, changeLocked } from './change.ts'

/** Somebody looked at what the message should not have carried, and is done with it: it is pointed out no more. */
export async function check(
  tx: Db,
  row: ConversationRow,
  message: string,
  by: By & { agent: string },
): Promise<void> {
  const checked = await tx
    .updateTable('messages')
    .set({ checked_at: by.at, checked_by: by.agent })
    .where('id', '=', message)
    .where('checked_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  if (checked)
    await changeLocked(tx, row, {
      at: by.at,
      actor: by.actor,
      kind: 'message_checked',
      item: message,
      set: {},
      after: {},
      shown: false,
      always: true,
    })
}
