import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import { keepPlan } from '#platform/db/kept-plans.ts'

export interface IdsOfMessage {
  inbox: string
  conversation: string
  /** what it carries */
  messageId: string
  references: string[]
}

/**
 * Notes the Message-IDs that messages of conversations carry, and those they refer to. The oldest claim to an id
 * stands; one that was only referred to is carried from now on. Messages noted together share no id in an inbox.
 */
export async function rememberIds(tx: Db, messages: IdsOfMessage[]): Promise<void> {
  const rows = messages.flatMap(({ inbox, conversation, messageId, references }) =>
    [...new Set([messageId, ...references])].map((id) => ({
      inbox,
      conversation,
      id,
      carried: id === messageId,
    })),
  )
  if (rows.length === 0) return
  await sql`${keepPlan}
    insert into known_message_ids (inbox, message_id, conversation, carried)
    select inbox, id, conversation, carried from json_to_recordset(${JSON.stringify(rows)}::json)
      as known(inbox bigint, id text, conversation bigint, carried bool) order by inbox, id
    on conflict (inbox, message_id) do update set carried = true
    where excluded.carried and not known_message_ids.carried`.execute(tx)
}
