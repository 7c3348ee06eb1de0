// Which agents have the console open anywhere, for those who are told by mail when they do not. Every process says it of
// its own sockets and renews it; what a killed one left runs out. The times are the database server's own: what is
// measured is a connection, not the desk's time.
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'

const renewEvery = 20_000
const forgetAfter = sql`interval '60 seconds'`

export interface Seats {
  /** the agents with a socket in this process now */
  set(agents: ReadonlySet<string>): void
  close(): Promise<void>
}

export function openSeats(db: Db, onError: (error: unknown) => void): Seats {
  const process = randomUUID()
  let seated: ReadonlySet<string> = new Set()
  let turn: Promise<unknown> = Promise.resolve()
  const write = () => {
    turn = turn.then(() => renew(db, process, [...seated])).catch(onError)
    return turn
  }
  const timer = setInterval(() => seated.size > 0 && void write(), renewEvery)
  return {
    set(agents) {
      const same = agents.size === seated.size && [...agents].every((agent) => seated.has(agent))
      seated = agents
      if (!same) void write()
    },
    async close() {
      clearInterval(timer)
      seated = new Set()
      await write()
    },
  }
}

const renew = (db: Db, process: string, agents: string[]) =>
  sql`with gone as (
      delete from live_seats where process = ${process} and agent <> all(${agents}::bigint[])
        or heard_at < now() - interval '1 day')
    insert into live_seats (process, agent, heard_at)
    select ${process}, a.id, now() from agents a where a.id = any(${agents}::bigint[])
    on conflict (process, agent) do update set heard_at = now()`.execute(db)

/** Whether this agent has the console open in any browser. */
export async function isSeated(db: Db, agent: string): Promise<boolean> {
  const { rows } = await sql`
    select from live_seats where agent = ${agent} and heard_at > now() - ${forgetAfter} limit 1`.execute(db)
  return rows.length > 0
}
