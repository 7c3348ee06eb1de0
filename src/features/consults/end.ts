// A consult ends: answered, or withdrawn. The ball goes to whoever was asked last and has not answered yet, else back.
import { type By, type ConversationRow, changeLocked } from '#features/conversations/conversations.ts'
import type { Db } from '#platform/db/db.ts'
import { refuse } from '#platform/errors/refuse.ts'
import { type ConsultRow, lockConsult } from './consults.queries.ts'

/** An answer came, as this comment. The first one ends the consult; later ones are told all the same. */
export async function answered(
  tx: Db,
  row: ConversationRow,
  consult: ConsultRow,
  { comment, name }: { comment: string; name: string },
  by: By,
): Promise<ConversationRow> {
  const locked = await lockConsult(tx, consult.id)
  const first = locked.state === 'open'
  if (first)
    await tx
      .updateTable('consults')
      .set({ state: 'answered', ended_at: by.at, nudge_at: null, answer: comment })
      .where('id', '=', consult.id)
      .execute()
  const told = { consult: consult.id, name, asker: consult.asked_by }
  const over = row.category === 'solved' || row.category === 'closed'
  return (
    await changeLocked(tx, row, {
      ...by,
      kind: over ? 'consult_answered_late' : 'consult_answered',
      set: first ? await backFrom(tx, row, consult) : {},
      after: told,
      item: comment,
      always: true,
      // The comment stands there; that it came after the end is worth a line of its own.
      shown: over,
    })
  ).row
}

/** Nobody waits for it any more; an answer that comes all the same is kept. */
export async function withdraw(tx: Db, row: ConversationRow, id: string, by: By): Promise<ConversationRow> {
  const consult = await lockConsult(tx, id)
  if (consult.state !== 'open') refuse('changed_since')
  await tx
    .updateTable('consults')
    .set({ state: 'withdrawn', ended_at: by.at, nudge_at: null })
    .where('id', '=', id)
    .execute()
  const set = await stillAsked(tx, row)
  const after = { consult: id, to: consult.name }
  return (await changeLocked(tx, row, { ...by, kind: 'consult_withdrawn', set, after, always: true })).row
}

/** What a comment asked and nobody has answered yet; the row is locked. */
export async function withdrawAskedIn(
  tx: Db,
  row: ConversationRow,
  question: string,
  by: By,
): Promise<ConversationRow> {
  const open = await tx
    .selectFrom('consults')
    .select('id')
    .where('question', '=', question)
    .where('state', '=', 'open')
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()
  let next = row
  for (const { id } of open) next = await withdraw(tx, next, id, by)
  return next
}

/** Whoever was asked last of those who have not answered. */
async function stillAsked(tx: Db, { id }: ConversationRow) {
  const open = await tx
    .selectFrom('consults')
    .select(['kind', 'whom'])
    .where('conversation', '=', id)
    .where('state', '=', 'open')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return { asked_kind: open?.kind ?? null, asked_id: open?.whom ?? null }
}

/** Back to the responsible agent; where nobody is, to who asked. */
async function backFrom(tx: Db, row: ConversationRow, { asked_by }: ConsultRow) {
  const still = await stillAsked(tx, row)
  if (still.asked_kind || row.assignee || row.category === 'solved' || row.category === 'closed') return still
  const asker = await tx
    .selectFrom('agents')
    .select('id')
    .where('id', '=', asked_by)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  return { ...still, assignee: asker?.id ?? null }
}
