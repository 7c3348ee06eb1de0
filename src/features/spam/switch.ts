import type { Db } from '#platform/db/db.ts'
import { readSetting, writeSetting } from '#platform/settings/settings.ts'
import { fewest } from './judge.ts'
import type { SpamLearning } from './spam.contract.ts'

export const setting = 'spam.judging'

export const setJudging = (tx: Db, on: boolean): Promise<void> => writeSetting(tx, setting, on)

/** How much is learned, and whether mail is judged by it. */
export async function showLearning(db: Db): Promise<SpamLearning> {
  const on = (await readSetting(db, setting)) !== false
  const rows = await db.selectFrom('spam_learned').selectAll().execute()
  const of = (spam: boolean) => rows.find((row) => row.spam === spam)?.lessons ?? 0
  return { on, spam: of(true), other: of(false), fewest }
}
