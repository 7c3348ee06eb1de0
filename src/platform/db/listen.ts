// What processes tell each other through PostgreSQL: one LISTEN connection per process, shared by everybody who
// wants to hear. NOTIFY is a wake-up, never the news itself: what was said while the connection was down is lost,
// so each listener reads from the tables where it stood whenever the wire has been opened anew.
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import pg from 'pg'
import type { Db } from './db.ts'

export interface Wire {
  /** Hears `channel`; returns the way to stop. */
  on(channel: string, hear: (payload: string) => void): () => void
  /** Runs each time the wire has been opened: at first and after a break. Runs at once when it is open already. */
  onOpen(handler: () => void): () => void
  close(): Promise<void>
}

/** The name of the listening connections in pg_stat_activity: one per process of this desk. */
export const wireName = 'foyer wire'
/** How often an open wire is tried, so that a dead network is noticed; ms. */
const heartbeat = 15_000

/** Says something to every process, this one too, when `db`'s transaction commits. At most 8000 bytes. */
export async function tell(db: Db, channel: string, payload: string): Promise<void> {
  await sql`select pg_notify(${channel}, ${payload})`.execute(db)
}

export function openWire(url: string): Wire {
  const closing = new AbortController()
  const hearers = new Map<string, Set<(payload: string) => void>>()
  const openers = new Set<() => void>()
  let client: pg.Client | undefined
  let open = false

  // pg takes one query at a time.
  let turn: Promise<unknown> = Promise.resolve()
  function ask(query: string): Promise<unknown> {
    const asked = client
    const answer = turn.then(() => asked?.query(query))
    turn = answer.catch(() => {})
    return answer
  }
  const listenTo = (channel: string) => ask(`listen ${pg.escapeIdentifier(channel)}`)
  /** Connects; the answer's `broken` is fulfilled when the connection is gone. */
  async function connect(): Promise<{ broken: Promise<void> }> {
    client = new pg.Client({
      connectionString: url,
      application_name: wireName,
      keepAlive: true,
      connectionTimeoutMillis: 5000,
      query_timeout: 5000,
    })
    const connection = client
    const broken = new Promise<void>((resolve) => {
      // It may say so twice (the server's last words, then the end): the second one must not end the process.
      connection.on('error', () => resolve())
      connection.once('end', () => resolve())
    })
    connection.on('notification', ({ channel, payload }) => {
      for (const hear of hearers.get(channel) ?? []) hear(payload ?? '')
    })
    await connection.connect()
    for (const channel of hearers.keys()) await listenTo(channel)
    // In the same tick as the last round: a channel added later is listened to by on().
    open = true
    return { broken }
  }
  async function untilBroken(broken: Promise<void>) {
    const watch = setInterval(() => {
      ask('select 1').catch(() => client?.end().catch(() => {}))
    }, heartbeat)
    await broken
    clearInterval(watch)
  }
  const loop = (async () => {
    for (let pause = 100; !closing.signal.aborted; pause = Math.min(pause * 2, 3000)) {
      try {
        const { broken } = await connect()
        pause = 100
        for (const handler of openers) handler()
        await untilBroken(broken)
      } catch {
        // the database is away: tried again below
      }
      open = false
      await client?.end().catch(() => {})
      await wait(pause, undefined, { signal: closing.signal }).catch(() => {})
    }
  })()
  return {
    on(channel, hear) {
      const known = hearers.get(channel)
      const all = known ?? new Set()
      hearers.set(channel, all.add(hear))
      if (!known && open) listenTo(channel).catch(() => client?.end().catch(() => {}))
      return () => all.delete(hear)
    },
    onOpen(handler) {
      openers.add(handler)
      if (open) handler()
      return () => openers.delete(handler)
    },
    async close() {
      closing.abort()
      await client?.end().catch(() => {})
      await loop
    },
  }
}
