// Files behind a seal: the row keeps its place and size, its name and kind are handed over.
import { sql } from 'kysely'
import { type Db, json } from '#platform/db/db.ts'

export interface HiddenFile {
  kind: 'attachment'
  item: string
  /** the message or comment it hangs on */
  owner: string
  file: Buffer
  words: Record<string, unknown>
}

/** A file, or all of a message, and the same bytes wherever they hang in these conversations. */
export async function hideFiles(
  tx: Db,
  seal: string,
  { message, attachment }: { message: string; attachment: string | null },
  conversations: string[],
): Promise<HiddenFile[]> {
  const { rows } = await sql<Omit<HiddenFile, 'kind'>>`
    with own as (
      select id, file, inline from attachments
      where message = ${message} and (${attachment}::bigint is null or id = ${attachment})
    ), before as (
      select a.* from attachments a where a.seal is null and (a.id in (select id from own)
        or (a.file in (select file from own where not inline or ${attachment}::bigint is not null) and (
          a.message in (select id from messages where conversation = any(${conversations}::bigint[]))
          or a.comment in (select id from comments where conversation = any(${conversations}::bigint[])))))
    )
    update attachments a set seal = ${seal}, name = '', type = 'application/octet-stream', content_id = null,
      inline = false, mark = null
    from before b where a.id = b.id
    returning a.id as item, coalesce(a.message, a.comment) as owner, a.file, jsonb_build_object('name', b.name,
      'type', b.type, 'content_id', b.content_id, 'inline', b.inline, 'mark', b.mark) as words`.execute(tx)
  return rows.map((row) => ({ kind: 'attachment', ...row }))
}

export async function showFileAgain(tx: Db, item: string, words: Record<string, unknown>): Promise<void> {
  await sql`update attachments a set seal = null, name = w.name, type = w.type, content_id = w.content_id,
      inline = w.inline, mark = w.mark
    from jsonb_to_record(${json(words)}) as w(name text, type text, content_id text, inline bool, mark text)
    where a.id = ${item}`.execute(tx)
}

/** Whether this agent has opened the seal, and the time for it is not over. */
export async function isOpenTo(db: Db, seal: string, agent: string, now: Date): Promise<boolean> {
  const { rows } = await sql`
    select from seal_openings where seal = ${seal} and agent = ${agent} and until > ${now} limit 1`.execute(
    db,
  )
  return rows.length > 0
}
