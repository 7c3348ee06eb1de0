import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'

/** Whether the folder of sent mail that is to be watched is there; the first time it was missing stays. */
export async function noteSentFolder(db: Db, channel: string, isThere: boolean, at: Date): Promise<void> {
  await db
    .updateTable('channels')
    .set({ no_sent_since: isThere ? null : sql<Date>`coalesce(no_sent_since, ${at})` })
    .where('id', '=', channel)
    .where('no_sent_since', isThere ? 'is not' : 'is', null)
    .execute()
}
