// The alarm: what the doors counted against the rows there are, looked at every few minutes and kept as a setting, so
// that every process and every administrator sees the same. One difference is told once, and again when it changes.
import { sql } from 'kysely'
import { minutes } from '#platform/clock/clock.ts'
import { type Db, inTransaction, json } from '#platform/db/db.ts'
import type { DueSource } from '#platform/due/due.ts'
import { append, system } from '#platform/events/events.ts'
import { clearSetting, readSetting, writeSetting } from '#platform/settings/settings.ts'
import type { LedgerAlarm } from './ledger.contract.ts'
import { sums } from './sums.ts'

/** Counting a million rows takes a while: not at every turn of the loop. */
const pause = minutes(5)
const key = 'ledger alarm'

/** @param tell carries a new or another difference to the administrators, in the same transaction */
export function watchLedger(db: Db, tell: (tx: Db, alarm: LedgerAlarm) => Promise<void>): DueSource {
  let looked = Number.NEGATIVE_INFINITY
  return async (now) => {
    if (Math.abs(now.getTime() - looked) < pause) return 0
    looked = now.getTime()
    await look(db, now, tell)
    return 0
  }
}

/** Counts now; @returns the alarm as it stands then, null in health. */
export async function look(
  db: Db,
  now: Date,
  tell: (tx: Db, alarm: LedgerAlarm) => Promise<void>,
): Promise<LedgerAlarm | null> {
  // The demo counts for itself, and while it is filled its rows come before their count.
  const { received, outgoing } = await sums(db)
  const differences = { received: received.difference, outgoing: outgoing.difference }
  const well = received.difference === 0 && outgoing.difference === 0
  return inTransaction(db, async (tx) => {
    // Two processes that look at once tell it once.
    await sql`select pg_advisory_xact_lock(hashtext('ledger alarm'))`.execute(tx)
    const before = await alarmOf(tx)
    if (well) {
      if (before) {
        await clearSetting(tx, key)
        await append(tx, { at: now, actor: system, kind: 'ledger_agrees' })
      }
      return null
    }
    if (before?.received === differences.received && before.outgoing === differences.outgoing) return before
    const alarm: LedgerAlarm = { since: before?.since ?? now.toISOString(), ...differences, seen: null }
    await writeSetting(tx, key, alarm)
    await append(tx, { at: now, actor: system, kind: 'ledger_differs', after: differences })
    await tell(tx, alarm)
    return alarm
  })
}

export const alarmOf = async (db: Db): Promise<LedgerAlarm | null> =>
  (await readSetting(db, key)) as LedgerAlarm | null

/** An administrator has seen it: the banner goes until the difference changes. The mail log goes on to say it. */
export async function markSeen(tx: Db, by: { name: string; at: Date }): Promise<LedgerAlarm | null> {
  const seen = { by: by.name, at: by.at.toISOString() }
  await tx
    .updateTable('settings')
    .set({ value: sql`value || ${json({ seen })}` })
    .where('key', '=', key)
    .execute()
  await append(tx, { at: by.at, actor: system, kind: 'ledger_alarm_seen' })
  return alarmOf(tx)
}
