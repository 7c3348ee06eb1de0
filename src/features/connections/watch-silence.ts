import { sql } from 'kysely'
import { hours } from '#platform/clock/clock.ts'
import { type Db, inTransaction } from '#platform/db/db.ts'
import type { DueSource } from '#platform/due/due.ts'
import { readSetting, writeSetting } from '#platform/settings/settings.ts'
import { trafficOf } from './traffic.ts'

export interface Silent {
  channel: string
  name: string
  inbox: string
  since: Date
}
type Tell = (tx: Db, silent: Silent) => Promise<void>

const pause = hours(1)
const key = 'silent channels'

/** @param tell carries a new silence to the administrators, in the same transaction; one silence is told once */
export function watchSilence(db: Db, tell: Tell): DueSource {
  let looked = Number.NEGATIVE_INFINITY
  return async (now) => {
    if (Math.abs(now.getTime() - looked) < pause) return 0
    looked = now.getTime()
    await lookForSilence(db, now, tell)
    return 0
  }
}

/** Looks now. @returns the channels that are silent unusually long, told before or not */
export async function lookForSilence(db: Db, now: Date, tell: Tell): Promise<Silent[]> {
  const channels = await db
    .selectFrom('channels as c')
    .innerJoin('inboxes as i', 'i.id', 'c.inbox')
    .select(['c.id', 'c.name', 'i.name as inbox'])
    .where('c.removed_at', 'is', null)
    .where('c.enabled_at', 'is not', null)
    .where('i.removed_at', 'is', null)
    .execute()
  const ids = channels.map(({ id }) => id)
  const traffic = await trafficOf(db, ids, now)
  const silent = channels.flatMap(({ id, name, inbox }) => {
    const since = traffic(id).silentSince
    return since ? [{ channel: id, name, inbox, since }] : []
  })
  await inTransaction(db, async (tx) => {
    // Two processes that look at once tell it once.
    await sql`select pg_advisory_xact_lock(hashtext(${key}))`.execute(tx)
    const told = ((await readSetting(tx, key)) ?? {}) as Record<string, string>
    const news = silent.filter(({ channel, since }) => told[channel] !== since.toISOString())
    for (const each of news) await tell(tx, each)
    const kept = Object.fromEntries(silent.map(({ channel, since }) => [channel, since.toISOString()]))
    if (news.length > 0 || Object.keys(kept).length !== Object.keys(told).length)
      await writeSetting(tx, key, kept)
  })
  return silent
}
