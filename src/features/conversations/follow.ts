import type { Db } from '#platform/db/db.ts'
import { type By, type ConversationRow, changeLocked } from './change.ts'

/** An agent wants to hear of what happens here. */
export async function follow(tx: Db, row: ConversationRow, agent: string, by: By): Promise<void> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('followers')
    .values({ conversation: row.id, agent, followed_at: by.at })
    .onConflict((known) => known.doNothing())
    .executeTakeFirst()
  if (numInsertedOrUpdatedRows) await tell(tx, row, by, 'followed', agent)
}

export async function unfollow(tx: Db, row: ConversationRow, agent: string, by: By): Promise<void> {
  const { numDeletedRows } = await tx
    .deleteFrom('followers')
    .where('conversation', '=', row.id)
    .where('agent', '=', agent)
    .executeTakeFirst()
  if (numDeletedRows) await tell(tx, row, by, 'unfollowed', agent)
}

async function tell(tx: Db, row: ConversationRow, by: By, kind: string, agent: string) {
  await changeLocked(tx, row, { ...by, kind, set: {}, always: true, shown: false, after: { agent } })
}
