// Followers of the stream: each has its own position in the database and works through batches in order, position
// and effect in one transaction, so that every event is worked on exactly once however often a process dies.
//
// A desk has many followers and most events concern few of them: a batch is read once for all that stand at the same
// place, and who has nothing to do in it is only moved on, all of them in one statement.
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { type Db, lockSpace } from '../db/db.ts'
import { keepPlan } from '../db/kept-plans.ts'
import { newestSeq, readStream, type StreamEvent } from './events.ts'

export interface Follower {
  /** the kinds it cares about; others are passed over */
  kinds?: string[]
  /** more exactly, what it cares about; asked of these kinds only */
  wants?(event: StreamEvent): boolean
  /** start at the beginning of the stream, or at what is new when it first runs */
  from: 'beginning' | 'now'
  batch?: number
  react(tx: Db, events: StreamEvent[]): Promise<void>
}
type Followers = Record<string, Follower>

/** What lies before one follower: the events it wants, and where it stands when it has seen them. */
interface Stretch {
  name: string
  from: number
  to: number
  wanted: StreamEvent[]
}

/** Events of a batch. */
const most = 500

/** Works through one batch. @returns how many events it passed; 0 also when another process is at it */
export async function followOnce(db: Db, name: string, follower: Follower): Promise<number> {
  return followTogether(db, { [name]: follower }, (_, error) => {
    throw error
  })
}

/** The same for several; one that fails stays where it is, and the others go on. */
async function followTogether(
  db: Db,
  followers: Followers,
  onError: (name: string, error: unknown) => void,
): Promise<number> {
  const ahead = await stretchesOf(db, followers)
  const idle = ahead.filter(({ wanted }) => wanted.length === 0)
  if (idle.length > 0) await moveOn(db, idle)
  let n = idle.reduce((sum, { from, to }) => sum + to - from, 0)
  for (const stretch of ahead)
    if (stretch.wanted.length > 0)
      try {
        n += await work(db, followers[stretch.name]!, stretch)
      } catch (error) {
        onError(stretch.name, error)
      }
  return n
}

async function stretchesOf(db: Db, followers: Followers): Promise<Stretch[]> {
  const batches = new Map<number, StreamEvent[]>()
  const stretches: Stretch[] = []
  for (const [name, from] of await positionsOf(db, followers)) {
    const events = batches.get(from) ?? (await readStream(db, from, most))
    batches.set(from, events)
    const last = events.at(-1)
    if (last) stretches.push(stretchOf(name, followers[name]!, from, { events, to: last.seq }))
  }
  return stretches
}

function stretchOf(
  name: string,
  { kinds, wants, batch = most }: Follower,
  from: number,
  { events, to }: { events: StreamEvent[]; to: number },
): Stretch {
  const all = events.filter((event) => (kinds?.includes(event.kind) ?? true) && (wants?.(event) ?? true))
  const wanted = all.slice(0, batch)
  return { name, from, to: all.length > batch ? wanted.at(-1)!.seq : to, wanted }
}

async function positionsOf(db: Db, followers: Followers): Promise<Map<string, number>> {
  const names = Object.keys(followers)
  const read = async () => {
    const { rows } = await sql<{ name: string; seq: string }>`${keepPlan}
      select name, seq from stream_positions where name = any(${names}::text[])`.execute(db)
    return new Map(rows.map(({ name, seq }) => [name, Number(seq)]))
  }
  const known = await read()
  const fresh = names.filter((name) => !known.has(name))
  if (fresh.length === 0) return known
  for (const name of fresh) {
    const seq = String(followers[name]!.from === 'beginning' ? 0 : await newestSeq(db))
    await db
      .insertInto('stream_positions')
      .values({ name, seq })
      .onConflict((there) => there.doNothing())
      .execute()
  }
  return read()
}

/** Past what they do not care about, unless another process has them in hand. */
async function moveOn(db: Db, idle: Stretch[]): Promise<void> {
  const rows = JSON.stringify(idle.map(({ name, from, to }) => ({ name, from, to })))
  await sql`${keepPlan}
    with free as materialized (
      select p.name, passed.to from stream_positions p
      join jsonb_to_recordset(${rows}::jsonb) as passed(name text, "from" bigint, "to" bigint)
        on p.name = passed.name and p.seq = passed.from
      order by p.name for update of p skip locked
    )
    update stream_positions p set seq = free.to from free where p.name = free.name`.execute(db)
}

/** @returns how many events it passed */
async function work(db: Db, follower: Follower, { name, from, to, wanted }: Stretch): Promise<number> {
  // db.transaction(), not inTransaction(): see sequencer.ts; followers that write events poke the sequencer themselves.
  return db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ seq: string; got: boolean }>`${keepPlan}
      select seq, pg_try_advisory_xact_lock(${lockSpace.follower}::int, hashtext(name)) as got
      from stream_positions where name = ${name} for update skip locked`.execute(tx)
    // Another process has it in hand, or has gone on: what was read is not what lies before it now.
    if (!rows[0]?.got || Number(rows[0].seq) !== from) return 0
    await follower.react(tx, wanted)
    await sql`${keepPlan} update stream_positions set seq = ${to} where name = ${name}`.execute(tx)
    return to - from
  })
}

/** Batches begin no closer together than this; milliseconds. */
const gather = 50

export interface Following {
  /** something was sequenced */
  wake(): void
  /** until every follower stands at the end of the stream */
  settle(): Promise<void>
  close(): Promise<void>
}

export function startFollowing(
  db: Db,
  followers: Followers,
  { onError, afterBatch }: { onError(name: string, error: unknown): void; afterBatch?(): void },
): Following {
  let closed = false
  let again = false
  let lastBegan = -Infinity
  let settling = 0
  let hurry = new AbortController()
  const noPause = () => {
    hurry.abort()
    hurry = new AbortController()
  }
  let running: Promise<void> | null = null
  const failed = (name: string, error: unknown) => {
    if (!closed) onError(name, error)
  }
  async function round(): Promise<number> {
    const n = await followTogether(db, followers, failed).catch((error) => {
      failed('stream', error)
      return 0
    })
    if (n > 0 && !closed) afterBatch?.()
    return n
  }
  async function run() {
    do {
      await gathering()
      again = false
      lastBegan = performance.now()
      while ((await round()) > 0 && !closed);
    } while (again && !closed)
    running = null
  }
  /** Under load a batch holds many events; nobody who settles waits for that. */
  async function gathering() {
    const pause = lastBegan + gather - performance.now()
    if (pause <= 0 || settling > 0 || closed) return
    await wait(pause, undefined, { signal: hurry.signal }).catch(() => {})
  }
  const wake = () => {
    if (closed) return
    if (running) again = true
    else running = run()
  }
  const sweep = setInterval(wake, 5000)
  wake()
  return {
    wake,
    async settle() {
      settling += 1
      noPause()
      wake()
      while (running) await running
      settling -= 1
    },
    async close() {
      closed = true
      noPause()
      clearInterval(sweep)
      await running
    },
  }
}
