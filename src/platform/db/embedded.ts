// PostgreSQL from npm, started by ourselves: initdb once, then `postgres` as a child on a free loopback port, started
// anew when it ends by itself, stopped last.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { Mendable } from '../errors/mendable.ts'
import { type ClusterPlace, clusterOf, findClusterPlace } from './cluster-place.ts'
import { sqlState } from './db.ts'
import { holdFolder, isHeld } from './hold-folder.ts'
import { readPostmaster, stopLeftover } from './leftover.ts'

export { FolderInUse } from './hold-folder.ts'

export interface EmbeddedPostgres {
  url: string
  port: number
  stop(): Promise<void>
}

/** PostgreSQL may have this long to write its checkpoint when it is asked to stop; ms. Then it recovers at the start. */
const stopPatience = 2500

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

/** Made beside its place and renamed when it is whole: a run that dies in between leaves no half a cluster. */
function createCluster({ native, cluster, as }: ClusterPlace, password: string) {
  const base = dirname(cluster)
  for (const name of readdirSync(base))
    if (name.startsWith('postgres.new-')) rmSync(join(base, name), { recursive: true, force: true })
  const fresh = join(base, `postgres.new-${process.pid}`)
  mkdirSync(fresh, { mode: 0o700 })
  const passwordFile = `${fresh}.pw`
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (as.uid !== undefined) for (const path of [fresh, passwordFile]) chownSync(path, as.uid, as.gid!)
  const settings = [
    ...['-A', 'scram-sha-256', `--pwfile=${passwordFile}`, '--no-instructions'],
    // Without these locale settings lower() and pg_trgm do nothing to Cyrillic (docs/decisions/0002).
    ...['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
    ...['--lc-ctype=C.UTF-8', '--lc-collate=C'],
  ]
  try {
    execFileSync(join(native, 'bin', 'initdb'), ['-D', fresh, '-U', 'foyer', ...settings], {
      ...as,
      cwd: '/',
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    renameSync(fresh, cluster)
  } finally {
    rmSync(passwordFile, { force: true })
  }
}

function readPassword(folder: string): string {
  const path = join(folder, 'postgres-password')
  if (!existsSync(path)) writeFileSync(path, randomBytes(24).toString('hex'), { mode: 0o600 })
  return readFileSync(path, 'utf8').trim()
}
const urlOf = (password: string, port: number) => `postgresql://foyer:${password}@127.0.0.1:${port}/foyer`

export interface EmbeddedOptions {
  /** further postgres settings, as `-c name=value` */
  settings?: string[]
  /** gets a line the person who starts Foyer should read */
  say?(line: string): void
  onDeath?(said: string): void
}

/**
 * Starts the cluster of a data folder, creating it on the first call, and the database `foyer` in it. What a killed
 * Foyer left running is stopped first; a Foyer that runs makes it throw FolderInUse.
 */
export async function startEmbedded(
  folder: string,
  { settings = [], say = () => {}, onDeath = () => {} }: EmbeddedOptions = {},
): Promise<EmbeddedPostgres> {
  mkdirSync(folder, { recursive: true })
  const hold = await holdFolder(folder)
  try {
    const place = findClusterPlace(folder, say)
    const password = readPassword(folder)
    if (!existsSync(join(place.cluster, 'PG_VERSION'))) createCluster(place, password)
    await stopLeftover(place.cluster)
    const port = await freePort()
    const server = await runServer(place, urlOf(password, port), port, settings, onDeath)
    return {
      url: urlOf(password, port),
      port,
      async stop() {
        await server.stop()
        await hold.release()
      },
    }
  } catch (error) {
    await hold.release()
    throw error
  }
}

/** The database's URL of the Foyer that runs on this folder; null: none does. Waits while it is starting. */
export async function attachEmbedded(folder: string): Promise<string | null> {
  while (existsSync(folder) && (await isHeld(folder))) {
    const port = readPostmaster(clusterOf(folder))?.port
    if (port) {
      const url = urlOf(readPassword(folder), port)
      if (await answers(url)) return url
    }
    await wait(50)
  }
  return null
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 })
  client.on('error', () => {})
  try {
    await client.connect()
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

/** Keeps `postgres` running on one port: it ended by itself (out of memory, kill −9), so it is started again. */
async function runServer(
  { native, cluster, as }: ClusterPlace,
  url: string,
  port: number,
  settings: string[],
  onDeath: (said: string) => void,
): Promise<{ stop(): Promise<void> }> {
  let stopping = false
  let said = ''
  let child: ChildProcess
  const launch = () => {
    said = ''
    child = spawn(
      join(native, 'bin', 'postgres'),
      ['-D', cluster, '-p', String(port), ...[...configuration, ...settings].flatMap((one) => ['-c', one])],
      // A group of its own: Ctrl-C in the terminal must reach Foyer only, which stops the database last.
      { ...as, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'], detached: true },
    )
    child.stderr!.on('data', (chunk) => {
      said = (said + chunk).slice(-4000)
    })
  }
  const ready = async () => {
    const deadline = performance.now() + 60_000
    for (;;) {
      await waitUntilReady(child, url, deadline)
      if (child.exitCode === null && child.signalCode === null) return
      // What a killed server held (shared memory, its lock) goes a moment after it.
      const passing = /lock file|shared memory|could not bind/.test(said)
      if (!passing || performance.now() > deadline) throw new Error(`PostgreSQL did not start: ${said}`)
      await wait(200)
      launch()
    }
  }
  /** Started again for as long as it takes: what kept it from starting (a full disk) may pass. */
  async function startAgain() {
    for (let pause = 500; !stopping; pause = Math.min(pause * 2, 10_000)) {
      onDeath(said)
      await wait(pause)
      if (stopping) return
      launch()
      const started = await ready().then(
        () => true,
        (error) => onDeath(String(error)),
      )
      if (started) return supervise()
    }
  }
  const isUp = () => child.exitCode === null && child.signalCode === null
  function supervise() {
    if (!isUp()) void startAgain()
    else
      child.once('exit', () => {
        if (!stopping) void startAgain()
      })
  }
  launch()
  await ready()
  supervise()
  return {
    async stop() {
      stopping = true
      await stop(child)
    },
  }
}

/** Until it answers, with the database there, or has ended. */
async function waitUntilReady(child: ChildProcess, url: string, deadline: number): Promise<void> {
  const admin = url.replace(/\/foyer$/, '/postgres')
  while (child.exitCode === null && child.signalCode === null) {
    const client = new pg.Client({ connectionString: admin })
    // It may end again under us: unheard that would end this process, too.
    client.on('error', () => {})
    try {
      await client.connect()
      const { rowCount } = await client.query("select 1 from pg_database where datname = 'foyer'")
      if (rowCount === 0) await client.query('create database foyer')
      return
    } catch (error) {
      if (sqlState(error) === '28P01')
        throw new Mendable(
          'The password kept for the embedded database does not fit it. Put back the file postgres-password of the data folder.',
        )
      if (performance.now() > deadline) throw error
      await wait(30)
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
  const hurry = setTimeout(() => child.kill('SIGQUIT'), stopPatience)
  await gone
  clearTimeout(hurry)
}
