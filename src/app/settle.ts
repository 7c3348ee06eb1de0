// When is everything done that is due? What is under way is always visible in the database: events without a place,
// followers behind, jobs, due rows. The test clock goes from one due time to the next, so that work which makes new
// work due before its target finds the right time on the clock.
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import type { SharedTestClock } from '#platform/clock/shared-test-clock.ts'
import type { Db } from '#platform/db/db.ts'
import { tell } from '#platform/db/listen.ts'

/** Asks every worker to do at once what is due; used only while somebody waits for it. */
export const dueChannel = 'foyer_due'
/** How long what is due may take before the caller is told that it is not done; ms. */
const patience = 60_000
/** What some process has in hand until its lease ends by our clock. Longer than this, and that process has died; ms. */
const patienceWithOthers = 15_000
const inHand = new Set(['reading', 'sending'])

/** What is still to be done by `now`, by kind; empty when nothing is. */
export async function findPending(db: Db, followers: string[], now: Date): Promise<Record<string, number>> {
  const { rows } = await sql<Record<string, string>>`
    select
      (select count(*) from events where seq is null) as events,
      (select count(*) from stream_positions where name = any(${followers}::text[])
        and seq < (select coalesce(max(seq), 0) from events)) as followers,
      (select count(*) from graphile_worker.jobs where run_at <= now() and attempts < max_attempts) as jobs,
      (select count(*) from ledger where outcome in ('waiting', 'failed') and next_try_at <= ${now}) as ledger,
      (select count(*) from ledger where outcome = 'waiting'
        and (next_try_at > ${now} or next_try_at is null)) as reading,
      (select count(*) from deliveries
        where state in ('scheduled', 'held', 'queued', 'sending', 'uncertain') and due_at <= ${now}) as deliveries,
      (select count(*) from deliveries
        where state = 'sending' and (due_at > ${now} or due_at is null)) as sending,
      (select count(*) from conversations where snoozed_until <= ${now}) as snoozed`.execute(db)
  return Object.fromEntries(
    Object.entries(rows[0]!)
      .map(([kind, n]) => [kind, Number(n)] as const)
      .filter(([, n]) => n > 0),
  )
}

/** The next time after `now` at which something is due. */
export async function nextDue(db: Db, now: Date): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`
    select least(
      (select min(next_try_at) from ledger where outcome in ('waiting', 'failed') and next_try_at > ${now}),
      (select min(due_at) from deliveries
        where state in ('scheduled', 'held', 'queued', 'sending', 'uncertain') and due_at > ${now}),
      (select min(snoozed_until) from conversations where snoozed_until > ${now})) as at`.execute(db)
  return rows[0]!.at
}

export interface Settling {
  db: Db
  /** names of the followers of the stream */
  followers: string[]
  now(): Date
  /** does what is due in this process */
  work(): Promise<void>
}

/** Works, and has the workers work, until nothing is pending. @returns what still is when patience ends */
export async function settle({ db, followers, now, work }: Settling): Promise<Record<string, number>> {
  const began = performance.now()
  for (;;) {
    await work()
    const pending = await findPending(db, followers, now())
    const kinds = Object.keys(pending)
    const patient = kinds.every((kind) => inHand.has(kind)) ? patienceWithOthers : patience
    if (kinds.length === 0 || performance.now() - began > patient) return pending
    await tell(db, dueChannel, '')
    await wait(15)
  }
}

/** Due times that are stopped at on the way; after so many the rest is jumped over. */
const stops = 2000

/** Turns the clock to `target`, through every due time before it. @returns what is still pending */
export async function advance(settling: Settling, clock: SharedTestClock, target: Date) {
  let pending = await settle(settling)
  for (let i = 0; i < stops; i += 1) {
    const next = await nextDue(settling.db, clock.now())
    if (!next || next > target) break
    await clock.setEverywhere(next)
    pending = await settle(settling)
  }
  if (clock.now() < target) {
    await clock.setEverywhere(target)
    pending = await settle(settling)
  }
  return pending
}
