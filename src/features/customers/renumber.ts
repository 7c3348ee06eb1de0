import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import { phoneNumber } from './phone.ts'

const atOnce = 1000

/**
 * Numbers kept without a country code, written as numbers of this country. One that would become another customer's
 * stays as it is: the two are suggested as one.
 */
export async function renumber(tx: Db, country: string | null): Promise<void> {
  if (!country) return
  for (let last = '0'; ; ) {
    const rows = await tx
      .selectFrom('customer_identities')
      .select(['id', 'value'])
      .where('kind', '=', 'phone')
      .where('value', 'not like', '+%')
      .where('id', '>', last)
      .orderBy('id')
      .limit(atOnce)
      .execute()
    const fresh = rows.flatMap(({ id, value }) => {
      const number = phoneNumber(value, country)
      return number && number !== value ? [{ id, number }] : []
    })
    await sql`
      update customer_identities i set value = f.number
      from (select distinct on (number) id, number
        from jsonb_to_recordset(${JSON.stringify(fresh)}::jsonb) as t(id bigint, number text) order by number, id) f
      where i.id = f.id and not exists (
        select from customer_identities o where o.kind = 'phone' and o.scope = 0 and o.value = f.number)`.execute(
      tx,
    )
    if (rows.length < atOnce) return
    last = rows.at(-1)!.id
  }
}
