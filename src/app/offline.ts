// For commands: the house without its doors, whether the desk runs or not. What a running desk must know of the
// change it learns from the events.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { type Clock, systemClock, TestClock } from '#platform/clock/clock.ts'
import { standingTime } from '#platform/clock/shared-test-clock.ts'
import type { Config } from '#platform/config/config.ts'
import { type Db, openDatabase } from '#platform/db/db.ts'
import { attachEmbedded, FolderInUse, startEmbedded } from '#platform/db/embedded.ts'
import { migrate } from '#platform/db/migrate.ts'
import { sequence } from '#platform/events/sequencer.ts'
import { openFolderStore } from '#platform/files/files.ts'
import type { House } from '#platform/house.ts'
import { migrateJobs } from '#platform/jobs/jobs.ts'
import { log } from '#platform/log/log.ts'
import { loadSecret, openSecrets } from '#platform/secrets/secrets.ts'
import { readSetting, writeSetting } from '#platform/settings/settings.ts'
import { refuseUnfinished } from './backup/place.ts'

interface Database {
  url: string
  /** ends what was started for the command */
  release(): Promise<void>
}

/** DATABASE_URL, else the PostgreSQL of the data folder: the one that runs, or one started for this command. */
export async function findDatabase(config: Config): Promise<Database> {
  if (config.databaseUrl) return { url: config.databaseUrl, release: async () => {} }
  mkdirSync(config.data, { recursive: true })
  const running = await attachEmbedded(config.data)
  if (running) return { url: running, release: async () => {} }
  try {
    const started = await startEmbedded(config.data)
    return { url: started.url, release: () => stopWhenAlone(started) }
  } catch (error) {
    // Somebody else was quicker to start it.
    const url = error instanceof FolderInUse ? await attachEmbedded(config.data) : null
    if (!url) throw error
    return { url, release: async () => {} }
  }
}

/** Another command may have attached itself to the database that this one started: it is let finish. */
async function stopWhenAlone(started: { url: string; stop(): Promise<void> }): Promise<void> {
  const db = openDatabase({ url: started.url, size: 1 })
  for (let tries = 0; tries < 200 && (await countOthers(db)) > 0; tries += 1) await wait(100)
  await db.destroy()
  await started.stop()
}
async function countOthers(db: Db): Promise<number> {
  const { rows } = await sql<{ n: string }>`
    select count(*) as n from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()`.execute(
    db,
  )
  return Number(rows[0]!.n)
}

/** Opens the house for one piece of work and closes it again, also when the work fails. */
export async function withHouse<T>(config: Config, work: (house: House) => Promise<T>): Promise<T> {
  refuseUnfinished(config.data)
  const database = await findDatabase(config)
  const db = openDatabase({ url: database.url, size: 4, applicationName: 'foyer command' })
  try {
    await migrate(db)
    await migrateJobs(db)
    const result = await work({
      db,
      clock: await clockOf(db, config),
      files: openFolderStore(join(config.data, 'files')),
      secrets: openSecrets(loadSecret(config.data)),
      log,
      config,
      url: config.url ?? (await lastAddress(db)) ?? `http://${config.host}:${config.port}`,
    })
    // A running desk follows the stream: what was written here gets its place at once.
    await sequence(db)
    return result
  } finally {
    await db.destroy()
    await database.release()
  }
}

/** The desk's clock: the system's, or the one that stands still for a test. */
async function clockOf(db: Db, { production }: Config): Promise<Clock> {
  const standing = production ? null : await standingTime(db)
  return standing ? new TestClock(standing) : systemClock
}

/** Where the desk answered last, noted at its start: for the links that commands print. */
async function lastAddress(db: Db): Promise<string | null> {
  const address = await readSetting(db, 'address')
  return typeof address === 'string' ? address : null
}
export const noteAddress = (db: Db, address: string): Promise<void> => writeSetting(db, 'address', address)
