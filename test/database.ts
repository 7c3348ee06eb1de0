// A fresh clone of the migrated template database per test file. bin/test.ts starts the server and names it in
// FOYER_TEST_SERVER; a test file run on its own (`node --test x.test.ts`) starts one for itself.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import pg from 'pg'
import { type Db, openDatabase } from '../src/platform/db/db.ts'
import { startEmbedded } from '../src/platform/db/embedded.ts'
import { migrate } from '../src/platform/db/migrate.ts'
import { migrateJobs } from '../src/platform/jobs/jobs.ts'

const template = 'foyer_template'
const onDatabase = (server: string, name: string) => {
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}

async function asAdmin(server: string, ...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: onDatabase(server, 'postgres') })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}

/** Makes the template on a server; bin/test.ts calls it once per run. */
export async function prepareTemplate(server: string): Promise<void> {
  await asAdmin(
    server,
    `drop database if exists ${template}`,
    `create database ${template} template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C.UTF-8'`,
  )
  const db = openDatabase({ url: onDatabase(server, template), size: 2 })
  await migrate(db)
  await migrateJobs(db)
  await db.destroy()
}

/** A PostgreSQL of our own, without fsync, in a folder that is removed at the end. */
export async function startTestServer(): Promise<{ url: string; stop(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'foyer-test-'))
  chmodSync(folder, 0o755)
  const postgres = await startEmbedded(folder, {
    settings: ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=300'],
  })
  return {
    url: postgres.url,
    async stop() {
      await postgres.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

let ownServer: Promise<{ url: string; stop(): Promise<void> }> | undefined
async function server(): Promise<string> {
  if (process.env.FOYER_TEST_SERVER) return process.env.FOYER_TEST_SERVER
  ownServer ??= startTestServer().then(async (started) => {
    await prepareTemplate(started.url)
    return started
  })
  return (await ownServer).url
}

let count = 0
/** The URL of a new database cloned from the template; dropped (with its connections) after the file's tests. */
export async function cloneDatabase(): Promise<string> {
  const url = await server()
  const name = `t_${process.pid}_${++count}`
  await asAdmin(url, `create database ${name} template ${template}`)
  after(async () => {
    await asAdmin(url, `drop database if exists ${name} with (force)`)
    if (--count === 0) await (await ownServer)?.stop()
  })
  return onDatabase(url, name)
}

export async function testDatabase(): Promise<Db> {
  const db = openDatabase({ url: await cloneDatabase(), size: 10 })
  after(() => db.destroy())
  return db
}
