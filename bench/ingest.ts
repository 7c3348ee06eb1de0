/**
 * How many mails a second come in: `node bench/ingest.ts [--mails 2000] [--connections 1,4,8] [--seed 1] [--one-by-one]
 * [--out FILE]`.
 *
 * A desk of its own (embedded PostgreSQL, fsync and synchronous_commit on) gets mails by SMTP over c connections; the
 * clock stops when all are threaded and searchable. Then the same rows, bytes and fsynced files are written bare, over
 * as many connections, into tables with the same columns and indexes, in the same database. The ratio says what the
 * help desk costs above the database; the rates alone say more about the machine. Every answer must stand in its
 * thread: a mail elsewhere ends the bench with 1.
 */
import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { attachEmbedded } from '#platform/db/embedded.ts'
import { circumstances, round } from './figures.ts'
import { insertBare, makeBareTables, rowsOfRun } from './ingest/bare.ts'
import { cpuOf } from './ingest/cpu.ts'
import { deliver } from './ingest/deliver.ts'
import { type MadeMail, makeMails } from './ingest/make-mails.ts'

const { values } = parseArgs({
  options: {
    mails: { type: 'string', default: '2000' },
    connections: { type: 'string', default: '1,4,8' },
    seed: { type: 'string', default: '1' },
    out: { type: 'string' },
    'one-by-one': { type: 'boolean', default: false },
  },
})
const count = Number(values.mails)
const data = mkdtempSync(join(tmpdir(), 'foyer-ingest-'))
chmodSync(data, 0o755)
const foyer = (...args: string[]) =>
  spawn(process.execPath, ['src/app/cli.ts', ...args, '--data', data], { stdio: ['ignore', 'pipe', 'pipe'] })

const setup = foyer(
  'setup',
  '--name',
  'Admin',
  '--email',
  'admin@example.com',
  '--password',
  'correct horse battery',
)
if ((await new Promise((resolve) => setup.once('close', resolve))) !== 0) throw new Error('setup failed')
const desk = foyer('start', '--port', '0', '--smtp-port', '0')
process.on('exit', () => desk.kill('SIGTERM'))
const smtpPort = await new Promise<number>((resolve, reject) => {
  desk.once('exit', (code) => reject(new Error(`the desk ended with ${code}`)))
  createInterface(desk.stderr).on('line', (said) => {
    const entry = said.startsWith('{') ? (JSON.parse(said) as { what: string; port?: number }) : null
    if (entry?.what === 'smtp door') resolve(entry.port!)
    else if (said.includes('"level":"error"')) console.error(said)
  })
})
const url = (await attachEmbedded(data))!
const db = new pg.Client({ connectionString: url })
await db.connect()
const setting = async (name: string) =>
  (await db.query<{ setting: string }>('select current_setting($1) as setting', [name])).rows[0]!.setting

/** All at rest, all events in the stream, search at its end. */
async function settled(run: string): Promise<boolean> {
  const { rows } = await db.query<{ open: string; rest: string }>(
    `select (select count(*) from ledger where outcome in ('waiting', 'failed')) as open,
      (select count(*) from events where seq is null)
        + (select coalesce(max(seq), 0) from events) - coalesce((select seq from stream_positions where name = 'search'), 0) as rest`,
  )
  void run
  return Number(rows[0]!.open) === 0 && Number(rows[0]!.rest) === 0
}

/** Mails that do not stand where the others of their thread do. */
async function astray(mails: MadeMail[]): Promise<number> {
  const { rows } = await db.query<{ message_id: string; conversation: string | null }>(
    'select message_id, conversation from ledger where message_id = any($1)',
    [mails.map((mail) => mail.id)],
  )
  const place = new Map(rows.map((row) => [row.message_id, row.conversation]))
  const homes = new Map<number, string>()
  const taken = new Map<string, number>()
  let wrong = 0
  for (const { id, thread } of mails) {
    const conversation = place.get(id)
    const home = homes.get(thread) ?? conversation
    if (!conversation || conversation !== home || (taken.get(conversation) ?? thread) !== thread) wrong += 1
    if (conversation) {
      homes.set(thread, home!)
      taken.set(conversation, thread)
    }
  }
  return wrong
}

const results = []
let failed = false
for (const connections of values.connections.split(',').map(Number)) {
  const run = `c${connections}r${Date.now().toString(36)}`
  const mails = makeMails(run, count, Number(values.seed))
  const cpuBefore = cpuOf(desk.pid!)
  const began = performance.now()
  await deliver(smtpPort, mails, connections, values['one-by-one'])
  const delivered = performance.now() - began
  while (!(await settled(run))) await wait(10)
  const seconds = (performance.now() - began) / 1000
  const cpu = cpuOf(desk.pid!)
  const wrong = await astray(mails)
  failed ||= wrong > 0
  const bare = await rowsOfRun(db, run, new Map(mails.map((mail) => [mail.id, mail.raw])))
  await makeBareTables(db)
  const pool = new pg.Pool({ connectionString: url, max: connections })
  const ownBefore = process.cpuUsage()
  const belowBefore = cpuOf(desk.pid!)
  const bareBegan = performance.now()
  const rows = await insertBare(pool, join(data, `bare-${run}`), bare, connections)
  const bareSeconds = (performance.now() - bareBegan) / 1000
  const own = process.cpuUsage(ownBefore)
  const below = cpuOf(desk.pid!)
  const bareCpu = below &&
    belowBefore && {
      bench: round((own.user + own.system) / 1000 / count),
      database: round((below.below - belowBefore.below) / count),
    }
  await pool.end()
  const result = {
    connections,
    mails: count,
    answers: mails.length - new Set(mails.map((mail) => mail.thread)).size,
    averageBytes: Math.round(mails.reduce((sum, mail) => sum + mail.raw.length, 0) / count),
    astray: wrong,
    keptPerSecond: round(count / (delivered / 1000)),
    perSecond: round(count / seconds),
    cpuMsPerMail: cpu &&
      cpuBefore && {
        desk: round((cpu.own - cpuBefore.own) / count),
        database: round((cpu.below - cpuBefore.below) / count),
      },
    bareCpuMsPerMail: bareCpu,
    bareRows: rows,
    barePerSecond: round(count / bareSeconds),
    ratio: round(bareSeconds / seconds),
  }
  results.push(result)
  console.log(JSON.stringify(result))
}
const report = {
  bench: 'ingest',
  ...circumstances(),
  settings: {
    fsync: await setting('fsync'),
    synchronous_commit: await setting('synchronous_commit'),
    server: await setting('server_version'),
  },
  results,
}
console.log(JSON.stringify(report, null, 2))
if (values.out) writeFileSync(values.out, JSON.stringify(report, null, 2))
await db.end()
desk.removeAllListeners('exit')
desk.kill('SIGTERM')
await new Promise((resolve) => desk.once('close', resolve))
rmSync(data, { recursive: true, force: true })
process.exitCode = failed ? 1 : 0
