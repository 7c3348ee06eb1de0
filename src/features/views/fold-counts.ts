import { sql } from 'kysely'
import { seconds } from '#platform/clock/clock.ts'
import type { Db } from '#platform/db/db.ts'
import type { DueSource } from '#platform/due/due.ts'

/** Rows of `conversation_counts` worth folding: below this a sum over them costs nothing. */
const worthIt = 500
const atOnce = 20_000

/**
 * Folds the deltas of each place into one row. A row is either taken out and counted in again in one statement, or
 * left alone: any number of folds, writers and readers may run side by side, nobody waits for anybody.
 * @returns how many rows it took away
 */
export async function foldCounts(db: Db, least = worthIt): Promise<number> {
  const { rows } = await sql<{ taken: string; kept: string }>`
    with spare as (
      select id from conversation_counts order by id
      limit case when (select count(*) - count(distinct (inbox, team, assignee, bucket)) from conversation_counts) >= ${least}
        then ${atOnce} else 0 end
      for update skip locked
    ), taken as (
      delete from conversation_counts where id in (select id from spare) returning inbox, team, assignee, bucket, n
    ), kept as (
      insert into conversation_counts (inbox, team, assignee, bucket, n)
      select inbox, team, assignee, bucket, sum(n) from taken group by inbox, team, assignee, bucket
      having sum(n) <> 0 returning 1
    )
    select (select count(*) from taken) as taken, (select count(*) from kept) as kept`.execute(db)
  return Number(rows[0]!.taken) - Number(rows[0]!.kept)
}

/** Looks every ten seconds. Housekeeping is never "due": whoever waits for what is due does not wait for it. */
export function foldingSource(db: Db): DueSource {
  let last = 0
  return async (now) => {
    if (now.getTime() - last < seconds(10)) return 0
    last = now.getTime()
    await foldCounts(db)
    return 0
  }
}
