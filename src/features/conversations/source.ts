import { isOpenTo } from '#features/attachments/attachments.ts'
import type { Db } from '#platform/db/db.ts'
import { refuse } from '#platform/errors/refuse.ts'
import { sees } from './find.ts'
import { placeOf } from './items.queries.ts'

/** The message, where the agent may see it. */
export async function visibleMessage(db: Db, message: string, agent: string): Promise<string> {
  const place = await placeOf(db, message)
  if (place?.type !== 'message' || !(await sees(db, agent, place.conversation))) return refuse('not_found')
  return message
}

/** As it came, or as the test mailbox kept it; 404 when nothing was kept or it was erased. */
export async function sourceOf(
  db: Db,
  message: string,
  reader: { id: string; now: Date },
): Promise<{ file: Buffer } | { bytes: Buffer }> {
  const kept = await db
    .selectFrom('messages as m')
    .innerJoin('ledger as l', 'l.id', 'm.ledger')
    .select(['l.sha256', 'l.seal'])
    .where('m.id', '=', message)
    .where('l.erased_at', 'is', null)
    .executeTakeFirst()
  if (kept?.seal && !(await isOpenTo(db, kept.seal, reader.id, reader.now))) return refuse('sealed')
  if (kept) return { file: kept.sha256 }
  const sent = await db
    .selectFrom('outbox_mails')
    .select('source')
    .where('message', '=', message)
    .orderBy('id', 'desc')
    .executeTakeFirst()
  return sent ? { bytes: sent.source } : refuse('not_found')
}
