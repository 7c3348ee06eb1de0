// Which conversations hold the words, newest first, until the page is full.
//
// No single plan is good for every word: of a common one the newest page is found by walking the newest rows, of a
// rare one by asking the index for all. Left alone the planner swings between the two at a factor of a hundred. So
// the choice is made here, from its own estimate of how many rows hold the words: few are asked of the index at once;
// many are walked in a first slice of the newest rows, and what is still missing is asked of the index in slices of
// time, each several times as wide as the last, so that bad luck costs a few slices and never the whole past.
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'

type Condition = RawBuilder<boolean>
export interface Match {
  id: string
  at: string
}
export interface Wanted {
  words: string
  /** over a conversations row `c`: visibility, filters, phrases */
  conditions: Condition[]
  /** they read the messages of every candidate */
  reads?: boolean
  limit: number
  /** the last one shown */
  after: Match | null
}

/** Where one way becomes cheaper than the other, measured at 100 000 conversations. */
export interface Tuning {
  /** up to so many rows the index is asked for all of them at once */
  few: number
  /** rows of the first slice, at least and at the most */
  shortestWalk: number
  longestWalk: number
  /** each further slice is so many times as wide as the one before */
  growth: number
}
const reading: Tuning = { few: 300, shortestWalk: 300, longestWalk: 2000, growth: 2 }
/** milliseconds for one request that reads every candidate */
const patience = 500
const measured: Tuning = { few: 1500, shortestWalk: 300, longestWalk: 4000, growth: 6 }

const both = sql`(s.words || s.comment_words)`

export interface Found {
  matches: Match[]
  /** time was over before the page was full: where to go on */
  stoppedAt: Match | null
}

/**
 * The newest `limit` matches. Fewer, with a place to go on, where every candidate has to be read and the time for one
 * request is over: two common words that never stand side by side must not keep anybody waiting for minutes.
 */
export async function findMatches(
  db: Db,
  wanted: Wanted,
  tuning: Tuning = wanted.reads ? reading : measured,
): Promise<Found> {
  const { few, shortestWalk, longestWalk, growth } = tuning
  const began = performance.now()
  const estimate = await estimated(db, wanted.words)
  if (estimate.matching <= few)
    return { matches: await matchesIn(db, wanted, null, 'index', wanted.limit), stoppedAt: null }
  const matches: Match[] = []
  let from = wanted.after
  let width = Math.min(
    longestWalk,
    Math.max(shortestWalk, Math.ceil((2 * wanted.limit * estimate.all) / estimate.matching)),
  )
  for (let way: Way = 'walk'; ; way = 'index') {
    const to = await endOfSlice(db, from, width)
    const missing = wanted.limit - matches.length
    matches.push(...(await matchesIn(db, { ...wanted, after: from }, to, way, missing)))
    if (to === null || matches.length >= wanted.limit) return { matches, stoppedAt: null }
    if (wanted.reads && performance.now() - began > patience) return { matches, stoppedAt: to }
    from = to
    width *= growth
  }
}

/** PostgreSQL's own statistics of the words, kept by ANALYZE; the question itself is not run. */
async function estimated(db: Db, words: string): Promise<{ matching: number; all: number }> {
  const plan = (rows: { 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }[]) =>
    rows[0]!['QUERY PLAN'][0].Plan['Plan Rows']
  const { rows } = await sql<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }>`
    explain (format json) select from conversation_search s where ${both} @@ ${sql.lit(words)}::tsquery`.execute(
    db,
  )
  const all = await sql<{ n: number }>`
    select greatest(reltuples, 1) as n from pg_class where oid = 'conversation_search'::regclass`.execute(db)
  return { matching: plan(rows), all: Number(all.rows[0]!.n) }
}

/** The row `width` places further into the past; null: the past ends before it. */
async function endOfSlice(db: Db, from: Match | null, width: number): Promise<Match | null> {
  const { rows } = await sql<Match>`
    select s.conversation as id, s.last_activity_at::text as at from conversation_search s
    where ${from ? older(from) : sql`true`}
    order by s.last_activity_at desc, s.conversation desc offset ${width} limit 1`.execute(db)
  return rows[0] ?? null
}

const older = (than: Match) =>
  sql<boolean>`(s.last_activity_at, s.conversation) < (${than.at}::timestamptz, ${than.id}::bigint)`
const notOlder = (than: Match) =>
  sql<boolean>`(s.last_activity_at, s.conversation) >= (${than.at}::timestamptz, ${than.id}::bigint)`

type Way = 'walk' | 'index'
async function matchesIn(
  db: Db,
  { words, conditions, after }: Wanted,
  to: Match | null,
  way: Way,
  limit: number,
): Promise<Match[]> {
  const query = sql`${words}::tsquery`
  // The function, not the operator: no index knows it, so the rows are walked in the order of their time.
  const matches =
    way === 'index'
      ? sql`${both} @@ ${query}`
      : sql`case when s.comment_words = '' then ts_match_vq(s.words, ${query}) else ts_match_vq(${both}, ${query}) end`
  const span = [...(after ? [older(after)] : []), ...(to ? [notOlder(to)] : [])]
  const slice = sql`select s.conversation, s.last_activity_at from conversation_search s
    where ${sql.join([matches, ...span], sql` and `)}`
  const order = sql`order by s.last_activity_at desc, s.conversation desc limit ${limit}`
  const { rows } = await (way === 'index'
    ? sql<Match>`with s as materialized (${slice})
        select c.id, s.last_activity_at::text as at from s join conversations c on c.id = s.conversation
        where ${sql.join(conditions, sql` and `)} ${order}`
    : sql<Match>`select c.id, s.last_activity_at::text as at
        from (${slice}) s join conversations c on c.id = s.conversation
        where ${sql.join(conditions, sql` and `)} ${order}`
  ).execute(db)
  return rows
}
