// Followers of the stream: each has its own position in the database and works through batches in order, position
// and effect in one transaction, so that every event is worked on exactly once however often a process dies.
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { type Db, lockSpace } from '../db/db.ts'
import { newestSeq, readStream, type StreamEvent } from './events.ts'

export interface Follower {
  /** the kinds it cares about; others are passed over */
  kinds?: string[]
  /** start at the beginning of the stream, or at what is new when it first runs */
  from: 'beginning' | 'now'
  batch?: number
  react(tx: Db, events: StreamEvent[]): Promise<void>
}

/** Works through one batch. @returns how many events it passed; 0 also when another process is at it */
export async function followOnce(db: Db, name: string, follower: Follower): Promise<number> {
  // db.transaction(), not inTransaction(): see sequencer.ts; followers that write events poke the sequencer themselves.
  return db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ got: boolean }>`
      select pg_try_advisory_xact_lock(${lockSpace.follower}::int, hashtext(${name})) as got`.execute(tx)
    if (!rows[0]!.got) return 0
    const known = await tx
      .selectFrom('stream_positions')
      .select('seq')
      .where('name', '=', name)
      .executeTakeFirst()
    const position = known ? Number(known.seq) : follower.from === 'beginning' ? 0 : await newestSeq(tx)
    const events = await readStream(tx, position, follower.batch ?? 500)
    if (events.length === 0 && known) return 0
    const wanted = follower.kinds ? events.filter((event) => follower.kinds!.includes(event.kind)) : events
    if (wanted.length > 0) await follower.react(tx, wanted)
    const seq = String(events.at(-1)?.seq ?? position)
    await tx
      .insertInto('stream_positions')
      .values({ name, seq })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ seq }))
      .execute()
    return events.length
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
  followers: Record<string, Follower>,
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
  async function round(): Promise<number> {
    let n = 0
    for (const [name, follower] of Object.entries(followers)) {
      try {
        n += await followOnce(db, name, follower)
      } catch (error) {
        if (!closed) onError(name, error)
      }
      if (closed) return 0
    }
    if (n > 0) afterBatch?.()
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
