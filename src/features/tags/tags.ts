// The front door of tags: free labels, one whatever its capitals.
import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import { refuse, refuseField } from '#platform/errors/refuse.ts'
import { append, type By } from '#platform/events/events.ts'
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

/**
 * Two tags become one: the first is gone, the second stays. What carried the first is given the second by whoever
 * calls this, before. @returns the one that stays
 */
export async function joinInto(
  tx: Db,
  id: string,
  into: string,
  by: By,
  regive: () => Promise<void>,
): Promise<Tag> {
  if (id === into) refuseField('into', 'invalid')
  // In a fixed order: two that cross each other wait, they do not deadlock.
  const rows = await tx
    .selectFrom('tags')
    .select(['id', 'name'])
    .where('id', 'in', [id, into])
    .orderBy('id')
    .forUpdate()
    .execute()
  const gone = rows.find((tag) => tag.id === id) ?? refuse('not_found')
  const stays = rows.find((tag) => tag.id === into) ?? refuseField('into', 'unknown')
  await regive()
  await tx.deleteFrom('tags').where('id', '=', id).execute()
  await append(tx, {
    ...by,
    kind: 'tag_merged',
    before: { id, name: gone.name },
    after: { id: into, name: stays.name },
  })
  return stays
}
