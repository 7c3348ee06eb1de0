import type { Db } from '#platform/db/db.ts'

/** What was told of one conversation is told of the other: it was merged into that. */
export async function moveAll(tx: Db, from: string, to: string): Promise<void> {
  await tx.updateTable('notifications').set({ conversation: to }).where('conversation', '=', from).execute()
}
