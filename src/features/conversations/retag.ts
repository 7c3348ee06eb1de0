import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'

/** Every conversation with the one tag has the other, too. The timeline says nothing: the label is the same label. */
export async function retag(tx: Db, tag: string, into: string): Promise<void> {
  await sql`
    insert into conversation_tags (conversation, tag, tagged_at)
      select conversation, ${into}::bigint, tagged_at from conversation_tags where tag = ${tag}
    on conflict do nothing`.execute(tx)
}
