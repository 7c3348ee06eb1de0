import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import { refuse } from '#platform/errors/refuse.ts'
import { append, type By } from '#platform/events/events.ts'

/** Only one who never wrote and takes part in nothing: conversations do not lose their customer (409 `in_use`). */
export async function removeCustomer(tx: Db, id: string, by: By): Promise<void> {
  const customer = await tx
    .selectFrom('customers')
    .select(['id', 'name'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!customer) return
  const { rows } = await sql<{ used: boolean }>`
    select exists (select from conversations where customer = ${id})
      or exists (select from participants where customer = ${id})
      or exists (select from customers where joined_into = ${id})
      or exists (select from customer_joins where ${id} in (survivor, joined)) as used`.execute(tx)
  if (rows[0]!.used) refuse('in_use')
  await tx.deleteFrom('customer_identities').where('customer', '=', id).execute()
  await tx.deleteFrom('customer_notes').where('customer', '=', id).execute()
  await tx.deleteFrom('customer_claims').where('customer', '=', id).execute()
  await tx
    .deleteFrom('customer_distinctions')
    .where((on) => on.or([on('one', '=', id), on('other', '=', id)]))
    .execute()
  await tx.deleteFrom('customers').where('id', '=', id).execute()
  // Not his name: who asks to be removed must not stay in the stream.
  await append(tx, { ...by, kind: 'customer_removed', before: { customer: id } })
}
