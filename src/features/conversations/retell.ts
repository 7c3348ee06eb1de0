import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import { preview } from '#shared/text/new-words.ts'

/** The newest words that are still there, for lists: without comments taken back and messages undone. */
export async function retell(tx: Db, conversation: string): Promise<void> {
  const { rows } = await sql<{ id: string; text: string }>`
    (select id, text, position from comments
      where conversation = ${conversation} and text <> '' order by position desc limit 1)
    union all (select m.id, m.text, m.position from messages m
      where m.conversation = ${conversation} and m.text <> '' and not coalesce(
        (select bool_and(d.state = 'cancelled') from deliveries d where d.message = m.id), false)
      order by m.position desc limit 1)
    order by position desc limit 1`.execute(tx)
  const newest = rows[0]
  await tx
    .updateTable('conversations')
    .set({ preview: preview(newest?.text ?? ''), ...(newest ? { last_item: newest.id } : {}) })
    .where('id', '=', conversation)
    .execute()
}
