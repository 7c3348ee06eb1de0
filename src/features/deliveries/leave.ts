import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import { keepPlan } from '#platform/db/kept-plans.ts'
import type { DueRows } from '#platform/due/due.ts'
import { lockMessage } from './sending.ts'

export const toLeave: DueRows = {
  from: sql`deliveries`,
  where: sql`state in ('scheduled', 'held')`,
  at: sql`due_at`,
}

/** Messages whose undo window or "send later" has ended. */
export async function dueToLeave(db: Db, now: Date, limit = 100): Promise<string[]> {
  const { rows } = await sql<{ message: string }>`
    select message from deliveries where state in ('scheduled', 'held') and due_at <= ${now}
    group by message order by min(due_at) limit ${limit}`.execute(db)
  return rows.map(({ message }) => message)
}

/** Messages of a conversation that wait for their time and stop when somebody outside writes. */
export async function waitingIn(tx: Db, conversation: string): Promise<string[]> {
  const { rows } = await sql<{ message: string }>`${keepPlan}
    select m.id as message from messages m
    where m.conversation = ${conversation} and m.direction = 'out' and m.unless_customer_writes and exists (
      select from deliveries d
      where d.message = m.id and d.state in ('scheduled', 'held') and d.due_at is not null)
    order by m.id`.execute(tx)
  return rows.map(({ message }) => message)
}

/** Its time has come. @returns false: it was undone, held or released meanwhile */
export async function leave(tx: Db, message: string, now: Date): Promise<boolean> {
  await lockMessage(tx, message)
  const moved = await tx
    .updateTable('deliveries')
    .set({ state: 'queued', due_at: now })
    .where('message', '=', message)
    .where('state', 'in', ['scheduled', 'held'])
    .where('due_at', '<=', now)
    .returning('id')
    .execute()
  return moved.length > 0
}

/**
 * A person lets it go now: what is held, waits for its time or its next try, has failed or came back. The 48 hours
 * begin anew. @returns how many recipients it goes to
 */
export async function release(tx: Db, message: string, now: Date): Promise<number> {
  await lockMessage(tx, message)
  const moved = await tx
    .updateTable('deliveries')
    .set({ state: 'queued', due_at: now, first_tried_at: null, settled_at: null })
    .where('message', '=', message)
    .where('state', 'in', ['scheduled', 'held', 'queued', 'uncertain', 'failed', 'bounced'])
    .returning('id')
    .execute()
  return moved.length
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
