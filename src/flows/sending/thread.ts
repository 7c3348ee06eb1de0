import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import { keepPlan } from '#platform/db/kept-plans.ts'
import { homeOf } from './home.ts'

export interface Thread {
  /** subject of the newest message; null: this is the first */
  subject: string | null
  inReplyTo: string | null
  /** oldest first */
  references: string[]
}
/** The root and the newest are what threading needs (RFC 5322 3.6.4 lets the middle go). */
const most = 20

/** The customer's own thread: his newest Message-ID is answered, all known ones are referred to. */
export async function threadOf(db: Db, conversation: string, before: number): Promise<Thread> {
  const rows = await db
    .selectFrom('messages')
    .select(['message_id', 'direction', 'subject', 'automatic', 'at', 'moved'])
    .where('conversation', '=', conversation)
    .where('position', '<', before)
    .where('medium', '<>', 'phone')
    // Of another customer's conversation that was merged neither subject nor Message-IDs go out.
    .where(
      sql<boolean>`(select h.customer from conversations h where h.id = coalesce(messages.origin, messages.conversation))
        = (select c.customer from conversations c where c.id = ${homeOf({ conversation, before })})`,
    )
    .orderBy('position')
    .modifyEnd(keepPlan)
    .execute()
  // What came by merging stands last by position.
  if (rows.some(({ moved }) => moved)) rows.sort((a, b) => a.at.getTime() - b.at.getTime())
  const known = rows.filter(({ message_id }) => message_id && !message_id.endsWith('.invalid'))
  const ids = [...new Set(known.flatMap(({ message_id }) => message_id ?? []))]
  const answered = known.findLast(({ direction }) => direction === 'in') ?? known.at(-1)
  const references = ids.length <= most ? ids : [ids[0]!, ...ids.slice(1 - most)]
  const latest = rows.findLast(({ direction, automatic }) => direction === 'in' && !automatic) ?? rows.at(-1)
  return {
    subject: latest?.subject ?? null,
    inReplyTo: answered?.message_id ?? null,
    references: inOrder(references, answered?.message_id ?? null),
  }
}

/** RFC 5322: the last reference is the message answered. */
const inOrder = (ids: string[], last: string | null) =>
  last ? [...ids.filter((id) => id !== last), last] : ids
