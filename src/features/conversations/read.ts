// How far an agent has read. Unread is said in show.queries.ts: newer words from outside, or a mention.
import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import { keepPlan } from '#platform/db/kept-plans.ts'
import { append, eventFor } from '#platform/events/events.ts'
import type { By, ConversationRow } from './change.ts'

/** Read up to the newest item, or up to a position. Never goes back: a second tab may be behind. */
export async function read(
  tx: Db,
  row: ConversationRow,
  agent: string,
  by: By,
  upTo?: number,
): Promise<void> {
  const position = upTo ?? row.last_position
  const told = { ...by, kind: 'read', conversation: row.id, after: { agent, position } }
  const moved = tx
    .insertInto('read_positions')
    .values({ conversation: row.id, agent, position, read_at: by.at })
    .onConflict((known) =>
      known
        .columns(['conversation', 'agent'])
        .doUpdateSet({ position, read_at: by.at })
        .where('read_positions.position', '<', position),
    )
    .returning('position')
  await sql`${keepPlan} with moved as (${moved}) ${eventFor('moved', told)}`.execute(tx)
}

/** Unread again: just before the newest words from outside or the newest mention. */
export async function unread(tx: Db, row: ConversationRow, agent: string, by: By): Promise<void> {
  const newest = Math.max(row.last_in_position, await mentionPosition(tx, row.id, agent))
  const before = await readPosition(tx, row.id, agent)
  if (newest === 0 || before === null || before < newest) return
  await tx
    .updateTable('read_positions')
    .set({ position: newest - 1, read_at: by.at })
    .where('conversation', '=', row.id)
    .where('agent', '=', agent)
    .execute()
  await append(tx, {
    ...by,
    kind: 'unread',
    conversation: row.id,
    after: { agent, position: newest - 1 },
  })
}

async function readPosition(db: Db, conversation: string, agent: string): Promise<number | null> {
  const known = await db
    .selectFrom('read_positions')
    .select('position')
    .where('conversation', '=', conversation)
    .where('agent', '=', agent)
    .executeTakeFirst()
  return known?.position ?? null
}

async function mentionPosition(db: Db, conversation: string, agent: string): Promise<number> {
  const mention = await db
    .selectFrom('conversation_access')
    .select('position')
    .where('conversation', '=', conversation)
    .where('agent', '=', agent)
    .where('because', '=', 'mentioned')
    .executeTakeFirst()
  return mention?.position ?? 0
}
