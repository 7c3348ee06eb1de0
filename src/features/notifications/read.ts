import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import { appendAll } from '#platform/events/events.ts'

/** Reads what waits for an agent, all of it or what is about one conversation. */
export async function read(tx: Db, agent: string, now: Date, conversation?: number): Promise<void> {
  const { rows } = await sql`
    update notifications set read_at = ${now} where agent = ${agent} and read_at is null
      ${conversation === undefined ? sql`` : sql`and conversation = ${conversation}`} returning id`.execute(
    tx,
  )
  if (rows.length > 0) await tellRead(tx, [agent], now)
}

/** His other tabs and devices learn of it. */
export const tellRead = (tx: Db, agents: string[], at: Date): Promise<void> =>
  appendAll(
    tx,
    agents.map((agent) => ({
      at,
      actor: { kind: 'agent' as const, id: agent },
      kind: 'notifications_read',
      after: { agent },
    })),
  )
