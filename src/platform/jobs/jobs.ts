// Jobs live in PostgreSQL (graphile-worker), enqueued in the transaction that needs them. A job runs now; what is
// due later is a row of ours with a due time (see ../due/due.ts), so that a test clock can drive it.
import { type Runner, run } from 'graphile-worker'
import { sql } from 'kysely'
import { type Db, poolOf } from '../db/db.ts'
import type { Log } from '../log/log.ts'
import { patientPool } from './patient-pool.ts'

export type Tasks = Record<string, (payload: never) => Promise<void>>

/**
 * Enqueues a job. `key` makes it one job however often it is asked for; `queue` makes those of one queue run one
 * after the other. Costs about 0.6 ms of PostgreSQL: not for every mail.
 */
export async function addJob(
  tx: Db,
  name: string,
  payload: Record<string, unknown>,
  { key, queue }: { key?: string; queue?: string } = {},
): Promise<void> {
  await sql`select graphile_worker.add_job(${name}, ${JSON.stringify(payload)}::json, job_key => ${key ?? null}::text, queue_name => ${queue ?? null}::text)`.execute(
    tx,
  )
}

/** Installs graphile-worker's own schema; part of migrating. */
export async function migrateJobs(db: Db): Promise<void> {
  const { runMigrations } = await import('graphile-worker')
  await runMigrations({ pgPool: poolOf(db) as never, logger: quiet() })
}

export async function startJobs(db: Db, tasks: Tasks, log: Log, concurrency = 4): Promise<Runner> {
  let over = false
  const runner = await run({
    pgPool: patientPool(poolOf(db), log, () => over) as never,
    concurrency,
    noHandleSignals: true,
    pollInterval: 5000,
    logger: quiet(log),
    taskList: Object.fromEntries(
      Object.entries(tasks).map(([name, task]) => [name, (payload: unknown) => task(payload as never)]),
    ),
  })
  const stop = runner.stop.bind(runner)
  runner.stop = () => {
    over = true
    return stop()
  }
  return runner
}

import { Logger } from 'graphile-worker'

function quiet(log?: Log): Logger {
  return new Logger(() => (level, message, meta) => {
    if (level === 'error') log?.error('job', { message, error: (meta as { error?: unknown })?.error })
  })
}
