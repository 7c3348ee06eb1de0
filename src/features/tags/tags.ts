// The front door of tags: free labels, one whatever its capitals.
import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import type { Tag } from './tags.contract.ts'

/** The tag of this name, made when it is new. */
export async function ensure(tx: Db, name: string, now: Date): Promise<Tag> {
  await tx
    .insertInto('tags')
    .values({ name, created_at: now })
    .onConflict((known) => known.doNothing())
    .execute()
  return (await named(tx, name))!
}

export async function named(db: Db, name: string): Promise<Tag | undefined> {
  return db
    .selectFrom('tags')
    .select(['id', 'name'])
    .where(sql<boolean>`lower(name) = lower(${name})`)
    .executeTakeFirst()
}
