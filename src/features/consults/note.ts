import type { Db } from '#platform/db/db.ts'

export const noteSent = (db: Db, mail: string, at: Date) =>
  db
    .updateTable('consult_mails')
    .set({ sent_at: at, said: null })
    .where('id', '=', mail)
    .where('sent_at', 'is', null)
    .execute()

/** @param said the server's words, or a bounce's; @returns false: it was known already */
export async function noteFailed(db: Db, mail: string, said: string, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('consult_mails')
    .set({ failed_at: at, said: said.slice(0, 1000) })
    .where('id', '=', mail)
    .where('failed_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Whatever refers to this Message-ID belongs to the consult, too. */
export const rememberAnswer = (tx: Db, consult: string, messageId: string) =>
  tx
    .insertInto('consult_ids')
    .values({ consult, message_id: messageId })
    .onConflict((known) => known.doNothing())
    .execute()
