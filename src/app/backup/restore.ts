// The way back: the file is read once to be believed (check-backup.ts), then once to be used. The database is one
// transaction: the backup's own migrations, its rows, the constraints (checked while they are made again), then the
// migrations that came later. Files are kept and synced before it commits. What fails leaves nothing.
import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { sql } from 'kysely'
import type pg from 'pg'
import { from } from 'pg-copy-streams'
import { holdAll } from '#features/deliveries/deliveries.ts'
import { eraseAgain, noteMissing, readErasures } from '#flows/erase/erase-again.ts'
import { erasureLog } from '#flows/erase/finish-erasure.ts'
import type { Config } from '#platform/config/config.ts'
import { type Db, inTransaction, onConnection, openDatabase, poolOf } from '#platform/db/db.ts'
import { knownMigrations, migrate } from '#platform/db/migrate.ts'
import { selfTest } from '#platform/db/self-test.ts'
import { Mendable } from '#platform/errors/mendable.ts'
import { type FileStore, openFolderStore } from '#platform/files/files.ts'
import { storeMarker } from '#platform/files/recognize-store.ts'
import { addJob, migrateJobs } from '#platform/jobs/jobs.ts'
import { readSetting, writeSetting } from '#platform/settings/settings.ts'
import { findDatabase } from '../offline.ts'
import { type Checked, checkBackup, openFile } from './check-backup.ts'
import { claimFolder, clearFolder, finishFolder, unfinishedRestore } from './place.ts'
import { type BackupRecord, carriedJobs, type Job } from './records.ts'
import { BadBackup } from './seal.ts'
import { isEmptyDatabase, listTables, type Table, takeApart } from './tables.ts'

/** Why nothing was restored: a code with its words in texts/…/backup.json. */
export class NoRestore extends Mendable {
  readonly code: string
  readonly params: Record<string, unknown>
  constructor(code: string, params: Record<string, unknown> = {}) {
    super(code)
    this.code = code
    this.params = params
  }
}

export interface Restored extends Checked {
  /** messages that were on their way and wait for a person now */
  held: number
  /** erasures since the backup that were done again */
  erased: number
  /** migrations that came after the backup */
  upgraded: number
}

export async function restore(
  config: Config,
  file: string,
  passphrase: string,
  now: Date,
): Promise<Restored> {
  const checked = await checkBackup(file, passphrase)
  await refuseUnfit(checked)
  await finishEarlier(config)
  const id = randomUUID()
  const there = await claimFolder(config.data, id)
  if (there.length > 0) throw new NoRestore('folder_taken', { folder: config.data, names: there.join(', ') })
  let release = async () => {}
  let db: Db | undefined
  try {
    const database = await findDatabase(config)
    release = database.release
    db = openDatabase({ url: database.url, size: 2, applicationName: 'foyer restore' })
    const done = await fill(db, config, { checked, file, passphrase, now, id })
    finishFolder(config.data)
    return { ...checked, ...done }
  } catch (error) {
    await db?.destroy()
    await release()
    ;[db, release] = [undefined, async () => {}]
    clearFolder(config.data)
    throw error
  } finally {
    await db?.destroy()
    await release()
  }
}

/** What this Foyer or this machine cannot take, said before anything is made. */
async function refuseUnfit({ header, secret }: Checked): Promise<void> {
  const known = await knownMigrations()
  const unknown = header.migrations.filter((name) => !known.includes(name))
  if (unknown.length > 0)
    throw new NoRestore('newer_foyer', { version: header.foyer, names: unknown.join(', ') })
  if (process.env.FOYER_SECRET && process.env.FOYER_SECRET !== secret) throw new NoRestore('other_secret')
}

/** A restore that was ended between its commit and its last step is whole: only the marker is left over. */
async function finishEarlier({ data, databaseUrl }: Config): Promise<void> {
  const id = unfinishedRestore(data)
  if (id === null || !databaseUrl) return
  const db = openDatabase({ url: databaseUrl, size: 1 })
  try {
    const restored = (await readSetting(db, 'restored').catch(() => null)) as { id?: string } | null
    if (restored?.id === id) finishFolder(data)
  } finally {
    await db.destroy()
  }
}

interface Work {
  checked: Checked
  file: string
  passphrase: string
  now: Date
  id: string
}

async function fill(db: Db, { data }: Config, { checked, file, passphrase, now, id }: Work) {
  const client = await poolOf(db).connect()
  try {
    if (!(await isEmptyDatabase(client))) throw new NoRestore('database_taken')
    await migrateJobs(db)
    return await inTransaction(onConnection(client), async (tx) => {
      await sql`set local maintenance_work_mem = '256MB'`.execute(tx)
      await migrate(tx, checked.header.migrations)
      const wrong = await selfTest(tx)
      if (wrong.length > 0) throw new Mendable(wrong.join('\n'))
      const putTogether = await takeApart(client)
      await emptyTables(client)
      const { records } = await openFile(file)
      await load(records(passphrase), client, tx, openFolderStore(join(data, 'files')))
      await putTogether()
      const upgraded = await migrate(tx)
      const held = await holdAll(tx, now)
      const noted = readErasures(join(data, erasureLog))
      const erased = await eraseAgain(tx, noted, now)
      await noteMissing(tx, noted)
      await writeSetting(tx, 'restored', { id, madeAt: checked.header.madeAt, at: now })
      writeFileSync(join(data, 'secret'), checked.secret, { mode: 0o600, flush: true })
      const store = String(await readSetting(tx, 'file_store'))
      writeFileSync(join(data, 'files', storeMarker), `${store}\n`, { flush: true })
      return { held, erased, upgraded: upgraded.length }
    })
  } finally {
    client.release()
  }
}

/** What the migrations themselves put in comes from the backup. */
async function emptyTables(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'auth')`,
  )
  await client.query(`truncate ${rows.map(({ name }) => name).join(', ')}`)
}

async function load(
  records: AsyncIterable<BackupRecord>,
  client: pg.PoolClient,
  tx: Db,
  store: FileStore,
): Promise<void> {
  await store.probe()
  const known = await listTables(client)
  let rows = null as ReturnType<typeof copyInto> | null
  let kept = null as ReturnType<typeof keepFile> | null
  try {
    for await (const record of records) {
      if (record.kind === 'table') rows = copyInto(client, knownTable(known, record.told))
      else if (record.kind === 'rows') await rows?.write(record.bytes)
      else if (record.kind === 'rows-end') await rows?.end(record.told.rows)
      else if (record.kind === 'sequences') await setSequences(client, record.told)
      else if (record.kind === 'jobs') await addJobs(tx, record.told)
      else if (record.kind === 'file') kept = keepFile(store, record.told.sha256)
      else if (record.kind === 'bytes') await kept?.write(record.bytes)
      else if (record.kind === 'file-end') await kept?.end()
    }
  } catch (error) {
    rows?.stop()
    kept?.stop()
    throw error
  }
}

/** The names become part of a statement, so they are the catalogue's: a backup may be anybody's work. */
function knownTable(known: Table[], told: Table): Table {
  const table = known.find(({ name }) => name === told.name)
  if (!table || !told.columns.every((column) => table.columns.includes(column)))
    throw new BadBackup('damaged')
  return told
}

/** A stream that takes pieces one by one and says how it ended. */
function into(stream: NodeJS.WritableStream, ended: Promise<unknown>) {
  ended.catch(() => {})
  return {
    async write(bytes: Buffer) {
      if (!stream.write(bytes)) await Promise.race([new Promise((go) => stream.once('drain', go)), ended])
    },
    async end() {
      stream.end()
      await ended
    },
  }
}

function copyInto(client: pg.PoolClient, { name, columns }: Table) {
  const stream = client.query(from(`copy ${name} (${columns.join(', ')}) from stdin`))
  const ended = new Promise((resolve, reject) => stream.once('finish', resolve).once('error', reject))
  const way = into(stream, ended)
  return {
    write: way.write,
    async end(rows: number) {
      await way.end()
      if (stream.rowCount !== rows) throw new BadBackup('damaged')
    },
    stop: () => void stream.destroy(),
  }
}

function keepFile(store: FileStore, sha256: string) {
  const stream = new PassThrough({ highWaterMark: 1 << 20 })
  const ended = store.keepStream(stream, Number.POSITIVE_INFINITY)
  const way = into(stream, ended)
  return {
    write: way.write,
    async end() {
      await way.end()
      const kept = (await ended)!.sha256
      // One that was damaged already when the backup was made; the totals name it.
      if (kept.toString('hex') !== sha256) await store.remove(kept)
    },
    stop: () => void stream.destroy(),
  }
}

async function setSequences(
  client: pg.ClientBase,
  sequences: { name: string; last: string; called: boolean }[],
) {
  for (const { name, last, called } of sequences) {
    // One that a migration has renamed or dropped since is not there: only what exists is set.
    await client.query('select setval(to_regclass($1), $2, $3) where to_regclass($1) is not null', [
      name,
      last,
      called,
    ])
  }
}

async function addJobs(tx: Db, jobs: Job[]): Promise<void> {
  await sql`delete from graphile_worker._private_jobs`.execute(tx)
  for (const { task, payload, key, queue } of jobs.filter((job) => carriedJobs.includes(job.task)))
    await addJob(tx, task, payload as Record<string, unknown>, {
      key: key ?? undefined,
      queue: queue ?? undefined,
    })
}
