import type { Db } from '#platform/db/db.ts'
import type { Owner } from './loose.ts'

/** A part of a message; its bytes are kept before (house.files.keep and a `files` row). */
export interface NewAttachment {
  file: Uint8Array
  name: string
  type: string
  /** bytes */
  size: number
  contentId: string | null
  inline: boolean
  mark: string | null
}

export const add = (tx: Db, message: string, attachments: NewAttachment[], now: Date) =>
  insert(tx, { message }, attachments, now)
/** Files of a mail that became a comment. */
export const addToComment = (tx: Db, comment: string, attachments: NewAttachment[], now: Date) =>
  insert(tx, { comment }, attachments, now)

/** Files that somebody inside mailed: his uploads, to be given to what he writes. @returns their ids, in order */
export async function addLoose(
  tx: Db,
  agent: string,
  attachments: NewAttachment[],
  now: Date,
): Promise<string[]> {
  if (attachments.length === 0) return []
  const rows = await tx
    .insertInto('attachments')
    .values(
      attachments.map(({ file, name, type, size, mark }) => ({
        ...{ file: Buffer.from(file), name, type, size: String(size), mark },
        uploaded_by: agent,
        created_at: now,
      })),
    )
    .returning('id')
    .execute()
  return rows.map(({ id }) => id)
}

async function insert(tx: Db, owner: Owner, attachments: NewAttachment[], now: Date): Promise<void> {
  if (attachments.length === 0) return
  await tx
    .insertInto('attachments')
    .values(
      attachments.map((attachment, position) => ({
        ...owner,
        position,
        file: Buffer.from(attachment.file),
        name: attachment.name,
        type: attachment.type,
        size: String(attachment.size),
        content_id: attachment.contentId,
        inline: attachment.inline,
        mark: attachment.mark,
        created_at: now,
      })),
    )
    .execute()
}
