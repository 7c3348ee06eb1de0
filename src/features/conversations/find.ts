import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import { keepPlan } from '#platform/db/kept-plans.ts'
import { refuse } from '#platform/errors/refuse.ts'
import { type ConversationRow, lock } from './change.ts'
import { seenByAgent } from './visible.ts'

/** Whether an agent may see a conversation. */
export async function sees(db: Db, agent: string, conversation: string): Promise<boolean> {
  const { rows } = await sql`${keepPlan}
    select from conversations c where c.id = ${conversation} and ${seenByAgent(agent)}`.execute(db)
  return rows.length > 0
}

/** The id of the conversation an agent names by its number; what he may not see is not there (404). */
export async function find(db: Db, agent: string, number: number | string): Promise<string> {
  const id = String(number)
  return (await sees(db, agent, id)) ? id : refuse('not_found')
}

/** The same, with its row locked until the transaction ends. */
export async function findLocked(tx: Db, agent: string, number: number | string): Promise<ConversationRow> {
  const row = await lock(tx, String(number))
  // Asked under the lock: he may have lost sight of it while we waited.
  return (await sees(tx, agent, row.id)) ? row : refuse('not_found')
}
