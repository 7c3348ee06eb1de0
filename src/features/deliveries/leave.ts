import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import { lockMessage } from './sending.ts'

/** Messages whose undo window or "send later" has ended. */
export async function dueToLeave(db: Db, now: Date, limit = 100): Promise<string[]> {
  const { rows } = await sql<{ message: string }>`
    select message from deliveries where state in ('scheduled', 'held') and due_at <= ${now}
    group by message order by min(due_at) limit ${limit}`.execute(db)
  return rows.map(({ message }) => message)
}

type Waiting = 'scheduled' | 'held' | 'queued' | 'failed' | 'uncertain'

/**
 * Lets a message leave now: from the states named, whatever waits or has failed. The 48 hours begin anew.
 * @returns whether anything moved
 */
export async function queue(tx: Db, message: string, from: Waiting[], now: Date): Promise<boolean> {
  await lockMessage(tx, message)
  const moved = await tx
    .updateTable('deliveries')
    .set({ state: 'queued', due_at: now, first_tried_at: null, settled_at: null })
    .where('message', '=', message)
    .where('state', 'in', from)
    .returning('id')
    .execute()
  return moved.length > 0
}

/** Keeps a message back until a person decides. @returns whether anything was waiting still */
export async function hold(tx: Db, message: string): Promise<boolean> {
  await lockMessage(tx, message)
  const held = await tx
    .updateTable('deliveries')
    .set({ state: 'held', due_at: null })
    .where('message', '=', message)
    .where('state', 'in', ['scheduled', 'held'])
    .where('due_at', 'is not', null)
    .returning('id')
    .execute()
  return held.length > 0
}
