import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'

/** Name and the mail address he is written to. */
export async function cardOf(
  db: Db,
  customer: string,
): Promise<{ id: string; name: string | null; address: string | null }> {
  return db
    .selectFrom('customers as c')
    .leftJoin('customer_identities as i', (join) =>
      join.onRef('i.customer', '=', 'c.id').on('i.kind', '=', 'mail'),
    )
    .select(['c.id', 'c.name', 'i.value as address'])
    .where('c.id', '=', customer)
    .orderBy(sql`i.id is distinct from c.primary_identity`)
    .orderBy('i.id')
    .executeTakeFirstOrThrow()
}
