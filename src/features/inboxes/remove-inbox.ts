import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import { refuse } from '#platform/errors/refuse.ts'
import { append, type By } from '#platform/events/events.ts'
import { findInbox } from './queries.ts'

/** Its conversations stay readable, its addresses are free again. 409 `in_use` while it has unsolved conversations. */
export async function removeInbox(tx: Db, by: By, id: string): Promise<void> {
  await tx.selectFrom('inboxes').select('id').where('id', '=', id).forUpdate().execute()
  const inbox = (await findInbox(tx, id)) ?? refuse('not_found')
  const { rows } = await sql<{ used: boolean }>`
    select exists (select from conversations where inbox = ${id} and category not in ('solved', 'closed')
      and spam_at is null and trashed_at is null and merged_into is null) as used`.execute(tx)
  if (rows[0]!.used) refuse('in_use')
  await tx.deleteFrom('inbox_aliases').where('inbox', '=', id).execute()
  await tx.updateTable('inboxes').set({ removed_at: by.at }).where('id', '=', id).execute()
  await append(tx, {
    ...by,
    kind: 'inbox_removed',
    before: { name: inbox.name, address: inbox.address },
    after: { inbox: id },
  })
}
