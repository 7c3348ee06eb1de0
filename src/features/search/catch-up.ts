// A question about words waits a moment for the index when something has just been written: the list that is asked
// again because a mail came in has to find that mail.
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { type Db, isDatabaseAway } from '#platform/db/db.ts'
import { followOnce } from '#platform/events/follow.ts'
import { sequence } from '#platform/events/sequencer.ts'
import { searchFollower } from './index-conversations.ts'

/** milliseconds; while a crowd of mails comes in, what is a little behind is better than nothing for long */
const patience = 250

/** A few events at a time, so that patience is looked at between them. */
const inSteps = { ...searchFollower, batch: 50 }

/** Brings the index to the end of the stream as far as that takes hardly longer than `patience`. */
export async function catchUp(db: Db): Promise<void> {
  if (db.isTransaction) return
  const until = performance.now() + patience
  try {
    while (performance.now() < until && (await isBehind(db))) {
      // What is committed may not have its place in the stream yet.
      await sequence(db)
      // Another process is at it: its batch is ours too.
      if ((await followOnce(db, 'search', inSteps)) === 0) await wait(10)
    }
  } catch (error) {
    if (isDatabaseAway(error)) throw error
    // The index cannot go on; its follower reports that. What is found without the newest is better than nothing.
  }
}

async function isBehind(db: Db): Promise<boolean> {
  const { rows } = await sql<{ behind: boolean }>`
    select exists (select from events where seq is null) or coalesce((select max(seq) from events) > (select seq from stream_positions where name = 'search'), false) as behind`.execute(
    db,
  )
  return rows[0]!.behind
}
