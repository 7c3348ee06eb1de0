// Rows whose worker died between sending and noting it: nobody knows whether the server took the mail. They are tried
// once more with the same Message-ID, which receiving servers and people take for one mail; a second time a person
// decides.
import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import { lockMessage } from './sending.ts'
import { noteAttempt, type Settled, unknown, wasUncertain } from './settle.ts'

export interface Living {
  now: Date
  /** the worker of this process */
  alive: string
  /** messages it is still sending: nothing of these is lost, however long they take */
  underWay: string[]
}

const isLost = ({ now, alive, underWay }: Living) => sql<boolean>`
  state = 'sending' and due_at <= ${now} and not (claimed_by = ${alive} and message = any(${underWay}::bigint[]))`

/** Messages with recipients whose worker is gone. */
export async function lostMessages(db: Db, living: Living): Promise<string[]> {
  const { rows } = await sql<{ message: string }>`
    select distinct message from deliveries where ${isLost(living)} limit 100`.execute(db)
  return rows.map(({ message }) => message)
}

/** Gives one of them back. Lock its conversation before. @returns what that means for its recipients */
export async function giveBack(tx: Db, message: string, living: Living): Promise<Settled> {
  await lockMessage(tx, message)
  const { rows } = await sql<{ id: string; recipient: string }>`
    select id, recipient from deliveries where message = ${message} and ${isLost(living)} order by id`.execute(
    tx,
  )
  const settled: Settled = { sent: [], failed: [], waiting: [] }
  for (const { id, recipient } of rows) {
    const cut = { recipient, outcome: 'uncertain' as const, code: null, text: '' }
    const failed = await wasUncertain(tx, id)
    const outcome = failed ? unknown(cut) : { ...cut, own: { key: 'sending:attempt.cut' } }
    await tx
      .updateTable('deliveries')
      .set(
        failed
          ? { state: 'failed', due_at: null, settled_at: living.now }
          : { state: 'uncertain', due_at: living.now },
      )
      .where('id', '=', id)
      .execute()
    await noteAttempt(tx, id, failed ? 'failed' : 'uncertain', outcome, living.now)
    settled[failed ? 'failed' : 'waiting'].push(outcome)
  }
  return settled
}
