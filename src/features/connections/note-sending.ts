import type { Db } from '#platform/db/db.ts'

/** The channel's health after a try: the last mail that left, or the last trouble in the server's words. */
export async function noteSending(tx: Db, channel: string, problem: string | null, at: Date): Promise<void> {
  await tx
    .updateTable('channels')
    .set(problem === null ? { last_out_at: at } : { last_error: problem.slice(0, 1000), last_error_at: at })
    .where('id', '=', channel)
    .execute()
}
