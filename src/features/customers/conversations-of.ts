import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import { decodeCursor, encodeCursor } from '#platform/http/paging.ts'
import type { Conversation } from '../conversations/conversations.contract.ts'
import { showConversations } from '../conversations/conversations.ts'
import type { Onlooker } from './visible.ts'

/** Over a conversations row `c`: he asks or takes part in it, and it is neither rubbish nor gone on elsewhere. */
const his = (customer: string) => sql`c.merged_into is null and c.bucket not in ('spam', 'trash') and (
  c.customer = ${customer} or c.id in (
    select conversation from participants where customer = ${customer} and removed_at is null))`

const time = /^\d{4,6}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?$/

/** A customer's conversations on all channels, the latest first, and how many more there are that `agent` may not see. */
export async function conversationsOf(
  db: Db,
  customer: string,
  { seesConversation, everything }: Onlooker,
  { agent, limit, cursor }: { agent: string; limit: number; cursor?: string | undefined },
): Promise<{ items: Conversation[]; hidden: number; nextCursor: string | null }> {
  const [at, id] = cursor ? decodeCursor(cursor, 2, [time, /^\d{1,18}$/]) : [null, null]
  const { rows } = await sql<{ id: string; at: string }>`
    select c.id::text, c.last_activity_at::text as at from conversations c
    where ${his(customer)} and ${seesConversation}
      and (${at}::timestamptz is null or (c.last_activity_at, c.id) < (${at}::timestamptz, ${id}::bigint))
    order by c.last_activity_at desc, c.id desc limit ${limit + 1}`.execute(db)
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: await showConversations(
      db,
      shown.map((row) => row.id),
      agent,
    ),
    hidden: everything ? 0 : await hidden(db, customer, seesConversation),
    nextCursor: rows.length > limit && last ? encodeCursor([last.at, last.id]) : null,
  }
}

async function hidden(db: Db, customer: string, sees: Onlooker['seesConversation']): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from conversations c where ${his(customer)} and not ${sees}`.execute(db)
  return rows[0]!.n
}
