// A desk of several processes on a PostgreSQL of its own, any of which is ended at any moment, and started again: one
// process with the doors, some that work, and time that moves when it is told to, so that what is due in an hour is
// seen after seconds.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Chance } from '#app/demo/random.ts'
import { announceTime } from '#platform/clock/shared-test-clock.ts'
import { clusterOf } from '#platform/db/cluster-place.ts'
import { type Db, openDatabase } from '#platform/db/db.ts'
import { startEmbedded } from '#platform/db/embedded.ts'
import { readPostmaster } from '#platform/db/leftover.ts'
import { freePort } from '../free-port.ts'
import { type FoyerProcess, runFoyer, startFoyer } from '../process.ts'

export interface DeskInDanger {
  db: Db
  data: string
  databaseUrl: string
  /** http://127.0.0.1:port, the same over all restarts */
  url: string
  smtpPort: number
  key: string
  /** ended so far, by what */
  killed: Record<string, number>
  /** Ends something: kill −9 of a process, or PostgreSQL in one of its ways. */
  kill(): void
  /** Starts what is down, and keeps doing so. */
  begin(): Promise<void>
  /** All processes down, at once or in good order. */
  stop(how: 'SIGKILL' | 'SIGTERM'): Promise<void>
  /** Time goes on by so much in every process that hears; ms */
  goOn(ms: number): Promise<void>
  /** what its processes said when they ended by themselves */
  surprises: string[]
  close(): Promise<void>
}

export async function openDeskInDanger(chance: Chance, { workers = 2 } = {}): Promise<DeskInDanger> {
  const root = mkdtempSync(join(tmpdir(), 'foyer-faults-'))
  chmodSync(root, 0o755)
  const cluster = join(root, 'cluster')
  const data = join(root, 'data')
  const postgres = await startEmbedded(cluster)
  const databaseUrl = postgres.url
  const env = { DATABASE_URL: databaseUrl }
  const said = async (...args: string[]) => {
    const { code, out, err } = await runFoyer([...args, '--data', data], { env })
    if (code !== 0) throw new Error(`foyer ${args[0]}: ${out}${err}`)
    return out.trim()
  }
  const admin = 'admin@example.com'
  await said('setup', '--name', 'Admin', '--email', admin, '--password', 'correct horse battery')
  const key = await said('api-key', 'create', '--agent', admin)
  const db = openDatabase({ url: databaseUrl, size: 3, applicationName: 'foyer faults' })
  const [port, smtpPort] = [await freePort(), await freePort()]
  const roles = ['web', ...Array.from({ length: workers }, (_, n) => `worker ${n + 1}`)]
  const running = new Map<string, FoyerProcess>()
  const killed: Record<string, number> = {}
  const surprises: string[] = []
  /** who has been told to end */
  const ended = new WeakSet<FoyerProcess>()
  let wanted = false
  let now = new Date()

  const start = (role: string) =>
    startFoyer(['--role', role.split(' ')[0]!, '--data', data, '--test-clock'], {
      env,
      ports: role === 'web' ? [port, smtpPort] : undefined,
      onLaunch: (launched) => running.set(role, launched),
    })
  /** Runs a role for as long as it is wanted, whatever becomes of its process. */
  async function keep(role: string): Promise<void> {
    while (wanted) {
      const before = running.get(role)
      let stood = false
      try {
        const one = await start(role)
        stood = true
        await one.ended
      } catch (error) {
        // Killed while it started; or the database was away just then: it says so, and is started again.
        if (
          !/ended with null|does not answer|Connection|terminated|ECONN|57P0|starting up|shutting down|recovery/.test(
            String(error),
          )
        )
          surprises.push(`${role}: ${error}`)
      }
      const last = running.get(role)
      if (wanted && last && last !== before && !ended.has(last) && last.child.exitCode !== null)
        if (
          stood ||
          !/Connection|ECONN|57P0|starting up|shutting down|recovery|database/.test(last.err().slice(-3000))
        )
          // One that stands lives on without its database; one that is just starting may say so and go.
          surprises.push(`${role} ended by itself: ${last.err().slice(-1500)}`)
      if (wanted) await wait(chance.whole(20, 700))
    }
  }
  let keeping: Promise<void>[] = []

  const ways = { SIGINT: 'stopped', SIGQUIT: 'stopped at once', SIGKILL: 'killed' } as const
  function killPostgres(): string | null {
    const pid = readPostmaster(clusterOf(cluster))?.pid
    const signal = chance.pick(['SIGINT', 'SIGQUIT', 'SIGKILL'] as const)
    if (!pid) return null
    try {
      process.kill(pid, signal)
    } catch {
      return null
    }
    return `PostgreSQL ${ways[signal]}`
  }
  function killProcess(role: string): string | null {
    const one = running.get(role)
    if (!one || one.child.exitCode !== null || one.child.signalCode !== null) return null
    ended.add(one)
    one.child.kill('SIGKILL')
    return `${role.split(' ')[0]} killed`
  }

  async function stop(how: 'SIGKILL' | 'SIGTERM') {
    wanted = false
    for (const one of running.values()) {
      ended.add(one)
      one.child.kill(how)
    }
    await Promise.all(keeping)
  }
  return {
    db,
    data,
    databaseUrl,
    url: `http://127.0.0.1:${port}`,
    smtpPort,
    key,
    killed,
    surprises,
    kill() {
      const what = chance.happens(0.15) ? killPostgres() : killProcess(chance.pick(roles))
      if (what) killed[what] = (killed[what] ?? 0) + 1
    },
    async begin() {
      wanted = true
      keeping = roles.map(keep)
      for (const deadline = performance.now() + 120_000; ; await wait(100)) {
        const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null)
        if (answer?.ok) return
        if (performance.now() > deadline) throw new Error(`the desk does not start: ${surprises.join('\n')}`)
      }
    },
    stop,
    async goOn(ms) {
      now = new Date(Math.max(now.getTime(), Date.now()) + ms)
      await announceTime(db, now).catch(() => {})
    },
    async close() {
      await stop('SIGKILL')
      await db.destroy()
      await postgres.stop()
      rmSync(root, { recursive: true, force: true })
    },
  }
}
