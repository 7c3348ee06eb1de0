// What the database tells, of itself and of the desk. Nothing is changed here, the schema least of all.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { isAccountedFor, sums } from '#features/ledger/ledger.ts'
import type { Db } from '#platform/db/db.ts'
import { knownMigrations } from '#platform/db/migrate.ts'
import { selfTest } from '#platform/db/self-test.ts'
import { storeMarker } from '#platform/files/recognize-store.ts'
import { openSecrets } from '#platform/secrets/secrets.ts'
import { type Finding, fine, type Patient, wrong } from './finding.ts'

/** More, and promises, undo windows and sign-in codes go wrong; ms. */
const tolerableSkew = 5000
/** Of the newest backup, where there is one; days. */
const tolerableAge = 7

export async function lookAtDatabase(patient: Patient): Promise<Finding[]> {
  const { db, config } = patient
  if (!db) return [wrong('database', 'away', { reason: patient.databaseProblem })]
  const { rows } = await sql<{ version: string; at: Date }>`
    select current_setting('server_version') as version, clock_timestamp() as at`.execute(db)
  const { version, at } = rows[0]!
  const skew = Math.abs(patient.now().getTime() - at.getTime())
  const migrated = await lookAtMigrations(db)
  const findings = [
    fine('database', { version }),
    skew > tolerableSkew ? wrong('clock', 'skewed', { count: Math.round(skew / 1000) }) : fine('clock'),
    migrated,
  ]
  // A schema that is not ours yet can be asked nothing more.
  if (!migrated.ok || migrated.code === 'not_yet') return findings
  return [
    ...findings,
    await lookAtLocale(db),
    await lookAtFingerprint(db, config.data),
    await lookAtStore(db, config.data),
    ...(await lookAtChannels(db)),
    await lookAtLedger(db),
    await lookAtBackup(patient, db),
  ]
}

async function lookAtMigrations(db: Db): Promise<Finding> {
  const known = await knownMigrations()
  const applied = await sql<{ name: string }>`select name from migrations`.execute(db).then(
    ({ rows }) => rows.map((row) => row.name),
    () => null,
  )
  if (!applied) return fine('migrations', {}, 'not_yet')
  const newer = applied.filter((name) => !known.includes(name))
  const missing = known.filter((name) => !applied.includes(name))
  if (newer.length > 0) return wrong('migrations', 'newer', { names: newer.join(', ') })
  if (missing.length > 0) return wrong('migrations', 'missing', { names: missing.join(', ') })
  return fine('migrations', { count: applied.length })
}

async function lookAtLocale(db: Db): Promise<Finding> {
  const problems = await selfTest(db)
  return problems.length > 0 ? wrong('locale', 'unfit', { reason: problems.join(' ') }) : fine('locale')
}

async function readSetting(db: Db, key: string): Promise<string | null> {
  const row = await db.selectFrom('settings').select('value').where('key', '=', key).executeTakeFirst()
  return row ? String(row.value) : null
}

async function lookAtFingerprint(db: Db, data: string): Promise<Finding> {
  const path = join(data, 'secret')
  const secret = process.env.FOYER_SECRET ?? (existsSync(path) ? readFileSync(path, 'utf8').trim() : null)
  const known = await readSetting(db, 'secret_fingerprint')
  if (!known || !secret) return fine('fingerprint', {}, 'not_yet')
  return openSecrets(secret).keyId === known ? fine('fingerprint') : wrong('fingerprint', 'another', { path })
}

async function lookAtStore(db: Db, data: string): Promise<Finding> {
  const path = join(data, 'files', storeMarker)
  const known = await readSetting(db, 'file_store')
  const mine = existsSync(path) ? readFileSync(path, 'utf8').trim() : null
  if (!known) return fine('store', {}, 'not_yet')
  return mine === known ? fine('store') : wrong('store', 'another', { folder: join(data, 'files') })
}

async function lookAtChannels(db: Db): Promise<Finding[]> {
  const channels = await db
    .selectFrom('channels')
    .innerJoin('inboxes', 'inboxes.id', 'channels.inbox')
    .select(['channels.name', 'channels.kind', 'inboxes.address', 'last_error', 'last_error_at'])
    .select(['last_in_at', 'last_out_at'])
    .where('enabled_at', 'is not', null)
    .where('channels.removed_at', 'is', null)
    .execute()
  return channels.map((channel) => {
    const params = { name: channel.name, kind: channel.kind, inbox: channel.address }
    // Trouble stays until its own side has worked again: what comes in says nothing of what cannot leave.
    return channel.last_error !== null
      ? wrong('channel', 'failing', {
          ...params,
          error: channel.last_error,
          at: channel.last_error_at?.toISOString(),
        })
      : fine('channel', params, channel.last_in_at || channel.last_out_at ? 'ok' : 'unused')
  })
}

/** What the doors counted against the rows there are: a difference is a message that was lost or made up. */
async function lookAtLedger(db: Db): Promise<Finding> {
  const sheet = await sums(db)
  if (isAccountedFor(sheet)) return fine('ledger')
  const received = sheet.received.difference + sheet.demo.difference
  return wrong('ledger', 'differs', { received, sent: sheet.outgoing.difference })
}

/** Who has begun to make backups is told when they stop; others may have their own way, and are only reminded. */
async function lookAtBackup(patient: Patient, db: Db): Promise<Finding> {
  const row = await db
    .selectFrom('settings')
    .select('value')
    .where('key', '=', 'last_backup')
    .executeTakeFirst()
  const at = (row?.value as { at?: string } | undefined)?.at
  if (!at) return fine('backup', {}, 'not_yet')
  const days = Math.floor((patient.now().getTime() - Date.parse(at)) / 86_400_000)
  return days > tolerableAge ? wrong('backup', 'old', { count: days, at }) : fine('backup', { at })
}
