// When is everything done that is due? What is under way is always visible in the database: events without a place,
// followers behind, jobs, due rows. The test clock goes from one due time to the next, so that work which makes new
// work due before its target finds the right time on the clock.
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { after } from '#platform/clock/clock.ts'
import type { SharedTestClock } from '#platform/clock/shared-test-clock.ts'
import type { Db } from '#platform/db/db.ts'
import { tell } from '#platform/db/listen.ts'
import type { DueKind, DueRows } from '#platform/due/due.ts'

/** Asks every worker to do at once what is due; used only while somebody waits for it. */
export const dueChannel = 'foyer_due'
/** How long what is due may take before the caller is told that it is not done; ms. */
const patience = 60_000
/** What some process has in hand until its lease ends by our clock. Longer than this, and that process has died; ms. */
const patienceWithOthers = 15_000
const inHand = ' in hand'

type Rows = Record<string, Pick<DueKind, 'rows'>>

/** What is still to be done by `now`, by kind; empty when nothing is. */
export async function findPending(
  db: Db,
  followers: string[],
  kinds: Rows,
  now: Date,
): Promise<Record<string, number>> {
  const counts = [
    sql`select 'events' as kind, count(*) as n from events where seq is null`,
    sql`select 'followers', count(*) from stream_positions where name = any(${followers}::text[])
      and seq < (select coalesce(max(seq), 0) from events)`,
    sql`select 'jobs', count(*) from graphile_worker.jobs where run_at <= now() and attempts < max_attempts`,
  ]
  for (const { name, rows, delay } of await waiting(kinds)) {
    const { from, where, at } = rows
    counts.push(sql`select ${name}, count(*) from ${from} where ${where} and ${at} <= ${after(now, -delay)}`)
    if (rows.inHand)
      counts.push(sql`select ${name + inHand}, count(*) from ${from}
        where ${rows.inHand} and (${at} > ${now} or ${at} is null)`)
  }
  const { rows } = await sql<{ kind: string; n: string }>`${sql.join(counts, sql` union all `)}`.execute(db)
  return Object.fromEntries(rows.map(({ kind, n }) => [kind, Number(n)] as const).filter(([, n]) => n > 0))
}

/** The next time after `now` at which something is due. */
export async function nextDue(db: Db, kinds: Rows, now: Date): Promise<Date | null> {
  const all = await waiting(kinds)
  const firsts = all.map(
    ({ name, rows: { from, where, at }, delay }) =>
      sql`select ${name} as kind, min(${at}) as at from ${from} where ${where} and ${at} > ${after(now, -delay)}`,
  )
  if (firsts.length === 0) return null
  const { rows } = await sql<{
    kind: string
    at: Date | null
  }>`${sql.join(firsts, sql` union all `)}`.execute(db)
  const times = all.flatMap(({ name, rows: { grain = 1 }, delay }) => {
    const at = rows.find(({ kind }) => kind === name)?.at
    return at ? [Math.ceil((at.getTime() + delay) / grain) * grain] : []
  })
  return times.length > 0 ? new Date(Math.min(...times)) : null
}

/** The kinds with rows that wait, and how long after the time in the row each is due. */
async function waiting(kinds: Rows): Promise<{ name: string; rows: DueRows; delay: number }[]> {
  const all: { name: string; rows: DueRows; delay: number }[] = []
  for (const [name, { rows }] of Object.entries(kinds))
    if (rows) all.push({ name, rows, delay: (await rows.delay?.()) ?? 0 })
  return all
}

export interface Settling {
  db: Db
  /** names of the followers of the stream */
  followers: string[]
  /** everything that happens later */
  kinds: Rows
  now(): Date
  /** does what is due in this process */
  work(): Promise<void>
}

/** Works, and has the workers work, until nothing is pending. @returns what still is when patience ends */
export async function settle({ db, followers, kinds, now, work }: Settling): Promise<Record<string, number>> {
  const began = performance.now()
  for (;;) {
    await work()
    const pending = await findPending(db, followers, kinds, now())
    const left = Object.keys(pending)
    const patient = left.every((kind) => kind.endsWith(inHand)) ? patienceWithOthers : patience
    if (left.length === 0 || performance.now() - began > patient) return pending
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
    const next = await nextDue(settling.db, settling.kinds, clock.now())
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
