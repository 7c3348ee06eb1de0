import { sql } from 'kysely'
import { after, days, hours } from '#platform/clock/clock.ts'
import { type Db, inTransaction } from '#platform/db/db.ts'
import type { DueSource } from '#platform/due/due.ts'

/** A sign-in that its provider will end. */
export interface Ending {
  channel: string
  name: string
  inbox: string
  until: Date
}
type Tell = (tx: Db, ending: Ending) => Promise<void>

const pause = hours(1)
/** So long before somebody hears of it; the channel's page says it from then on, too. */
const ahead = days(7)

/** @param tell carries it to the administrators, in the same transaction; one end is told once */
export function watchEndings(db: Db, tell: Tell): DueSource {
  let looked = Number.NEGATIVE_INFINITY
  return async (now) => {
    if (Math.abs(now.getTime() - looked) < pause) return 0
    looked = now.getTime()
    await lookForEndings(db, now, tell)
    return 0
  }
}

/** Looks now. Of two processes that look at once, one marks a row and tells it. */
export async function lookForEndings(db: Db, now: Date, tell: Tell): Promise<void> {
  await inTransaction(db, async (tx) => {
    const { rows } = await sql<Ending>`
      update channel_tokens k set told_until = k.until
      from channels c join inboxes i on i.id = c.inbox
      where c.id = k.channel and k.until < ${after(now, ahead)} and k.told_until is distinct from k.until
        and c.enabled_at is not null and c.removed_at is null and i.removed_at is null
      returning k.channel, c.name, i.name as inbox, k.until`.execute(tx)
    for (const ending of rows) await tell(tx, ending)
  })
}
