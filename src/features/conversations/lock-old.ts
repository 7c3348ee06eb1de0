// What has been closed for a month locks: the customer's next words start a linked conversation.
import { sql } from 'kysely'
import { after, days } from '#platform/clock/clock.ts'
import { type Db, inTransaction } from '#platform/db/db.ts'
import type { DueRows, DueSource } from '#platform/due/due.ts'
import { system } from '#platform/events/events.ts'
import { asCategory, changeLocked, lock } from './change.ts'

/** The setting that says after how many days. */
const lockSetting = 'conversations.lock_after_days'
const usual = 30
/** Conversations per turn: a desk that comes with years of history has other things to do, too. */
const atOnce = 200

/** Locking is a matter of days: a clock that is turned by a month stops thirty times for it. */
export const toBeLocked = (db: Db): DueRows => ({
  from: sql`conversations`,
  where: sql`category = 'solved' and merged_into is null`,
  at: sql`closed_at`,
  delay: async () => days(await lockAfterDays(db)),
  grain: days(1),
})

export const lockOld =
  (db: Db): DueSource =>
  async (now) => {
    const before = after(now, -days(await lockAfterDays(db)))
    let n = 0
    while (n < atOnce && (await inTransaction(db, (tx) => lockNext(tx, before, now)))) n += 1
    return n
  }

/** Days after which what is closed locks. */
export async function lockAfterDays(db: Db): Promise<number> {
  const setting = await db
    .selectFrom('settings')
    .select('value')
    .where('key', '=', lockSetting)
    .executeTakeFirst()
  const value = Number(setting?.value ?? usual)
  return Number.isFinite(value) && value >= 0 ? value : usual
}

async function lockNext(tx: Db, before: Date, now: Date): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    select id from conversations where category = 'solved' and closed_at <= ${before} and merged_into is null
    order by closed_at limit 1 for update skip locked`.execute(tx)
  const due = rows[0]
  if (!due) return false
  const row = await lock(tx, due.id)
  const set = asCategory(row, 'closed', system, now)
  await changeLocked(tx, row, { actor: system, at: now, kind: 'locked', set })
  return true
}
