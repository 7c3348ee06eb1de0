// A desk that runs is backed up, restored elsewhere, and is the same desk; a file that is not whole restores nothing.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { after, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { sql } from 'kysely'
import pg from 'pg'
import { sums } from '#features/ledger/ledger.ts'
import { readConfig } from '#platform/config/config.ts'
import { type Db, openDatabase } from '#platform/db/db.ts'
import { loadSecret, openSecrets } from '#platform/secrets/secrets.ts'
import { adminAddress, adminPassword, openClient, startDesk } from '#test/desk.ts'
import { temporaryFolder } from '#test/folder.ts'
import { mailIn } from '#test/post.ts'
import { runFoyer, startFoyer } from '#test/process.ts'
import { openFile } from './check-backup.ts'
import { tell } from './records.ts'
import { restore } from './restore.ts'
import { seal } from './seal.ts'
import { listTables } from './tables.ts'
import { readably } from './words.ts'

const passphrase = 'twelve quiet otters'
const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const folder = temporaryFolder()
chmodSync(folder, 0o755)
const file = join(folder, 'desk.foyer')
const newPlace = (name: string) => join(folder, name)

const drops: (() => Promise<void>)[] = []
after(async () => {
  for (const drop of drops) await drop()
})
const started = await startDesk()
const { house, admin, databaseUrl, inbox } = started
const { db } = house
const foyer = (command: string, rest: string[], env: Record<string, string | undefined> = {}) =>
  runFoyer([command, ...rest], { env: { FOYER_PASSPHRASE: passphrase, LC_ALL: 'C', ...env } })
const backUp = (to: string, env = {}) =>
  foyer('backup', [to, '--data', house.config.data], { DATABASE_URL: databaseUrl, ...env })

/** A database with nothing in it, dropped after the tests. */
async function emptyDatabase(what: string, letters = 'C.UTF-8'): Promise<string> {
  const name = `t_${what}_${process.pid}`
  const run = async (statement: string) => {
    const client = new pg.Client({ connectionString: databaseUrl })
    await client.connect()
    await client.query(statement).finally(() => client.end())
  }
  await run(`create database ${name} template template0 encoding 'UTF8' lc_collate 'C' lc_ctype '${letters}'`)
  drops.push(() => run(`drop database if exists ${name} with (force)`))
  const url = new URL(databaseUrl)
  url.pathname = `/${name}`
  return url.href
}

/** Rows per table and a hash of all their words: what must be the same on both sides. */
async function fingerprint(of: Db): Promise<Record<string, string>> {
  const client = new pg.Client({ connectionString: urls.get(of) })
  await client.connect()
  const found: Record<string, string> = {}
  for (const { name, columns } of await listTables(client)) {
    // Set by the restore or the running desk itself.
    if (/live_seats|stream_positions|public\.chores|auth\.session|api_keys/.test(name)) continue
    const where = name === 'public.settings' ? `where key not in ('restored', 'last_backup', 'address')` : ''
    const { rows } = await client.query(
      `select count(*) as n, md5(string_agg(t::text, '|' order by t::text)) as words
       from (select ${columns.join(', ')} from ${name} ${where}) t`,
    )
    found[name] = `${rows[0].n} ${rows[0].words}`
  }
  await client.end()
  return found
}
const urls = new Map<Db, string>([[db, databaseUrl]])

const picture = Buffer.from(Array.from({ length: 200_000 }, (_, i) => (i * 7919) % 251))
const first = await mailIn(started, {
  subject: 'Квитанция № 5',
  text: 'Tab\there, a \\ backslash and\nlines',
  raw: [
    'From: Anna Bell <anna@mail.example>',
    'To: support@example.com',
    'Subject: A picture',
    'Message-ID: <first@mail.example>',
    'Content-Type: multipart/mixed; boundary=b',
    '',
    '--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nTab\there, a \\ backslash, \\N and Ελληνικά',
    `--b\r\nContent-Type: image/png; name=p.png\r\nContent-Transfer-Encoding: base64\r\n\r\n${picture.toString('base64').replace(/.{76}/g, '$&\r\n')}`,
    '--b--',
  ].join('\r\n'),
  messageId: '<first@mail.example>',
})
await admin.post(`/conversations/${first.number}/comments`, { text: 'Looks like a \u0000-free comment' })
await admin.post('/channels', { kind: 'custom', inbox, name: 'Shop', url: 'http://127.0.0.1:9/in' })
await started.desk.settle()

test('without a passphrase nothing is written, in words', async () => {
  const said = await backUp(file, { FOYER_PASSPHRASE: undefined })
  assert.equal(said.code, 2)
  assert.match(said.err, /needs a passphrase: set FOYER_PASSPHRASE/)
  assert.equal(existsSync(file), false)
})

test('a desk that runs is backed up and restored: same rows, same hashes, same keys', async () => {
  const written = await backUp(file)
  assert.deepEqual([written.code, written.err], [0, ''])
  assert.match(
    written.out,
    /^Backed up to .*desk\.foyer \([\d.]+ [kM]B\)\. Rows: [\d,]+ in \d+ tables; files: 2\.\n$/,
  )
  assert.deepEqual(readdirSync(folder), ['desk.foyer'])
  const bytes = readFileSync(file)
  for (const secret of [loadSecret(house.config.data), 'anna@mail.example', 'backslash'])
    assert.equal(bytes.includes(secret), false, 'nothing of the desk can be read in the file')
  const before = await fingerprint(db)
  const source = await admin.get<string>(`/messages/${first.item}/source`)
  assert.equal(source.status, 200)
  const { rows: kept } = await sql<{ hash: string }>`
    select encode(sha256, 'hex') as hash from ledger where message_id like '%first@mail.example%'`.execute(db)
  const ledger = await sums(db)

  const data = newPlace('restored')
  const restored = await foyer('restore', [file, '--data', data])
  assert.deepEqual([restored.code, restored.err], [0, ''])
  assert.match(restored.out, /every hash agrees/)
  const again = await startFoyer(['--data', data])
  try {
    const { port, password } = {
      port: readFileSync(join(data, 'postgres/postmaster.pid'), 'utf8').split('\n')[3],
      password: readFileSync(join(data, 'postgres-password'), 'utf8').trim(),
    }
    const url = `postgresql://foyer:${password}@127.0.0.1:${port}/foyer`
    const there = openDatabase({ url, size: 1 })
    urls.set(there, url)
    try {
      assert.deepEqual(await fingerprint(there), before)
      assert.deepEqual(await sums(there), ledger)
      const { secrets } = await there
        .selectFrom('channels')
        .select('secrets')
        .where('kind', '=', 'custom')
        .executeTakeFirstOrThrow()
      assert.match(openSecrets(loadSecret(data)).open('channel', secrets!), /"secret"/)
    } finally {
      await there.destroy()
    }
    const client = openClient(again.address, admin.key)
    assert.equal((await client.get('/me')).status, 200, 'an API key goes on')
    const signedIn = await openClient(again.address).post('/sign-in', {
      address: adminAddress,
      password: adminPassword,
    })
    assert.equal(signedIn.status, 200)
    const response = await fetch(`${again.address}/api/v1/messages/${first.item}/source`, {
      headers: { authorization: `Bearer ${admin.key}` },
    })
    assert.equal(sha(new Uint8Array(await response.arrayBuffer())), kept[0]!.hash, 'as it came on arrival')
    // What is new goes on from where the old desk stood.
    const comment = await client.post(`/conversations/${first.number}/comments`, { text: 'Hello again' })
    assert.equal(comment.status, 201)
    const { code, out } = await runFoyer(['ledger', '--json', '--data', data])
    assert.equal(code, 0)
    assert.deepEqual(JSON.parse(out), ledger)
  } finally {
    await again.stop()
  }
  const taken = await foyer('restore', [file, '--data', data])
  assert.equal(taken.code, 1)
  assert.match(taken.err, /There is something in .* already/)
})

test('a file that is cut, changed, of another passphrase or none of ours restores nothing and leaves nothing', async () => {
  const whole = readFileSync(file)
  const bent = (where: number) => {
    const copy = Buffer.from(whole)
    copy[where] = copy[where]! ^ 1
    return copy
  }
  const header = whole.indexOf(10, whole.indexOf(10) + 1)
  const cases: [string, Buffer, RegExp, string?][] = [
    ['cut in the middle', whole.subarray(0, whole.length >> 1), /cut off: its end is missing/],
    ['cut by one byte', whole.subarray(0, -1), /cut off/],
    ['cut in the header', whole.subarray(0, 60), /cut off/],
    ['a bit turned', bent(whole.length - 1000), /passphrase does not open|damaged/],
    ['the header changed', bent(header - 6), /damaged|passphrase does not open/],
    ['something behind it', Buffer.concat([whole, Buffer.from('x')]), /damaged/],
    ['another passphrase', whole, /The passphrase does not open this backup/, 'other words'],
    ['no backup', Buffer.from('PK\u0003\u0004 something else\n'), /no backup of Foyer/],
    ['empty', Buffer.alloc(0), /no backup of Foyer/],
    ['of a newer Foyer', Buffer.from('FOYER BACKUP 2\n{}\n'), /newer Foyer/],
  ]
  const data = newPlace('refused')
  mkdirSync(data)
  const damaged = join(folder, 'damaged.foyer')
  for (const [name, bytes, words, other = passphrase] of cases) {
    writeFileSync(damaged, bytes)
    const config = readConfig({ data }, {})
    const refused = readably('en', () => restore(config, damaged, other, new Date()))
    await assert.rejects(refused, (error: Error) => {
      assert.match(error.message, words, name)
      assert.match(error.message, /Nothing was changed|newer Foyer/, name)
      return true
    })
    assert.deepEqual(readdirSync(data), [], name)
  }
  const russian = await foyer('restore', [damaged, '--data', data, '--language', 'ru'])
  assert.equal(russian.code, 1)
  assert.match(russian.err, /более новый Foyer/)
  const checked = await foyer('restore', [file, '--data', data, '--check'])
  assert.match(checked.out, /is whole/)
  assert.deepEqual(readdirSync(data), [])
})

test('a backup of somebody else’s making brings rows of known tables and nothing else', async () => {
  const { header, records } = await openFile(file)
  let secret = ''
  for await (const record of records(passphrase)) if (record.kind === 'desk') secret = record.told.secret
  const columns = ['key', 'value']
  const tricks = [
    {
      name: 'public.settings (key) from stdin; create table public.stolen (); copy public.settings',
      columns,
    },
    {
      name: 'public.settings',
      columns: ['key) from stdin; create table public.stolen (); copy public.settings (key'],
    },
    { name: 'pg_catalog.pg_authid', columns: ['rolname'] },
  ]
  for (const [i, table] of tricks.entries()) {
    const plain = Buffer.concat([
      tell('desk', { secret }),
      tell('table', table),
      tell('rows-end', { rows: 0, sha256: sha(Buffer.alloc(0)) }),
      tell('end', { tables: 1, rows: 0, files: 0, bytes: 0, missing: [] }),
    ])
    const made = newPlace('made.foyer')
    await writeFile(made, seal(header, passphrase, Readable.from([gzipSync(plain)])))
    const url = await emptyDatabase(`made${i}`)
    const data = newPlace(`made${i}`)
    const config = readConfig({ data }, { DATABASE_URL: url })
    await assert.rejects(restore(config, made, passphrase, new Date()), { code: 'damaged' }, table.name)
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    const { rows } = await client.query("select to_regclass('public.stolen') as stolen")
    await client.end()
    assert.deepEqual(rows, [{ stolen: null }])
  }
})

test('a restore that fails half-way leaves nothing, and one that was killed is begun anew', async () => {
  const data = newPlace('half')
  mkdirSync(data)
  // A database that cannot take it: its letters are unfit, which shows only once it has tables.
  const unfit = await emptyDatabase('unfit', 'C')
  const said = await foyer('restore', [file, '--data', data], { DATABASE_URL: unfit })
  assert.equal(said.code, 1)
  assert.match(said.err, /does not know Cyrillic/)
  assert.deepEqual(readdirSync(data), [])
  const left = new pg.Client({ connectionString: unfit })
  await left.connect()
  const { rowCount } = await left.query(`select from pg_tables where schemaname in ('public', 'auth')`)
  await left.end()
  assert.equal(rowCount, 0)
  // Killed: the marker and some files are there.
  writeFileSync(join(data, 'restore-unfinished'), 'x\n')
  mkdirSync(join(data, 'files'))
  writeFileSync(join(data, 'files', 'left'), 'x')
  const url = await emptyDatabase('begun')
  await assert.rejects(
    startFoyer(['--data', data], { env: { DATABASE_URL: url } }),
    /did not come to its end/,
  )
  const config = readConfig({ data }, { DATABASE_URL: url })
  await restore(config, file, passphrase, new Date())
  assert.deepEqual(readdirSync(data).sort(), ['files', 'secret'])
  assert.equal(existsSync(join(data, 'files', 'left')), false)
  const twice = await foyer('restore', [file, '--data', newPlace('other')], { DATABASE_URL: url })
  assert.equal(twice.code, 1)
  assert.match(twice.err, /The database has tables already/)
})

test('what was erased after the backup is erased again at the restore', async () => {
  const { house, admin } = started
  const before = join(folder, 'before.foyer')
  const { item, number } = await mailIn(started, { subject: 'PIN', text: 'RESTORE-MARKER-90210 is my PIN' })
  const person = await mailIn(started, {
    from: 'Zora RESTORE-MARKER <restore-marker@mail.example>',
    subject: 'Forget me',
    text: 'RESTORE-MARKER-STREET 7',
  })
  await started.desk.settle()
  const { customer } = (await admin.get<{ customer: { id: string } }>(`/conversations/${person.number}`)).body
  assert.equal((await backUp(before)).code, 0)
  assert.equal((await admin.put(`/messages/${item}/erasure`, { reason: 'Asked for' })).status, 200)
  const asked = { reason: 'Wants to be forgotten' }
  assert.equal((await admin.put(`/customers/${customer.id}/erasure`, asked)).status, 200)
  await started.desk.settle()
  const data = newPlace('erased')
  mkdirSync(data)
  const log = readFileSync(join(house.config.data, 'erasures.jsonl'), 'utf8')
  assert.doesNotMatch(log, /RESTORE-MARKER/i)
  // A line of another life of this desk, whose number somebody else's message has here.
  const stranger = {
    ...JSON.parse(log.split('\n')[0]!),
    subject: first.item,
    item_at: '2020-01-01T00:00:00.000Z',
  }
  writeFileSync(join(data, 'erasures.jsonl'), `${log}${JSON.stringify(stranger)}\n{"cut`)
  const config = readConfig({ data }, { DATABASE_URL: await emptyDatabase('again') })
  const { erased } = await restore(config, before, passphrase, new Date())
  // The message; her message, and herself.
  assert.equal(erased, 3)
  const again = await startDesk({ setUp: false, config })
  const client = openClient(again.url, admin.key)
  const { body } = await client.get<{ items: { id: string; text: string }[] }>(`/conversations/${number}`)
  assert.equal(body.items.find(({ id }) => id === item)?.text, '')
  assert.equal((await client.get(`/messages/${item}/source`)).status, 404)
  assert.equal((await client.get(`/messages/${first.item}/source`)).status, 200)
  const forgotten = (await client.get<{ name: string | null }>(`/customers/${customer.id}`)).body
  assert.equal(forgotten.name ?? null, null)
  // The raw mail itself goes when the desk runs.
  await again.desk.settle()
  await again.desk.close()
  for (const entry of readdirSync(data, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) {
      const bytes = readFileSync(join(entry.parentPath, entry.name))
      assert.equal(/RESTORE-MARKER/i.test(bytes.toString('latin1')), false, entry.name)
    }
})

test('what was on its way is held, and a damaged file of the store is named', async () => {
  const { item } = (await admin.get<{ items: { id: string }[] }>(`/conversations/${first.number}`)).body.items
    .map(({ id }) => ({ item: id }))
    .at(-1)!
  const sent = await admin.post<{ id: string }>(`/conversations/${first.number}/messages`, {
    text: 'An answer',
    lastSeen: item,
  })
  assert.equal(sent.status, 201)
  await db
    .updateTable('deliveries')
    .set({ state: 'queued', due_at: new Date('2999-01-01') })
    .where('message', '=', sent.body.id)
    .execute()
  const { file: picked } = await db.selectFrom('attachments').select('file').executeTakeFirstOrThrow()
  const hex = picked.toString('hex')
  const path = join(house.config.data, 'files', hex.slice(0, 2), hex.slice(2, 4), hex)
  copyFileSync(path, `${path}.kept`)
  writeFileSync(path, 'rotten')
  const other = join(folder, 'other.foyer')
  const written = await backUp(other)
  copyFileSync(`${path}.kept`, path)
  rmSync(`${path}.kept`)
  assert.equal(written.code, 1)
  assert.match(written.err, new RegExp(`1 file .* is missing or damaged[\\s\\S]*${hex}`))
  const config = readConfig({ data: newPlace('held') }, { DATABASE_URL: await emptyDatabase('held') })
  const restored = await restore(config, other, passphrase, new Date())
  assert.deepEqual([restored.held, restored.missing], [1, [hex]])
})
