// How far an agent has read. Unread is said in show.queries.ts: newer words from outside, or a mention.
import type { Db } from '#platform/db/db.ts'
import { type By, type ConversationRow, changeLocked } from './change.ts'

/** Read up to the newest item, or up to a position. Never goes back: a second tab may be behind. */
export async function read(
  tx: Db,
  row: ConversationRow,
  agent: string,
  by: By,
  upTo?: number,
): Promise<void> {
  const position = upTo ?? row.last_position
  const before = await readPosition(tx, row.id, agent)
  if (before !== null && before >= position) return
  await setPosition(tx, row.id, agent, position, by.at)
  await tell(tx, row, by, 'read', agent, position)
}

/** Unread again: just before the newest words from outside or the newest mention. */
export async function unread(tx: Db, row: ConversationRow, agent: string, by: By): Promise<void> {
  const newest = Math.max(row.last_in_position, await mentionPosition(tx, row.id, agent))
  const before = await readPosition(tx, row.id, agent)
  if (newest === 0 || before === null || before < newest) return
  await setPosition(tx, row.id, agent, newest - 1, by.at)
  await tell(tx, row, by, 'unread', agent, newest - 1)
}

async function tell(tx: Db, row: ConversationRow, by: By, kind: string, agent: string, position: number) {
  await changeLocked(tx, row, {
    ...by,
    kind,
    set: {},
    always: true,
    shown: false,
    after: { agent, position },
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

async function setPosition(tx: Db, conversation: string, agent: string, position: number, at: Date) {
  await tx
    .insertInto('read_positions')
    .values({ conversation, agent, position, read_at: at })
    .onConflict((known) => known.columns(['conversation', 'agent']).doUpdateSet({ position, read_at: at }))
    .execute()
}
