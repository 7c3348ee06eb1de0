import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'

export interface ErasedFile {
  file: Buffer
  /** the message or comment it hung on */
  item: string
}

/** All files of a message or comment. */
export async function eraseOf(tx: Db, item: string): Promise<ErasedFile[]> {
  const { rows } = await sql<ErasedFile>`
    delete from attachments where message = ${item} or comment = ${item}
    returning file, coalesce(message, comment) as item`.execute(tx)
  return rows
}

/**
 * The same bytes wherever they hang in these conversations: a file that was sent on or quoted along. In other
 * people's conversations they stay.
 * @param inline also pictures inside the words; false: a logo in every signature is no copy
 */
export async function eraseCopies(
  tx: Db,
  files: Buffer[],
  conversations: string[],
  inline: boolean,
): Promise<ErasedFile[]> {
  if (files.length === 0) return []
  const { rows } = await sql<ErasedFile>`
    delete from attachments a where a.file = any(${files}::bytea[]) and (${inline} or not a.inline)
      and (a.message in (select id from messages where conversation = any(${conversations}::bigint[]))
        or a.comment in (select id from comments where conversation = any(${conversations}::bigint[])))
    returning a.file, coalesce(a.message, a.comment) as item`.execute(tx)
  return rows
}
