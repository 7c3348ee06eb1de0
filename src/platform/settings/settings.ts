// What the whole installation remembers under a name (table settings). A value's shape is its reader's affair.
import { sql } from 'kysely'
import { type Db, json } from '#platform/db/db.ts'

/** null: nobody set it */
export async function readSetting(db: Db, key: string): Promise<unknown> {
  const row = await db.selectFrom('settings').select('value').where('key', '=', key).executeTakeFirst()
  return row?.value ?? null
}

/** Sets it; a value that stands already is not written again. */
export async function writeSetting(db: Db, key: string, value: unknown): Promise<void> {
  await db
    .insertInto('settings')
    .values({ key, value: json(value) })
    .onConflict((there) =>
      there
        .column('key')
        .doUpdateSet({ value: json(value) })
        .where(sql<boolean>`settings.value is distinct from excluded.value`),
    )
    .execute()
}

/** Sets it where nobody has; of several at once the first wins. @returns what stands */
export async function settleSetting(db: Db, key: string, value: unknown): Promise<unknown> {
  await db
    .insertInto('settings')
    .values({ key, value: json(value) })
    .onConflict((there) => there.doNothing())
    .execute()
  return readSetting(db, key)
}

export async function clearSetting(db: Db, key: string): Promise<void> {
  await db.deleteFrom('settings').where('key', '=', key).execute()
}
