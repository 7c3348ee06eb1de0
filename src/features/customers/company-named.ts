import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import { append, type By } from '#platform/events/events.ts'

/** The company of this name whatever its capitals, made where there is none. @returns its id */
export async function companyNamed(tx: Db, name: string | null | undefined, by: By): Promise<string | null> {
  if (!name) return null
  const known = () =>
    tx
      .selectFrom('companies')
      .select('id')
      .where(sql<boolean>`lower(name) = lower(${name})`)
      .orderBy('id')
      .executeTakeFirst()
  const first = await known()
  if (first) return first.id
  // Two at once make one: the second waits, then finds the first one's.
  await sql`lock table companies in share row exclusive mode`.execute(tx)
  const second = await known()
  if (second) return second.id
  const made = await tx
    .insertInto('companies')
    .values({ name, created_at: by.at })
    .returning('id')
    .executeTakeFirstOrThrow()
  // Not its name: events without a conversation reach everybody.
  await append(tx, { ...by, kind: 'company_added', after: { company: made.id } })
  return made.id
}
