// A PostgreSQL that outlived its Foyer (kill −9): it is asked to stop, and we wait until it has.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Mendable } from '../errors/mendable.ts'

export interface Postmaster {
  pid: number
  port: number
}

/** Who is written in postmaster.pid; null: nobody. */
export function readPostmaster(cluster: string): Postmaster | null {
  const path = join(cluster, 'postmaster.pid')
  if (!existsSync(path)) return null
  const lines = readFileSync(path, 'utf8').split('\n')
  const [pid, port] = [Number(lines[0]), Number(lines[3])]
  return pid > 0 ? { pid, port } : null
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** After a crash of the machine the number may be another program's. */
function isPostgresOf(pid: number, cluster: string): boolean {
  try {
    const command = existsSync('/proc/self/cmdline')
      ? readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      : execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
    return command.includes('postgres') && command.includes(cluster)
  } catch {
    return false
  }
}

/** Stops what runs on this cluster; call it only while holding the folder, so that it cannot be a live Foyer's. */
export async function stopLeftover(cluster: string): Promise<void> {
  const left = readPostmaster(cluster)
  if (!left) return
  if (!isAlive(left.pid) || !isPostgresOf(left.pid, cluster)) {
    // PostgreSQL would take any living process of that number for itself and refuse.
    if (isAlive(left.pid)) rmSync(join(cluster, 'postmaster.pid'), { force: true })
    return
  }
  process.kill(left.pid, 'SIGINT')
  const [soon, late] = [performance.now() + 5000, performance.now() + 20_000]
  let hurried = false
  while (isAlive(left.pid)) {
    if (!hurried && performance.now() > soon) {
      hurried = true
      // Immediate shutdown: it recovers from its log at the next start.
      process.kill(left.pid, 'SIGQUIT')
    }
    if (performance.now() > late)
      throw new Mendable(
        `The database of an earlier run (process ${left.pid}) does not stop. End it, then start again.`,
      )
    await wait(20)
  }
}
