import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import pg from 'pg'
import { readConfig } from '#platform/config/config.ts'
import { type Db, openDatabase } from '#platform/db/db.ts'
import { migrate } from '#platform/db/migrate.ts'
import { text } from '#platform/texts/texts.ts'
import { freePort } from '#test/free-port.ts'
import { certificateOf } from '../../../test/certificate.ts'
import { cloneDatabase } from '../../../test/database.ts'
import { temporaryFolder } from '../../../test/folder.ts'
import { runFoyer, startFoyer } from '../../../test/process.ts'
import { examine } from './examine.ts'

const root = process.getuid?.() === 0
const url = await cloneDatabase()
const db = openDatabase({ url, size: 2 })
after(() => db.destroy())
/** every wrong line that a test has shown */
const shown = new Set<string>()

interface World {
  env?: Record<string, string>
  flags?: Record<string, string>
  as?: Parameters<typeof examine>[1]
}
/** The wrong lines of a world that is well but for what is named. */
async function look(data: string, { env = {}, flags = {}, as = {} }: World = {}): Promise<string[]> {
  const config = readConfig({ data, port: '0', 'smtp-port': '0', ...flags }, { DATABASE_URL: url, ...env })
  const findings = await examine(config, { consoleIsBuilt: () => true, ...as })
  const wrong = findings.filter((finding) => !finding.ok)
  for (const { check, code, params } of wrong) {
    shown.add(`${check}.${code}`)
    for (const language of ['en', 'ru']) {
      const words = text(language, `doctor:${check}.${code}`, params)
      assert.ok(!words.includes('{{') && words.length > 40, `${check}.${code} says what to do: ${words}`)
    }
  }
  return wrong.map(({ check, code }) => `${check}.${code}`)
}
async function withRow(work: (db: Db) => Promise<unknown>, undo: (db: Db) => Promise<unknown>, data: string) {
  await work(db)
  try {
    return await look(data)
  } finally {
    await undo(db)
  }
}

const used = join(temporaryFolder(), 'var')
await (await startFoyer(['--data', used], { env: { DATABASE_URL: url } })).stop()

test('the mail door’s certificate: good, ending soon, ended, or no certificate at all', async () => {
  const folder = temporaryFolder()
  const [FOYER_SMTP_CERT, FOYER_SMTP_KEY] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
  const until = async (days: number) => {
    const { cert, key } = certificateOf('mx.example.com', new Date(Date.now() + days * 86_400_000))
    writeFileSync(FOYER_SMTP_CERT, cert)
    writeFileSync(FOYER_SMTP_KEY, key)
    return look(used, { env: { FOYER_SMTP_CERT, FOYER_SMTP_KEY } })
  }
  assert.deepEqual(await until(60), [])
  assert.deepEqual(await until(5), ['smtp_certificate.soon'])
  assert.deepEqual(await until(-5), ['smtp_certificate.expired'])
  writeFileSync(FOYER_SMTP_KEY, certificateOf('other.example').key)
  const wrong = await look(used, { env: { FOYER_SMTP_CERT, FOYER_SMTP_KEY } })
  assert.deepEqual(wrong, ['smtp_certificate.unreadable'])
})

test('a desk that is well has no wrong line, running or not, used or new', async () => {
  assert.deepEqual(await look(used), [])
  assert.deepEqual(await look(join(temporaryFolder(), 'new'), { env: { DATABASE_URL: '' } }), [])
  const { code, out } = await runFoyer(
    ['doctor', '--data', used, '--port', '0', '--smtp-port', '0', '--json'],
    {
      env: { DATABASE_URL: url },
    },
  )
  const lines = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  assert.deepEqual(
    lines.filter((line) => !line.ok && line.check !== 'console'),
    [],
  )
  assert.equal(code, lines.every((line) => line.ok) ? 0 : 1)
})

test('what is wrong with the machine is named', async () => {
  assert.deepEqual(await look(used, { as: { nodeVersion: 'v20.20.2' } }), ['node.old'])
  assert.deepEqual(await look(used, { as: { freeBytes: async () => 5e8 } }), ['disk.low'])
  assert.deepEqual(await look(used, { as: { consoleIsBuilt: () => false } }), ['console.missing'])
  const tomorrow = () => new Date(Date.now() + 86_400_000)
  assert.deepEqual(await look(used, { as: { now: tomorrow } }), ['clock.skewed'])
})

test('a port that another program holds, or that cannot be had, is named', async () => {
  const server = createServer((socket) => socket.end('220 somebody else\r\n')).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  assert.deepEqual(await look(used, { flags: { port: String(port) } }), ['http_port.taken'])
  assert.deepEqual(await look(used, { flags: { 'smtp-port': String(port) } }), ['smtp_port.taken'])
  server.close()
  // 192.0.2.0/24 is for documentation: no machine has such an address
  const flags = { host: '192.0.2.1', port: '4000', 'smtp-port': '4001' }
  assert.deepEqual(await look(used, { flags }), ['http_port.refused', 'smtp_port.refused'])
})

test('the ports of a running desk are its own', async () => {
  const [data, ports] = [join(temporaryFolder(), 'var'), await freePorts()]
  const flags = { port: ports[0]!, 'smtp-port': ports[1]! }
  const args = ['--data', data, '--port', flags.port, '--smtp-port', flags['smtp-port']]
  const env = { DATABASE_URL: await cloneDatabase() }
  const foyer = await startFoyer(args, { env })
  try {
    assert.deepEqual(await look(data, { flags, env }), [])
  } finally {
    await foyer.stop()
  }
})
const freePorts = async () => [String(await freePort()), String(await freePort())]

test('a secret that others can read, that is gone or that belongs elsewhere is named', async () => {
  const path = join(used, 'secret')
  const secret = readFileSync(path)
  chmodSync(path, 0o644)
  assert.deepEqual(await look(used), ['secret.open'])
  chmodSync(path, 0o600)
  writeFileSync(path, 'another')
  assert.deepEqual(await look(used), ['fingerprint.another'])
  writeFileSync(path, secret)
  const without = join(temporaryFolder(), 'var')
  mkdirSync(join(without, 'files'), { recursive: true })
  writeFileSync(join(without, 'files/.store'), readFileSync(join(used, 'files/.store')))
  assert.deepEqual(await look(without), ['secret.missing'])
})

test('files that cannot be kept or belong to another database are named', async () => {
  const blocked = temporaryFolder()
  writeFileSync(join(blocked, 'secret'), readFileSync(join(used, 'secret')), { mode: 0o600 })
  writeFileSync(join(blocked, 'files'), 'not a folder')
  assert.deepEqual(await look(blocked), ['files.not_writable', 'store.another'])
})

test('a data folder that cannot be written is named', async () => {
  const folder = temporaryFolder()
  chmodSync(folder, 0o555)
  // root may write everywhere: somebody else looks
  const ids = root ? ['-u', '-g'].map((flag) => Number(execFileSync('id', [flag, 'nobody']))) : []
  const { code, out } = await runFoyer(['doctor', '--json', '--data', join(folder, 'var'), '--port', '0'], {
    uid: ids[0],
    gid: ids[1],
  })
  assert.equal(code, 1)
  assert.match(out, /"check":"folder","ok":false,"code":"not_writable"/)
  shown.add('folder.not_writable')
})

test('a database folder that its user can no longer enter is named', {
  skip: root ? false : 'needs root',
}, async () => {
  const above = temporaryFolder()
  chmodSync(above, 0o755)
  const data = join(above, 'var')
  await (await startFoyer(['--data', data])).stop()
  chmodSync(above, 0o700)
  assert.deepEqual(await look(data, { env: { DATABASE_URL: '' } }), ['place.closed', 'database.away'])
})

test('a database that is away, of another version or of the wrong locale is named', async () => {
  const away = { DATABASE_URL: 'postgresql://foyer@127.0.0.1:1/foyer' }
  assert.deepEqual(await look(used, { env: away }), ['database.away'])
  await sql`insert into migrations (name) values ('9999-later.sql')`.execute(db)
  assert.deepEqual(await look(used), ['migrations.newer'])
  await sql`delete from migrations where name = '9999-later.sql'`.execute(db)
  const { rows } = await sql<{ name: string }>`delete from migrations
    where name = (select max(name) from migrations) returning name`.execute(db)
  assert.deepEqual(await look(used), ['migrations.missing'])
  await sql`insert into migrations (name) values (${rows[0]!.name})`.execute(db)
  const admin = new pg.Client({ connectionString: url.replace(/\/[^/]*$/, '/postgres') })
  await admin.connect()
  const name = `t_plain_c_${process.pid}`
  const locale = "encoding 'UTF8' locale_provider 'libc' lc_collate 'C' lc_ctype 'C'"
  await admin.query(`create database ${name} template template0 ${locale}`)
  try {
    const other = url.replace(/\/[^/]*$/, `/${name}`)
    const plain = openDatabase({ url: other, size: 1 })
    await migrate(plain)
    await plain.destroy()
    const fresh = join(temporaryFolder(), 'var')
    assert.deepEqual(await look(fresh, { env: { DATABASE_URL: other } }), ['locale.unfit'])
  } finally {
    await admin.query(`drop database ${name} with (force)`)
    await admin.end()
  }
})

test('a channel that fails and a ledger that differs are named', async () => {
  const at = new Date()
  const { id: team } = await db
    .insertInto('teams')
    .values({ name: 'Support', created_at: at })
    .returning('id')
    .executeTakeFirstOrThrow()
  const { id: inbox } = await db
    .insertInto('inboxes')
    .values({ name: 'I', address: 'i@desk.test', team, created_at: at })
    .returning('id')
    .executeTakeFirstOrThrow()
  const channel = (kind: string, error: string | null) => sql`
    insert into channels (kind, inbox, name, enabled_at, last_error, last_error_at, last_error_side, last_in_at, created_at)
    values (${kind}, ${inbox}, 'Post', ${at}, ${error}, ${error ? at : null}, ${error ? 'out' : null},
      ${error ? new Date(at.getTime() + 60_000) : null}, ${at})`
  await channel('mail', null).execute(db)
  assert.deepEqual(await look(used), [])
  assert.deepEqual(
    await withRow(
      (to) => channel('custom', 'Invalid credentials').execute(to),
      (from) => sql`delete from channels where kind = 'custom'`.execute(from),
      used,
    ),
    ['channel.failing'],
  )
  assert.deepEqual(
    await withRow(
      (to) => sql`insert into door_counts (door, shard, received) values ('smtp', 77, 1)`.execute(to),
      (from) => sql`delete from door_counts where shard = 77`.execute(from),
      used,
    ),
    ['ledger.differs'],
  )
  assert.deepEqual(
    await withRow(
      (to) =>
        sql`insert into settings values ('last_backup', jsonb_build_object('at', now() - interval '9 days'))`.execute(
          to,
        ),
      (from) => sql`delete from settings where key = 'last_backup'`.execute(from),
      used,
    ),
    ['backup.old'],
  )
})

test('every wrong line there is has been shown above', { skip: root ? false : 'some need root' }, () => {
  const texts = JSON.parse(
    readFileSync(new URL('../../shared/texts/en/doctor.json', import.meta.url), 'utf8'),
  ) as Record<string, string | Record<string, string>>
  const well = /^(ok|not_yet|from_environment|any|free|ours|unused)$/
  const all = Object.entries(texts).flatMap(([check, codes]) =>
    typeof codes === 'string'
      ? []
      : Object.keys(codes).map((code) => `${check}.${code.replace(/_(one|other)$/, '')}`),
  )
  const bad = new Set(all.filter((key) => !well.test(key.split('.')[1]!)))
  assert.deepEqual(
    [...bad].filter((key) => !shown.has(key)),
    [],
  )
})
