import type { Db } from '#platform/db/db.ts'

/** Name and first mail address. */
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
    .orderBy('i.id')
    .executeTakeFirstOrThrow()
}
