import { consultMessageId } from '#channels/email/tokens.ts'
import * as consults from '#features/consults/consults.ts'
import * as conversations from '#features/conversations/conversations.ts'
import { type Db, inTransaction } from '#platform/db/db.ts'
import type { DueSource } from '#platform/due/due.ts'
import { system } from '#platform/events/events.ts'
import type { House } from '#platform/house.ts'
import { addJob } from '#platform/jobs/jobs.ts'
import { domainOf } from './letter.ts'

/** Other things are due as well: they take turns. */
const atOnce = 100

/** Reminds whoever has not answered by his time; one consult per transaction. */
export const nudgeDue =
  (house: House): DueSource =>
  async (now) => {
    let n = 0
    while (n < atOnce && (await inTransaction(house.db, (tx) => nudgeNext(house, tx, now)))) n += 1
    return n
  }

async function nudgeNext({ secrets }: House, tx: Db, now: Date): Promise<boolean> {
  const due = await tx
    .selectFrom('consults')
    .select(['id', 'conversation'])
    .where('nudge_at', '<=', now)
    .orderBy('nudge_at')
    .limit(1)
    .executeTakeFirst()
  if (!due) return false
  // The conversation first, as everybody does.
  const row = await conversations.survivor(tx, due.conversation)
  const consult = await consults.lockConsult(tx, due.id)
  if (!row || consult.state !== 'open') return true
  const by = { actor: system, at: now }
  const domain = await domainOf(tx, row.inbox)
  const mails = await consults.nudge(tx, row, consult, by, (mail) => consultMessageId(secrets, mail, domain))
  for (const mail of mails) await addJob(tx, 'post_consult_mail', { mail })
  return true
}
