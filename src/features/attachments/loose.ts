import { sql } from 'kysely'
import { after, days, hours } from '#platform/clock/clock.ts'
import type { Db } from '#platform/db/db.ts'
import type { DueRows, DueSource } from '#platform/due/due.ts'
import { Refusal } from '#platform/errors/refuse.ts'

export type Owner = { message: string } | { comment: string }
export interface ShownAttachment {
  id: string
  name: string
  type: string
  size: number
  inline: boolean
  contentId: string | null
  mark: string | null
  seal: string | null
}

/**
 * Gives an agent's uploads to a message or comment, in the order named. 422 for each that is not his or belongs
 * somewhere already.
 * @param pictures those shown inside the HTML, with their Content-IDs
 */
export async function claim(
  tx: Db,
  ids: string[],
  agent: string,
  owner: Owner,
  pictures: Map<string, string> = new Map(),
): Promise<void> {
  const wanted = [...new Set(ids)]
  const taken = new Set<string>()
  for (const [position, id] of wanted.entries()) {
    const { numUpdatedRows } = await tx
      .updateTable('attachments')
      .set({ ...owner, position, ...asPicture(pictures.get(id)) })
      .where('id', '=', id)
      .where('uploaded_by', '=', agent)
      .where('message', 'is', null)
      .where('comment', 'is', null)
      .executeTakeFirst()
    if (numUpdatedRows) taken.add(id)
  }
  const errors = ids.flatMap((id, at) =>
    taken.has(id) ? [] : [{ field: `attachments.${at}`, code: 'unknown' }],
  )
  if (errors.length > 0) throw new Refusal('invalid', { errors })
}

const asPicture = (content_id: string | undefined) => (content_id ? { content_id, inline: true } : {})

/** An agent's uploads that are still loose, as a draft shows them, in the order named. */
export async function shownLoose(db: Db, ids: string[], agent: string): Promise<ShownAttachment[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('attachments')
    .select(['id', 'name', 'type', 'size', 'inline', 'content_id', 'mark', 'seal'])
    .where('id', 'in', ids)
    .where('uploaded_by', '=', agent)
    .where('message', 'is', null)
    .where('comment', 'is', null)
    .execute()
  return ids.flatMap((id) => {
    const row = rows.find((one) => one.id === id)
    if (!row) return []
    const { content_id: contentId, size, ...rest } = row
    return [{ ...rest, contentId, size: Number(size) }]
  })
}

/** A draft passes to another agent, and its uploads with it. */
export async function handOver(tx: Db, ids: string[], to: string): Promise<void> {
  if (ids.length === 0) return
  await tx
    .updateTable('attachments')
    .set({ uploaded_by: to })
    .where('id', 'in', ids)
    .where('message', 'is', null)
    .where('comment', 'is', null)
    .execute()
}

const patience = hours(24)
const unclaimed = sql<boolean>`message is null and comment is null
  and not exists (select from drafts d where attachments.id = any(d.attachments))`
export const looseUploads: DueRows = {
  from: sql`attachments`,
  where: unclaimed,
  at: sql`created_at`,
  delay: async () => patience,
  grain: days(1),
}

/** Uploads that nothing took within a day, and no draft holds, go; their bytes follow when no row names them. */
export const sweepLoose =
  (db: Db): DueSource =>
  async (now) => {
    const { numAffectedRows } = await sql`
      delete from attachments where ${unclaimed} and created_at <= ${after(now, -patience)}`.execute(db)
    return Number(numAffectedRows ?? 0)
  }
