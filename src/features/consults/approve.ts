import type { By } from '#features/conversations/conversations.ts'
import type { Db } from '#platform/db/db.ts'

/** He may answer what is forwarded to him, here and from now on; what he has answered is an answer like any other. */
export async function approvePerson(tx: Db, address: string, by: By): Promise<void> {
  await tx
    .insertInto('approved_people')
    .values({ address: address.toLowerCase(), approved_by: by.actor.id, approved_at: by.at })
    .onConflict((known) => known.doNothing())
    .execute()
  await tx
    .updateTable('comments')
    .set({ invited: true })
    .where('author_address', '=', address)
    .where('invited', '=', false)
    .execute()
}

export async function isApproved(db: Db, address: string): Promise<boolean> {
  const row = await db
    .selectFrom('approved_people')
    .select('address')
    .where('address', '=', address.toLowerCase())
    .executeTakeFirst()
  return row !== undefined
}
