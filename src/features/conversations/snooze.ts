import { sql } from 'kysely'
import { type Db, inTransaction } from '#platform/db/db.ts'
import type { DueRows, DueSource } from '#platform/due/due.ts'
import { refuseField } from '#platform/errors/refuse.ts'
import { system } from '#platform/events/events.ts'
import { asCategory, type By, type ConversationRow, changeLocked, lock, refuseFinished } from './change.ts'

/** Out of sight until then, or until the customer writes. A closed one is open again, asleep. */
export async function snooze(tx: Db, row: ConversationRow, until: Date, by: By): Promise<ConversationRow> {
  refuseFinished(row)
  if (until <= by.at) refuseField('until', 'in_past')
  const open = row.category === 'solved' ? asCategory(row, 'open', by.actor, by.at) : {}
  const set = {
    ...open,
    snoozed_until: until,
    snoozed_by: by.actor.kind === 'agent' ? by.actor.id : null,
  }
  return (await changeLocked(tx, row, { ...by, kind: 'snoozed', set })).row
}

/** Back among the open ones, by hand or because its time has come. */
export async function wake(tx: Db, row: ConversationRow, by: By): Promise<ConversationRow> {
  if (row.snoozed_until === null) return row
  refuseFinished(row)
  const set = { snoozed_until: null, snoozed_by: null }
  return (await changeLocked(tx, row, { ...by, kind: 'snooze_ended', set })).row
}

export const snoozed: DueRows = {
  from: sql`conversations`,
  where: sql`merged_into is null`,
  at: sql`snoozed_until`,
}

/** Other things are due as well: they take turns. */
const atOnce = 200

/** Wakes what is due, one conversation per transaction; any number of processes share the work. */
export const wakeDue =
  (db: Db): DueSource =>
  async (now) => {
    let n = 0
    while (n < atOnce && (await inTransaction(db, (tx) => wakeNext(tx, now)))) n += 1
    return n
  }

async function wakeNext(tx: Db, now: Date): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    select id from conversations where snoozed_until <= ${now} and merged_into is null
    order by snoozed_until limit 1 for update skip locked`.execute(tx)
  const due = rows[0]
  if (!due) return false
  const row = await lock(tx, due.id)
  await wake(tx, row, { actor: system, at: now })
  return true
}
