import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { settleSetting } from '#platform/settings/settings.ts'
import { type Db, inTransaction } from '../db/db.ts'
import { Mendable } from '../errors/mendable.ts'

const key = 'file_store'
export const storeMarker = '.store'

/**
 * The files and the database belong together: several processes must see one store, and a wrong --data would show
 * conversations whose attachments are gone. The folder carries an id that the database knows.
 */
export async function recognizeStore(db: Db, root: string): Promise<void> {
  mkdirSync(root, { recursive: true })
  // Of several that start at once on an empty folder one marks it, and the others find the mark.
  await inTransaction(db, async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtext(${key}))`.execute(tx)
    await recognize(tx, root)
  })
}

async function recognize(db: Db, root: string): Promise<void> {
  const path = join(root, storeMarker)
  const mine = existsSync(path) ? readFileSync(path, 'utf8').trim() : null
  const offered = mine ?? randomUUID()
  const known = String(await settleSetting(db, key, offered))
  if (known === mine) return
  if (mine === null && (known === offered || (await holdsNewestFile(db, root))))
    return writeFileSync(path, `${known}\n`)
  throw new Mendable(
    `The files in ${root} are not those of this database. Start with the --data folder that the other processes use. If this folder is right all the same (it was moved without its file ${storeMarker}), write ${known} into ${path}.`,
  )
}

/** A store whose marker was lost on the way is known by what it holds. */
async function holdsNewestFile(db: Db, root: string): Promise<boolean> {
  const newest = await db
    .selectFrom('files')
    .select('sha256')
    .orderBy('stored_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  const hex = newest?.sha256.toString('hex')
  return hex !== undefined && existsSync(join(root, hex.slice(0, 2), hex.slice(2, 4), hex))
}
