import type { Db } from '#platform/db/db.ts'
import type { ConversationRow } from './change.ts'

/** The conversation, or the one it was merged into, locked; null: there is none of this number. */
export async function survivor(tx: Db, id: string): Promise<ConversationRow | null> {
  for (let next: string | null = id; next; ) {
    const row: ConversationRow | undefined = await tx
      .selectFrom('conversations')
      .selectAll()
      .where('id', '=', next)
      .forNoKeyUpdate()
      .executeTakeFirst()
    if (!row?.merged_into) return row ?? null
    next = row.merged_into
  }
  return null
}
