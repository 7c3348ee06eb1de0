// Mails of news that can be answered: about one conversation, to one agent. The answer's way back is signed by whoever
// sends mail; what it means is said in flows/receive/agent-mail.ts.
import type { Db } from '#platform/db/db.ts'

export interface Notice {
  id: string
  agent: string
  conversation: string
  /** the newest item it told of */
  item: string
}
/** How an answer finds back. */
export interface Answerable {
  replyTo: string
  messageId: string
  mark: string
}

/** What a mail carries for its way back, by the notice's id; the wiring hands it in. */
export interface Marks {
  /** null: the address would be too long */
  address(inbox: string, notice: string): string | null
  messageId(notice: string, domain: string): string
  mark(notice: string): string
}

/** @param item the newest that the mail tells of; null: what is newest there now */
export async function openNotice(
  tx: Db,
  marks: Marks,
  { agent, conversation, item }: { agent: string; conversation: string; item: string | null },
  at: Date,
): Promise<Answerable | null> {
  const place = await tx
    .selectFrom('conversations as c')
    .innerJoin('inboxes as i', 'i.id', 'c.inbox')
    .select(['i.address', 'i.plus_addressing', 'c.last_item'])
    .where('c.id', '=', conversation)
    .where('c.merged_into', 'is', null)
    .executeTakeFirst()
  const newest = item ?? place?.last_item
  if (!place || !newest) return null
  const { id } = await tx
    .insertInto('notice_mails')
    .values({ agent, conversation, item: newest, sent_at: at })
    .returning('id')
    .executeTakeFirstOrThrow()
  return {
    replyTo: (place.plus_addressing ? marks.address(place.address, id) : null) ?? place.address,
    messageId: marks.messageId(id, place.address.split('@').at(-1) ?? 'localhost'),
    mark: marks.mark(id),
  }
}

/** The first of these that is known. */
export async function noticeOf(db: Db, ids: string[]): Promise<Notice | null> {
  if (ids.length === 0) return null
  const rows = await db
    .selectFrom('notice_mails')
    .select(['id', 'agent', 'conversation', 'item'])
    .where('id', 'in', ids)
    .execute()
  return ids.flatMap((id) => rows.find((row) => row.id === id) ?? [])[0] ?? null
}
