import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'

/** Notes Message-IDs that a conversation's messages carry or refer to. The oldest claim to an id stands. */
export async function rememberIds(
  tx: Db,
  inbox: string,
  conversation: string,
  messageIds: string[],
): Promise<void> {
  await sql`
    insert into known_message_ids (inbox, message_id, conversation)
    select ${inbox}, id, ${conversation} from (select distinct id from unnest(${messageIds}::text[]) as id order by 1) ids
    on conflict do nothing`.execute(tx)
}
