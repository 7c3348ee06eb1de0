import { readdir, readFile } from 'node:fs/promises'
import { sql } from 'kysely'
import { Mendable } from '../errors/mendable.ts'
import { type Db, inTransaction, lockInTransaction, lockSpace } from './db.ts'

const folder = new URL('../../../db/migrations/', import.meta.url)

/** Thrown when the database was migrated by a newer Foyer: old code must not write into it. */
export class NewerSchema extends Mendable {}

/** The names of all migrations, in their order. */
export const knownMigrations = async (): Promise<string[]> =>
  (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()

/**
 * Applies db/migrations/*.sql in the order of their names, forward only, one transaction for all,
 * under an advisory lock (several processes may start at once).
 * @param only these of them: the schema as it was when a backup was made
 */
export async function migrate(db: Db, only?: string[]): Promise<string[]> {
  const known = (await knownMigrations()).filter((name) => !only || only.includes(name))
  return inTransaction(db, async (tx) => {
    await lockInTransaction(tx, lockSpace.migrations, 'migrations')
    await sql`create table if not exists migrations (name text primary key, applied_at timestamptz not null default now())`.execute(
      tx,
    )
    const { rows } = await sql<{ name: string }>`select name from migrations order by name`.execute(tx)
    const applied = new Set(rows.map((row) => row.name))
    const unknown = [...applied].filter((name) => !known.includes(name))
    if (unknown.length > 0)
      throw new NewerSchema(
        `This database was made by a newer Foyer (it knows ${unknown.join(', ')}). Start that version, or restore a backup made before the upgrade.`,
      )
    const missing = known.filter((name) => !applied.has(name))
    for (const name of missing) {
      await sql.raw(await readFile(new URL(name, folder), 'utf8')).execute(tx)
      await sql`insert into migrations (name) values (${name})`.execute(tx)
    }
    return missing
  })
}
