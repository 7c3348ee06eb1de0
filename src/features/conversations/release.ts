import { type Db, inTransaction } from '#platform/db/db.ts'
import { assign } from './assign.ts'
import { type By, lock } from './change.ts'

/**
 * Gives back to their teams what an agent who has left was responsible for, solved ones too: an answer would reopen
 * them for nobody. One short transaction each, so that mail coming in waits for none of it; run again, it goes on.
 */
export async function release(db: Db, agent: string, by: By): Promise<void> {
  const held = await db
    .selectFrom('conversations')
    .select('id')
    .where('assignee', '=', agent)
    .where('category', '<>', 'closed')
    .where('merged_into', 'is', null)
    .orderBy('id')
    .execute()
  for (const { id } of held)
    await inTransaction(db, async (tx) => {
      const row = await lock(tx, id)
      // Since we looked somebody may have taken, locked or merged it.
      if (row.assignee !== agent || row.category === 'closed' || row.merged_into) return
      await assign(tx, row, null, by)
    })
}
