import { sql } from 'kysely'
import { after, hours, minutes } from '#platform/clock/clock.ts'
import { type Db, inTransaction } from '#platform/db/db.ts'
import { keepPlan } from '#platform/db/kept-plans.ts'
import { append, system } from '#platform/events/events.ts'
import { keepable } from '#shared/text/keepable.ts'

export interface Settlement {
  /** the ledger row */
  ledger: string
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

/** The outcomes, in the transaction of what they say. */
export async function settle(tx: Db, now: Date, settlements: Settlement[]): Promise<void> {
  if (settlements.length === 0) return
  const rows = settlements.map(({ verdict = {}, ...settlement }) => ({ ...settlement, verdict }))
  const { rows: settled } = await sql<{
    ledger: string
    inbox: string
    outcome: string
    reason: string
  }>`${keepPlan}
    update ledger l set outcome = s.outcome, reason = s.reason, settled_at = ${now}, next_try_at = null,
      conversation = s.conversation, item = s.item, duplicate_of = s."duplicateOf", message_id = s."messageId",
      from_address = s."from", subject = s.subject, verdict = s.verdict
    from json_to_recordset(${JSON.stringify(rows)}::json) as s(ledger bigint, outcome text, reason text,
      conversation bigint, item bigint, "duplicateOf" bigint, "messageId" text, "from" text, subject text, verdict jsonb)
    where l.id = s.ledger returning l.id as ledger, l.inbox, l.outcome, l.reason`.execute(tx)
  for (const { outcome, ...after } of settled)
    if (outcome === 'quarantined')
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

/** The house could not work on it: it waits a minute, and the try does not count. */
export async function postpone(
  db: Db,
  { id, tries, at }: Pick<FailedTry, 'id' | 'tries' | 'at'>,
): Promise<void> {
  await sql`update ledger set tries = greatest(tries - 1, 0), next_try_at = ${after(at, minutes(1))}
    where id = ${id} and tries = ${tries} and outcome in ('waiting', 'failed')`.execute(db)
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
      insert into ledger_tries (ledger, try, at, error) values (${id}, ${tries}, ${at}, ${keepable(reason, 4000)})
      on conflict (ledger, try) do update set at = excluded.at, error = excluded.error`.execute(tx)
    const settled = await tx
      .updateTable('ledger')
      .set({
        ...becomes,
        reason: keepable(reason, 1000),
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
        after: { ledger: id, inbox: settled.inbox, reason: keepable(reason, 1000) },
      })
  })
}
