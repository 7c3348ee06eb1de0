import { type Db, json } from '#platform/db/db.ts'
import type { Mailbox } from './conversations.contract.ts'

/** A message of ours goes to another address than it was written for: its head shall name that one. */
export async function readdress(tx: Db, message: string, from: string, to: string): Promise<void> {
  const row = await tx
    .selectFrom('messages')
    .select(['recipients', 'copies', 'blind_copies'])
    .where('id', '=', message)
    .executeTakeFirstOrThrow()
  const replaced = (list: unknown) =>
    json((list as Mailbox[]).map((one) => (one.address === from ? { ...one, address: to } : one)))
  await tx
    .updateTable('messages')
    .set({
      recipients: replaced(row.recipients),
      copies: replaced(row.copies),
      blind_copies: replaced(row.blind_copies),
    })
    .where('id', '=', message)
    .execute()
}
