import { sql } from 'kysely'
import { after, hours, minutes } from '#platform/clock/clock.ts'
import { type Db, inTransaction, json } from '#platform/db/db.ts'

export interface Settlement {
  outcome: 'threaded' | 'started' | 'comment' | 'bounce' | 'ignored'
  reason?: string | null
  conversation?: string | null
  item?: string | null
  /** the ledger row of the first one, when this is its duplicate */
  duplicateOf?: string | null
  messageId: string | null
  from: string | null
  subject: string | null
  /** how it was understood, for the mail log: finder, author, automatic … */
  verdict?: Record<string, unknown>
}

/** The outcome, in the transaction of what it says. */
export async function settle(tx: Db, id: string, now: Date, settlement: Settlement): Promise<void> {
  await tx
    .updateTable('ledger')
    .set({
      outcome: settlement.outcome,
      reason: settlement.reason ?? null,
      settled_at: now,
      next_try_at: null,
      conversation: settlement.conversation ?? null,
      item: settlement.item ?? null,
      duplicate_of: settlement.duplicateOf ?? null,
      message_id: settlement.messageId,
      from_address: settlement.from,
      subject: settlement.subject,
      verdict: json(settlement.verdict ?? {}),
    })
    .where('id', '=', id)
    .execute()
}

/** The first try and three more. */
export const maxTries = 4
const pauses = [minutes(1), minutes(10), hours(1)]

/** A try that failed: noted, and another one is due; after the last the message is quarantined. */
export async function fail(db: Db, id: string, tries: number, now: Date, error: string): Promise<void> {
  if (tries >= maxTries) return quarantine(db, id, tries, now, error)
  await inTransaction(db, async (tx) => {
    await noteTry(tx, id, tries, now, error)
    await tx
      .updateTable('ledger')
      .set({ outcome: 'failed', reason: error.slice(0, 1000), next_try_at: after(now, pauses[tries - 1]!) })
      .where('id', '=', id)
      .where('outcome', 'in', ['waiting', 'failed'])
      .execute()
  })
}

/** It stays in the mail log with its reason and its source; a person may retry it. */
export async function quarantine(
  db: Db,
  id: string,
  tries: number,
  now: Date,
  reason: string,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    await noteTry(tx, id, tries, now, reason)
    await tx
      .updateTable('ledger')
      .set({ outcome: 'quarantined', reason: reason.slice(0, 1000), next_try_at: null, settled_at: now })
      .where('id', '=', id)
      .where('outcome', 'in', ['waiting', 'failed'])
      .execute()
  })
}

async function noteTry(tx: Db, ledger: string, number: number, at: Date, error: string): Promise<void> {
  await sql`
    insert into ledger_tries (ledger, try, at, error) values (${ledger}, ${number}, ${at}, ${error.slice(0, 4000)})
    on conflict (ledger, try) do update set at = excluded.at, error = excluded.error`.execute(tx)
}
