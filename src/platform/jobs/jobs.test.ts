// The database goes away while a job is done: the process lives, and the job is put away when it is back.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import { cloneDatabase } from '#test/database.ts'
import { until } from '#test/until.ts'
import { openDatabase } from '../db/db.ts'
import { silence } from '../log/log.ts'
import { addJob, startJobs } from './jobs.ts'

test('a job that ends while the database is away is put away when it is back: done once, failed once', async () => {
  const url = await cloneDatabase()
  const name = new URL(url).pathname.slice(1)
  const server = new pg.Client({ connectionString: url.replace(/\/[^/]*$/, '/postgres') })
  await server.connect()
  const away = async (is: boolean) => {
    await server.query(`alter database ${name} with allow_connections ${!is}`)
    if (!is) return
    const others = "from pg_stat_activity where datname = $1 and backend_type = 'client backend'"
    await server.query(`select pg_terminate_backend(pid) ${others}`, [name])
    await until(async () => (await server.query(`select 1 ${others}`, [name])).rows.length === 0)
  }
  const db = await openDatabase({ url })
  const done: string[] = []
  const runner = await startJobs(
    db,
    {
      succeeds: async () => {
        await away(true)
        done.push('succeeds')
      },
      fails: async () => {
        await away(true)
        done.push('fails')
        throw new Error('as it should')
      },
    },
    silence,
  )
  const left = async () => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    const { rows } = await client.query<{
      attempts: number
      last_error: string | null
      locked_at: Date | null
    }>('select attempts, last_error, locked_at from graphile_worker._private_jobs')
    await client.end()
    return rows
  }
  try {
    await addJob(db, 'succeeds', {})
    await until(() => done.length === 1)
    await away(false)
    await until(async () => (await left()).length === 0)
    await until(() =>
      addJob(db, 'fails', {}).then(
        () => true,
        () => false,
      ),
    )
    await until(() => done.length === 2)
    await away(false)
    const [failed] = await until(async () => {
      const rows = await left()
      return rows[0]?.locked_at === null && rows
    })
    assert.deepEqual([failed!.attempts, failed!.last_error], [1, 'as it should'])
    assert.deepEqual(done, ['succeeds', 'fails'])
  } finally {
    await runner.stop()
    await db.destroy()
    await server.end()
  }
})
