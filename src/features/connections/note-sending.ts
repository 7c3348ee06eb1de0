import type { Db } from '#platform/db/db.ts'
import { type Trouble, withoutTrouble, withTrouble } from './trouble.ts'

/** The channel's health after a try: the last mail that left, or the last trouble. */
export async function noteSending(tx: Db, channel: string, trouble: Trouble | null, at: Date) {
  await tx
    .updateTable('channels')
    .set(trouble ? withTrouble('out', trouble, at) : { last_out_at: at, ...withoutTrouble('out') })
    .where('id', '=', channel)
    .execute()
}
