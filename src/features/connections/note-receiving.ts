import type { Db } from '#platform/db/db.ts'
import { type Trouble, withoutTrouble, withTrouble } from './trouble.ts'

/** The channel's health after a look: when it worked last, or the last trouble. */
export async function noteReceiving(db: Db, channel: string, trouble: Trouble | null, at: Date) {
  await db
    .updateTable('channels')
    .set(trouble ? withTrouble('in', trouble, at) : { last_in_at: at, ...withoutTrouble('in') })
    .where('id', '=', channel)
    .execute()
}
