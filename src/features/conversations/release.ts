import { type Db, inTransaction } from '#platform/db/db.ts'
import { assign } from './assign.ts'
import { type By, type ConversationRow, lock } from './change.ts'
import { handToTeam } from './hand-to-team.ts'

/** Who takes over: an agent, a team, or (none of them) the team each conversation has. */
export interface Heir {
  agent?: string
  team?: string
}

/**
 * Hands over what an agent who has left was responsible for. Solved ones have nobody any more: an answer would reopen
 * them for somebody who is gone. One short transaction each, so that mail coming in waits for none of it; run again,
 * it goes on.
 */
export async function release(db: Db, agent: string, by: By, heir: Heir = {}): Promise<void> {
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
      await handOver(tx, row, heir, by)
    })
}

async function handOver(tx: Db, row: ConversationRow, heir: Heir, by: By): Promise<void> {
  if (row.category === 'solved') return void (await assign(tx, row, null, by))
  if (heir.agent && (await isHere(tx, heir.agent))) return void (await assign(tx, row, heir.agent, by))
  const next = heir.team ? await handToTeam(tx, row, heir.team, by) : row
  if (next.assignee) await assign(tx, next, null, by)
}

/** He may have left, too, since he was named. */
async function isHere(tx: Db, agent: string): Promise<boolean> {
  const here = await tx
    .selectFrom('agents')
    .select('id')
    .where('id', '=', agent)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  return here !== undefined
}
