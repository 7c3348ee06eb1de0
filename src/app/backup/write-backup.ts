// A backup of a desk that runs: one snapshot of the database (repeatable read), then every file its rows name. Files
// are kept before their rows are committed and go a day after them at the soonest, so the snapshot's files are there;
// one that is erased meanwhile is left out. Everything streams: packed, sealed, written beside its name and renamed
// when it is on the disk.
import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { open, rename, stat, unlink } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type pg from 'pg'
import { to } from 'pg-copy-streams'
import { type Db, poolOf } from '#platform/db/db.ts'
import type { FileStore } from '#platform/files/files.ts'
import { carriedJobs, carry, type Job, type Totals, tell } from './records.ts'
import { type Header, newKey, seal } from './seal.ts'
import { listTables, readSequences } from './tables.ts'

export interface Source {
  db: Db
  files: FileStore
  secret: string
  now: Date
  foyer: string
}
export interface Written extends Totals {
  path: string
  /** of the backup, bytes */
  size: number
}

/** Writes the backup to `file`, replacing what stood there only when it is whole. */
export async function writeBackup(source: Source, file: string, passphrase: string): Promise<Written> {
  const path = resolve(file)
  const part = `${path}.part`
  const client = await poolOf(source.db).connect()
  try {
    await client.query('begin isolation level repeatable read read only')
    await client.query(
      "set local timezone = 'UTC'; set local datestyle = 'ISO'; set local bytea_output = 'hex'",
    )
    const header = await describe(client, source)
    const totals: Totals = { tables: 0, rows: 0, files: 0, bytes: 0, missing: [] }
    const packed = Readable.from(records(client, source, totals)).pipe(createGzip({ level: 5 }))
    await pipeline(seal(header, passphrase, packed), createWriteStream(part, { mode: 0o600, flush: true }))
    await client.query('commit')
    await rename(part, path)
    await syncFolder(dirname(path))
    return { ...totals, path, size: (await stat(path)).size }
  } catch (error) {
    await unlink(part).catch(() => {})
    throw error
  } finally {
    // Whatever it was doing when it failed (a copy under way), nobody else gets this connection.
    client.release(true)
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function describe(client: pg.ClientBase, { now, foyer }: Source): Promise<Header> {
  const { rows: migrations } = await client.query<{ name: string }>(
    'select name from migrations order by name',
  )
  const { rows } = await client.query<{ major: number }>(
    "select current_setting('server_version_num')::int / 10000 as major",
  )
  return {
    madeAt: now.toISOString(),
    foyer,
    postgres: rows[0]!.major,
    migrations: migrations.map(({ name }) => name),
    key: newKey(),
  }
}

async function* records(client: pg.ClientBase, source: Source, totals: Totals): AsyncGenerator<Buffer> {
  yield tell('desk', { secret: source.secret })
  for (const table of await listTables(client)) {
    yield tell('table', table)
    const hash = createHash('sha256')
    // Plain columns of a table, in the text format: it is the same from version to version.
    const copying = client.query(to(`copy ${table.name} (${table.columns.join(', ')}) to stdout`))
    let rows = 0
    for await (const piece of copying as AsyncIterable<Buffer>) {
      hash.update(piece)
      for (const byte of piece) if (byte === 10) rows += 1
      yield carry('rows', piece)
    }
    yield tell('rows-end', { rows, sha256: hash.digest('hex') })
    totals.tables += 1
    totals.rows += rows
  }
  yield tell('sequences', await readSequences(client))
  yield tell('jobs', await readJobs(client))
  for await (const file of namedFiles(client)) yield* carryFile(source, file, totals)
  yield tell('end', totals)
}

async function readJobs(client: pg.ClientBase): Promise<Job[]> {
  const { rows } = await client.query<Job>(
    `select t.identifier as task, j.payload, j.key, q.queue_name as queue
     from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
     left join graphile_worker._private_job_queues q on q.id = j.job_queue_id
     where t.identifier = any ($1) and j.attempts < j.max_attempts order by j.id`,
    [carriedJobs],
  )
  return rows
}

interface Named {
  sha256: Buffer
  size: string
}
async function* namedFiles(client: pg.ClientBase): AsyncGenerator<Named> {
  let last: Buffer = Buffer.alloc(0)
  for (;;) {
    const { rows } = await client.query<Named>(
      'select sha256, size from files where sha256 > $1 order by sha256 limit 1000',
      [last],
    )
    yield* rows
    if (rows.length === 0) return
    last = rows.at(-1)!.sha256
  }
}

async function* carryFile({ db, files }: Source, { sha256, size }: Named, totals: Totals) {
  const hex = sha256.toString('hex')
  yield tell('file', { sha256: hex, size: Number(size) })
  const hash = createHash('sha256')
  try {
    for await (const piece of files.stream(sha256) as AsyncIterable<Buffer>) {
      hash.update(piece)
      totals.bytes += piece.length
      yield carry('bytes', piece)
    }
  } catch (error) {
    // Gone or unreadable: this one file, not the backup.
    if (!(error as NodeJS.ErrnoException).code) throw error
  }
  yield tell('file-end', {})
  if (hash.digest('hex') === hex) totals.files += 1
  else if (await isNamed(db, sha256)) totals.missing.push(hex)
}

/** Asked outside the snapshot: what was erased while the backup was made is not missing. */
async function isNamed(db: Db, sha256: Buffer): Promise<boolean> {
  const row = await db.selectFrom('files').select('size').where('sha256', '=', sha256).executeTakeFirst()
  return row !== undefined
}

/** Where a backup would be written, as far as one can tell beforehand; throws what the system says. */
export async function probeTarget(file: string): Promise<void> {
  const path = resolve(file)
  const probe = join(dirname(path), `.${basename(path)}.probe`)
  await (await open(probe, 'w', 0o600)).close()
  await unlink(probe)
}
