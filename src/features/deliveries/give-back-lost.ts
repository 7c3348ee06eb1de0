import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import { inTransaction } from '#platform/db/db.ts'

/**
 * Rows whose worker died between sending and noting it: nobody knows whether the server took the mail. They are
 * tried once more with the same Message-ID, which receiving servers and people take for one mail.
 * @param alive the worker of this process
 * @param underWay messages it is still sending: nothing of these is lost, however long they take
 */
export async function giveBackLost(
  db: Db,
  { now, alive, underWay }: { now: Date; alive: string; underWay: string[] },
): Promise<number> {
  return inTransaction(db, async (tx) => {
    const { rows } = await sql<{ id: string }>`
      update deliveries set state = 'uncertain', due_at = ${now} where id in (
        select id from deliveries where state = 'sending' and due_at <= ${now}
          and not (claimed_by = ${alive} and message = any(${underWay}::bigint[]))
        order by id limit 100 for update skip locked)
      returning id`.execute(tx)
    if (rows.length > 0)
      await tx
        .insertInto('delivery_attempts')
        .values(
          rows.map(({ id }) => ({
            delivery: id,
            at: now,
            state: 'uncertain',
            text: 'The process that was sending it ended before the server answered.',
          })),
        )
        .execute()
    return rows.length
  })
}
