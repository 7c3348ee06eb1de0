// After the commit of an erasure, as a job (kill −9 in between: it is done again): the bytes go from the store when no
// row names them, and the erasure is written where it outlives the database.
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { type Db, inTransaction } from '#platform/db/db.ts'
import type { FileStore } from '#platform/files/files.ts'
import type { House } from '#platform/house.ts'

/** In the data folder, one line of JSON per erasure: what and why, no word of it. A restore reads it. */
export const erasureLog = 'erasures.jsonl'

/** One line of it. */
export interface Noted {
  id: string
  at: string
  kind: string
  subject: string
  conversation: string
  /** when the message or comment came: it tells it from another one of the same number */
  item_at: string
  reason: string
}

export async function finishErasure({ db, files, config }: House, hashes: string[]): Promise<void> {
  await noteErasures(db, config.data)
  await removeFiles(db, files, hashes)
}

async function noteErasures(db: Db, data: string): Promise<void> {
  await inTransaction(db, async (tx) => {
    const rows = await tx
      .selectFrom('erasures')
      .select(['id', 'at', 'kind', 'subject', 'conversation', 'item_at', 'reason'])
      .where('noted_at', 'is', null)
      .orderBy('id')
      .forUpdate()
      .execute()
    if (rows.length === 0) return
    const lines = rows.map((row) => `${JSON.stringify(row)}\n`).join('')
    const handle = await open(join(data, erasureLog), 'a', 0o600)
    try {
      await handle.appendFile(lines)
      await handle.sync()
    } finally {
      await handle.close()
    }
    const ids = rows.map(({ id }) => id)
    await tx
      .updateTable('erasures')
      .set((on) => ({ noted_at: on.ref('at') }))
      .where('id', 'in', ids)
      .execute()
  })
}

/** Those that no mail and no attachment needs. */
export async function removeFiles(db: Db, files: FileStore, hashes: string[]): Promise<void> {
  if (hashes.length === 0) return
  const { rows } = await sql<{ hash: string }>`
    delete from files f where sha256 in (select decode(hash, 'hex') from unnest(${hashes}::text[]) as hash)
      and not exists (select from ledger l where l.sha256 = f.sha256 and l.erased_at is null)
      and not exists (select from attachments a where a.file = f.sha256)
    returning encode(sha256, 'hex') as hash`.execute(db)
  const gone = new Set(rows.map(({ hash }) => hash))
  // A run that died after its delete is done again: what has no row is asked about once more.
  const named = (some: string[]) => namedOf(db, some)
  const known = await named(hashes)
  await files.forget([...new Set([...gone, ...hashes.filter((hash) => !known.has(hash))])], named)
}

async function namedOf(db: Db, hashes: string[]): Promise<Set<string>> {
  const { rows } = await sql<{ hash: string }>`
    select encode(sha256, 'hex') as hash from files
    where sha256 in (select decode(hash, 'hex') from unnest(${hashes}::text[]) as hash)`.execute(db)
  return new Set(rows.map(({ hash }) => hash))
}
