import type { Db } from '#platform/db/db.ts'

/** The channel's health after a look: when it worked last, or the last trouble in the server's words. */
export async function noteReceiving(
  db: Db,
  channel: string,
  problem: string | null,
  at: Date,
): Promise<void> {
  await db
    .updateTable('channels')
    .set(
      problem === null
        ? { last_in_at: at, last_error: null, last_error_at: null }
        : { last_error: problem.slice(0, 1000), last_error_at: at },
    )
    .where('id', '=', channel)
    .execute()
}
