import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import pg from 'pg'
import { cloneDatabase } from '../../test/database.ts'
import { temporaryFolder } from '../../test/folder.ts'
import { type FoyerProcess, runFoyer, startFoyer } from '../../test/process.ts'
import { until } from '../../test/until.ts'

const root = process.getuid?.() === 0
/** A data folder that the database's user may enter. */
function dataFolder(): string {
  const folder = temporaryFolder()
  chmodSync(folder, 0o755)
  return join(folder, 'var')
}
/** A folder that was started on and stopped before: whoever does not test the first start need not pay for one. */
let used: Promise<string> | undefined
function usedFolder(): Promise<string> {
  used ??= (async () => {
    const data = dataFolder()
    await (await start(['--data', data])).stop()
    return data
  })()
  return used
}
const running = new Set<FoyerProcess>()
async function start(args: string[], options?: Parameters<typeof startFoyer>[1]) {
  const foyer = await startFoyer(args, options)
  running.add(foyer)
  return foyer
}
after(() => Promise.all([...running].map((foyer) => (foyer.child.exitCode === null ? foyer.stop() : null))))

const ready = async (address: string) => {
  const response = await fetch(`${address}/readyz`)
  return { status: response.status, ...(await response.json()) }
}
const postmaster = (data: string) =>
  Number(readFileSync(join(data, 'postgres/postmaster.pid'), 'utf8').split('\n')[0])
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

test('a start says one line, answers, and SIGTERM stops it and its database within five seconds', async () => {
  const data = dataFolder()
  const foyer = await start(['--data', data])
  assert.match(foyer.out(), /^Foyer is ready at http:\/\/127\.0\.0\.1:\d+\n$/)
  assert.deepEqual(await ready(foyer.address), { status: 200, ok: true, setup: false })
  assert.deepEqual(await (await fetch(`${foyer.address}/healthz`)).json(), { ok: true })
  const database = postmaster(data)
  const { code, took } = await foyer.stop()
  assert.equal(code, 0)
  // Five seconds where the machine is free; without the guard the request's own limit of minutes.
  assert.ok(took < 30_000, `${took} ms`)
  assert.ok(!isAlive(database))
  used = Promise.resolve(data)
})

test('a request that hangs does not keep a stopped desk', async () => {
  const foyer = await start(['--data', await usedFolder()])
  const { port } = new URL(foyer.address)
  const { connect } = await import('node:net')
  const socket = connect(Number(port), '127.0.0.1')
  socket.on('error', () => {})
  socket.write('POST /api/v1/setup HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nhalf')
  await until(() => socket.bytesWritten > 0)
  const { took } = await foyer.stop()
  socket.destroy()
  // Five seconds where the machine is free; without the guard the request’s own limit of minutes.
  assert.ok(took < 30_000, `${took} ms`)
})

test('after kill −9 the next start stops what was left and runs on the same data', async () => {
  const data = await usedFolder()
  const first = await start(['--data', data])
  const left = postmaster(data)
  await first.kill()
  assert.ok(isAlive(left))
  const second = await start(['--data', data])
  assert.ok(!isAlive(left))
  assert.equal((await ready(second.address)).ok, true)
  // and after kill −9 of both at once
  const database = postmaster(data)
  process.kill(database, 'SIGKILL')
  await second.kill()
  const third = await start(['--data', data])
  assert.equal((await ready(third.address)).ok, true)
  assert.equal((await third.stop()).code, 0)
})

test('a lock file whose number now belongs to another program does not stop a start', async () => {
  const data = await usedFolder()
  writeFileSync(
    join(data, 'postgres/postmaster.pid'),
    `${process.pid}\n${data}/postgres\n0\n5432\n\n\n\nready\n`,
  )
  const foyer = await start(['--data', data])
  assert.equal((await ready(foyer.address)).ok, true)
  await foyer.stop()
})

test('a second start on one folder refuses with a sentence and harms nothing', async () => {
  const data = dataFolder()
  const [one, other] = await Promise.allSettled([start(['--data', data]), start(['--data', data])])
  const [won, lost] = one.status === 'fulfilled' ? [one, other] : [other, one]
  assert.ok(won.status === 'fulfilled' && lost.status === 'rejected', 'of two at once exactly one starts')
  const again = await runFoyer(['start', '--port', '0', '--smtp-port', '0', '--data', data])
  assert.equal(again.code, 1)
  assert.match(
    again.err,
    /^Foyer is running on \S+ already\. Stop it first, or give another folder with --data\.\n$/,
  )
  assert.equal((await ready(won.value.address)).ok, true)
  await won.value.stop()
})

test('a database that is killed is started again, and meanwhile requests are told so', async () => {
  const data = await usedFolder()
  const foyer = await start(['--data', data])
  process.kill(postmaster(data), 'SIGKILL')
  const answer = await until(async () => {
    const response = await fetch(`${foyer.address}/readyz`)
    return response.status === 503 ? response.json() : null
  })
  assert.deepEqual(answer, { ok: false })
  await until(async () => (await ready(foyer.address)).status === 200, { within: 60_000 })
  assert.equal((await foyer.stop()).code, 0)
})

test('web and worker share one database and folder; each stops by itself', async () => {
  const data = dataFolder()
  const env = { DATABASE_URL: await cloneDatabase() }
  const [web, worker] = await Promise.all([
    start(['--role', 'web', '--data', data], { env }),
    start(['--role', 'worker', '--data', data], { env }),
  ])
  assert.equal(worker.out(), 'Foyer worker is ready\n')
  assert.equal(worker.address, '')
  await worker.stop()
  assert.equal((await ready(web.address)).ok, true)
  await web.stop()
})

test('requests are answered 503 not_ready while an outside database is away, and again when it is back', async () => {
  const url = await cloneDatabase()
  const foyer = await start(['--data', dataFolder()], { env: { DATABASE_URL: url } })
  const name = new URL(url).pathname.slice(1)
  const admin = new pg.Client({ connectionString: url.replace(/\/[^/]*$/, '/postgres') })
  await admin.connect()
  try {
    await admin.query(`alter database ${name} with allow_connections false`)
    await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name])
    // The server has been told to end the connections; until it has, one may still answer.
    await until(async () => (await ready(foyer.address)).status === 503)
    assert.deepEqual(await ready(foyer.address), { status: 503, ok: false })
  } finally {
    await admin.query(`alter database ${name} with allow_connections true`)
    await admin.end()
  }
  await until(async () => (await ready(foyer.address)).status === 200)
  assert.equal((await foyer.stop()).code, 0)
})

async function refused(args: string[], env: Record<string, string> = {}) {
  const { code, err } = await runFoyer(['start', '--port', '0', '--smtp-port', '0', ...args], { env })
  assert.equal(code, 1, err)
  assert.ok(!err.includes('    at '), `a sentence, not a stack: ${err}`)
  return err
}

test('another secret, another file store or a newer schema refuse to start with a sentence', async () => {
  const data = dataFolder()
  const url = await cloneDatabase()
  const env = { DATABASE_URL: url }
  await (await start(['--data', data], { env })).stop()
  assert.match(await refused(['--data', data], { ...env, FOYER_SECRET: 'another' }), /secret does not belong/)
  const elsewhere = dataFolder()
  mkdirSync(elsewhere)
  writeFileSync(join(elsewhere, 'secret'), readFileSync(join(data, 'secret')))
  assert.match(await refused(['--data', elsewhere], env), /files in \S+ are not those of this database/)
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query("insert into migrations (name) values ('9999-from-the-future.sql')")
  await client.end()
  assert.match(await refused(['--data', data], env), /made by a newer Foyer/)
})

test('a port that is taken is named with what to do', async () => {
  const { createServer } = await import('node:net')
  const server = createServer().listen(0, '127.0.0.1')
  await until(() => server.listening)
  const { port } = server.address() as { port: number }
  const env = { DATABASE_URL: await cloneDatabase() }
  const said = await refused(['--data', dataFolder(), '--port', String(port)], env)
  assert.match(said, /Another program listens on 127\.0\.0\.1:\d+\. Choose another with --port/)
  server.close()
})

test('a database that cannot be used is named with what to do', async () => {
  const url = new URL(await cloneDatabase())
  const wrong = (change: (url: URL) => void) => {
    const other = new URL(url)
    change(other)
    return { DATABASE_URL: other.href }
  }
  const data = dataFolder()
  assert.match(
    await refused(
      ['--data', data],
      wrong((other) => Object.assign(other, { pathname: '/nowhere' })),
    ),
    /does not exist\. Make it: CREATE DATABASE/,
  )
  const admin = new pg.Client({
    connectionString: wrong((other) => Object.assign(other, { pathname: '/postgres' })).DATABASE_URL,
  })
  await admin.connect()
  const name = `t_locale_${process.pid}`
  await admin.query(
    `create database ${name} template template0 encoding 'UTF8' locale_provider 'libc' lc_collate 'C' lc_ctype 'C'`,
  )
  try {
    assert.match(
      await refused(
        ['--data', data],
        wrong((other) => Object.assign(other, { pathname: `/${name}` })),
      ),
      /does not know Cyrillic letters/,
    )
  } finally {
    await admin.query(`drop database ${name} with (force)`)
    await admin.end()
  }
})

test('an ordinary user runs everything as himself', {
  skip: root ? false : 'needs root to become somebody',
}, async () => {
  const data = dataFolder()
  mkdirSync(data)
  const [uid, gid] = ['-u', '-g'].map((flag) => Number(execFileSync('id', [flag, 'nobody'])))
  chownSync(data, uid!, gid!)
  const foyer = await start(['--data', data], { uid, gid })
  assert.equal((await ready(foyer.address)).ok, true)
  assert.equal((await foyer.stop()).code, 0)
  // root continues where he was: the cluster stays his
  const again = await start(['--data', data])
  assert.equal((await ready(again.address)).ok, true)
  await again.stop()
})

test('below a folder that the database user may not enter, the database is kept elsewhere, and found again', {
  skip: root ? false : 'only root starts the database as another user',
}, async () => {
  const closed = temporaryFolder()
  const data = join(closed, 'var')
  const first = await start(['--data', data])
  const [, place] = /The database is kept in (\S+):/.exec(first.err()) ?? []
  assert.ok(place && existsSync(join(place, 'postgres/PG_VERSION')), first.err())
  try {
    await first.kill()
    const second = await start(['--data', data])
    assert.doesNotMatch(second.err(), /is kept in/)
    assert.equal((await ready(second.address)).ok, true)
    await second.stop()
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
})
