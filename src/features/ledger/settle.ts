import { sql } from 'kysely'
import { after, hours, minutes } from '#platform/clock/clock.ts'
import { type Db, inTransaction, json } from '#platform/db/db.ts'
import { append, system } from '#platform/events/events.ts'

export interface Settlement {
  outcome: 'threaded' | 'started' | 'comment' | 'bounce' | 'ignored' | 'quarantined'
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
  const { inbox } = await tx
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
    .returning('inbox')
    .executeTakeFirstOrThrow()
  if (settlement.outcome !== 'quarantined') return
  const after = { ledger: id, inbox, reason: settlement.reason }
  await append(tx, { at: now, actor: system, kind: 'mail_quarantined', after })
}

/** The first try and three more. */
export const maxTries = 4
const pauses = [minutes(1), minutes(10), hours(1)]

export interface FailedTry {
  id: string
  /** the number of the try */
  tries: number
  at: Date
  reason: string
  /** as far as they could be read, for the mail log */
  from?: string | null
  subject?: string | null
}

/** A try that failed: noted, and another one is due; after the last the message is quarantined. */
export async function fail(db: Db, failed: FailedTry): Promise<void> {
  const pause = pauses[failed.tries - 1]
  if (pause === undefined) return quarantine(db, failed)
  await note(db, failed, { outcome: 'failed', next_try_at: after(failed.at, pause) })
}

/** It stays in the mail log with its reason and its source; a person may retry it. */
export async function quarantine(db: Db, failed: FailedTry): Promise<void> {
  await note(db, failed, { outcome: 'quarantined', next_try_at: null, settled_at: failed.at })
}

async function note(
  db: Db,
  { id, tries, at, reason, from, subject }: FailedTry,
  becomes: { outcome: 'failed' | 'quarantined'; next_try_at: Date | null; settled_at?: Date },
): Promise<void> {
  await inTransaction(db, async (tx) => {
    await sql`
      insert into ledger_tries (ledger, try, at, error) values (${id}, ${tries}, ${at}, ${clean(reason, 4000)})
      on conflict (ledger, try) do update set at = excluded.at, error = excluded.error`.execute(tx)
    const settled = await tx
      .updateTable('ledger')
      .set({
        ...becomes,
        reason: clean(reason, 1000),
        ...(from ? { from_address: from } : {}),
        ...(subject ? { subject } : {}),
      })
      .where('id', '=', id)
      .where('outcome', 'in', ['waiting', 'failed'])
      .returning('inbox')
      .executeTakeFirst()
    if (settled)
      await append(tx, {
        at,
        actor: system,
        kind: `mail_${becomes.outcome}`,
        after: { ledger: id, inbox: settled.inbox, reason: clean(reason, 1000) },
      })
  })
}

/** Error texts quote what they failed on; PostgreSQL takes no NUL. */
const clean = (text: string, most: number) => text.slice(0, most).replaceAll('\0', '').toWellFormed()
