// Who was asked and has not answered is reminded: at the time named, then every four hours, three times at the most;
// then the asker is told.
import { sql } from 'kysely'
import { type By, type ConversationRow, changeLocked } from '#features/conversations/conversations.ts'
import { after, hours } from '#platform/clock/clock.ts'
import type { Db } from '#platform/db/db.ts'
import type { DueRows } from '#platform/due/due.ts'
import { planMails } from './ask.ts'
import { type ConsultRow, peopleOf } from './consults.queries.ts'

const most = 3
const pause = hours(4)

export const consultsToNudge: DueRows = { from: sql`consults`, where: sql`true`, at: sql`nudge_at` }

/** @returns the mails that are to leave; of a closed conversation nobody is reminded */
export async function nudge(
  tx: Db,
  row: ConversationRow,
  consult: ConsultRow,
  by: By,
  messageId: (mail: string) => string,
): Promise<string[]> {
  const over = row.category === 'solved' || row.category === 'closed' || row.merged_into !== null
  const enough = consult.nudges >= most
  const { numUpdatedRows } = await tx
    .updateTable('consults')
    .set(over || enough ? { nudge_at: null } : { nudges: consult.nudges + 1, nudge_at: after(by.at, pause) })
    .where('id', '=', consult.id)
    // Another process may have reminded while we waited for the conversation.
    .where('nudge_at', '<=', by.at)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) return []
  if (over) return []
  await changeLocked(tx, row, {
    ...by,
    kind: enough ? 'consult_unanswered' : 'consult_nudged',
    set: {},
    after: { consult: consult.id, to: consult.name, asker: consult.asked_by },
    item: consult.question,
    always: true,
    shown: enough,
  })
  if (enough) return []
  return planMails(tx, consult.id, 'nudge', await peopleOf(tx, consult.id), by.at, messageId)
}

/** Another time to answer by, or no reminders any more. */
export async function remindAt(
  tx: Db,
  row: ConversationRow,
  { id, name }: ConsultRow,
  { answerBy, remind }: { answerBy?: Date | undefined; remind?: boolean | undefined },
  by: By,
): Promise<void> {
  const set = {
    ...(answerBy ? { answer_by: answerBy, nudges: 0, nudge_at: answerBy } : {}),
    ...(remind === false ? { nudge_at: null } : {}),
  }
  if (Object.keys(set).length === 0) return
  await tx.updateTable('consults').set(set).where('id', '=', id).execute()
  const after = { consult: id, to: name, answerBy: answerBy?.toISOString() ?? null }
  await changeLocked(tx, row, { ...by, kind: 'consult_changed', set: {}, after, always: true, shown: false })
}
