import { sql } from 'kysely'
import { after, minutes } from '#platform/clock/clock.ts'
import type { Db } from '#platform/db/db.ts'
import { inTransaction } from '#platform/db/db.ts'
import type { DueRows } from '#platform/due/due.ts'

export interface ClaimedRecipient {
  delivery: string
  recipient: string
  role: 'to' | 'cc' | 'bcc'
  /** this try counted in */
  attempts: number
  firstTriedAt: Date
}
/** A message's due recipients, ours alone until settled or until the lease ends. */
export interface Claim {
  message: string
  channel: string | null
  by: string
  recipients: ClaimedRecipient[]
}

/** A try that takes longer is given up; a row that stands in `sending` longer has lost its worker. */
export const lease = minutes(5)

export const toBeSent: DueRows = {
  from: sql`deliveries`,
  where: sql`state in ('queued', 'sending', 'uncertain')`,
  at: sql`due_at`,
  inHand: sql`state = 'sending'`,
}

/** Channels (null: the test mailbox alone) with something to send. */
export async function dueChannels(db: Db, now: Date): Promise<(string | null)[]> {
  const { rows } = await sql<{ channel: string | null }>`
    select distinct channel from deliveries where state in ('queued', 'uncertain') and due_at <= ${now}`.execute(
    db,
  )
  return rows.map(({ channel }) => channel)
}

/**
 * Takes the next message of a channel for one worker. The message's row is what workers contend for, so that its
 * recipients travel together in one transaction of the server's.
 * @returns null when nothing is due, or others took it
 */
export async function claim(
  db: Db,
  { channel, by, now }: { channel: string | null; by: string; now: Date },
): Promise<Claim | null> {
  return inTransaction(db, async (tx) => {
    const { rows: next } = await sql<{ message: string }>`
      select m.id as message from deliveries d join messages m on m.id = d.message
      where d.state in ('queued', 'uncertain') and d.due_at <= ${now} and d.channel is not distinct from ${channel}
      order by d.due_at, d.id limit 1 for no key update of m skip locked`.execute(tx)
    if (!next[0]) return null
    const rows = await tx
      .updateTable('deliveries')
      .set((column) => ({
        state: 'sending',
        claimed_by: by,
        claimed_at: now,
        due_at: after(now, lease),
        attempts: column('attempts', '+', 1),
        first_tried_at: column.fn.coalesce('first_tried_at', sql<Date>`${now}`),
      }))
      .where('message', '=', next[0].message)
      .where('state', 'in', ['queued', 'uncertain'])
      .where('due_at', '<=', now)
      .returning(['id', 'recipient', 'role', 'attempts', 'first_tried_at'])
      .execute()
    if (rows.length === 0) return null
    const recipients = rows.map((row) => ({
      delivery: row.id,
      recipient: row.recipient,
      role: row.role,
      attempts: row.attempts,
      firstTriedAt: row.first_tried_at ?? now,
    }))
    return { message: next[0].message, channel, by, recipients }
  })
}
