import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'

/**
 * Notes the Message-ID that a message of this conversation carries, and those it refers to. The oldest claim to an id
 * stands; one that was only referred to is carried from now on.
 */
export async function rememberIds(
  tx: Db,
  inbox: string,
  conversation: string,
  { messageId, references }: { messageId: string; references: string[] },
): Promise<void> {
  await sql`
    insert into known_message_ids (inbox, message_id, conversation, carried)
    select ${inbox}, id, ${conversation}, id = ${messageId}
    from (select distinct id from unnest(${[messageId, ...references]}::text[]) as id order by 1) ids
    on conflict (inbox, message_id) do update set carried = true
    where excluded.carried and not known_message_ids.carried`.execute(tx)
}
