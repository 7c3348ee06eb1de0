// graphile-worker puts a job away, done or failed, by a promise that nobody waits for. Refused because the database is
// away just then, it would end the process; and the job, still held, would be done once more hours later.
import { setTimeout as wait } from 'node:timers/promises'
import type { Pool, PoolClient } from 'pg'
import { isHouseTrouble } from '../db/db.ts'
import type { Log } from '../log/log.ts'

/** The statements by which the runner (0.18) puts jobs away; each may be said twice. */
const puttingAway = /^\s*(?:with j as \(\s*)?(?:delete from|update)\s+\S+_private_jobs["\s]/
/** milliseconds between two tries while the database is away */
const pause = 500

type Question = string | { text: string }
const textOf = (question: Question) => (typeof question === 'string' ? question : question.text)

/**
 * The pool for the job runner: jobs are put away for as long as it takes.
 * @param isOver told to stop: one try is enough then
 */
export function patientPool(pool: Pool, log: Log, isOver: () => boolean): Pool {
  const connect = (listener?: Parameters<Pool['connect']>[0]) =>
    listener ? pool.connect(listener) : Promise.resolve(openLater(pool, log, isOver))
  return new Proxy(pool, {
    get(target, name) {
      if (name === 'connect') return connect
      const value = Reflect.get(target, name, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

/** A connection that is taken from the pool by the first question, when it is known what that is. */
function openLater(pool: Pool, log: Log, isOver: () => boolean) {
  let client: PoolClient | null = null
  return {
    async query(question: Question, ...values: unknown[]) {
      if (puttingAway.test(textOf(question))) return putAway(pool, question, log, isOver)
      client ??= await pool.connect()
      return client.query(question as string, ...(values as []))
    },
    release: () => client?.release(),
  } as unknown as PoolClient
}

async function putAway(pool: Pool, question: Question, log: Log, isOver: () => boolean) {
  for (;;) {
    try {
      return await pool.query(question as string)
    } catch (error) {
      if (isOver() || !isHouseTrouble(error)) {
        log.error('a job was not put away', { error })
        return { rows: [], rowCount: 0 }
      }
      await wait(pause)
    }
  }
}
