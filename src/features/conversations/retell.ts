import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import { preview } from '#shared/text/new-words.ts'

/** What lists say, from what is still there: the newest words (no comment taken back, no message undone), and files. */
export async function retell(tx: Db, conversation: string): Promise<void> {
  const { rows } = await sql<{ id: string; text: string }>`
    with told as (select by_time from conversations where id = ${conversation})
    (select id, text, position, case when by_time then at end as at from comments, told
      where conversation = ${conversation} and text <> '' order by at desc, position desc limit 1)
    union all (select m.id, m.text, m.position, case when by_time then m.at end as at from messages m, told
      where m.conversation = ${conversation} and m.text <> '' and not coalesce(
        (select bool_and(d.state = 'cancelled') from deliveries d where d.message = m.id), false)
      order by at desc, m.position desc limit 1)
    order by at desc, position desc limit 1`.execute(tx)
  const newest = rows[0]
  await tx
    .updateTable('conversations')
    .set({
      preview: preview(newest?.text ?? ''),
      ...(newest ? { last_item: newest.id } : {}),
      has_attachments: sql<boolean>`has_attachments and (
        exists (select from messages m join attachments a on a.message = m.id
          where m.conversation = ${conversation} and not a.inline)
        or exists (select from comments k join attachments a on a.comment = k.id
          where k.conversation = ${conversation} and not a.inline))`,
    })
    .where('id', '=', conversation)
    .execute()
}
