import type { Db } from '#platform/db/db.ts'

/** Mail to these addresses came back: no automatic mail goes there any more. */
export async function noteFailing(tx: Db, addresses: string[], now: Date): Promise<void> {
  if (addresses.length === 0) return
  await tx
    .updateTable('customer_identities')
    .set({ failing_since: now })
    .where('kind', '=', 'mail')
    .where('value', 'in', addresses)
    .where('failing_since', 'is', null)
    .execute()
}
