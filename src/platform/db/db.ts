import { Kysely, type LogEvent, PostgresDialect, type RawBuilder, sql, type Transaction } from 'kysely'
import pg from 'pg'
import { withKeptPlans } from './kept-plans.ts'
import type { Tables } from './schema.gen.ts'

/** A pool or a transaction: every data function takes one first and does not care which. */
export type Db = Kysely<Tables>

const afterCommit = new WeakMap<object, Set<() => void>>()
const pools = new WeakMap<object, pg.Pool>()

export interface DatabaseOptions {
  url: string
  /** connections at the most */
  size?: number
  applicationName?: string
  onQuery?: (event: LogEvent) => void
}

/**
 * Opens a pool. `bigint` stays a string (ids are strings everywhere), `timestamptz` is a Date,
 * `count(*)` is a string too: turn it with Number().
 */
export function openDatabase({ url, size = 12, applicationName = 'foyer', onQuery }: DatabaseOptions): Db {
  const pool = new pg.Pool({
    connectionString: url,
    max: size,
    application_name: applicationName,
    // A statement that hangs for a minute is a bug or a dead network; neither may hold a request for ever.
    connectionTimeoutMillis: 10_000,
  })
  // An idle connection that breaks (database restarted) must not end the process; the next query reconnects.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: withKeptPlans(pool) }), log: onQuery })
  pools.set(db, pool)
  afterCommit.set(db, new Set())
  return db
}

/** The pg pool below, for the parts that bring their own SQL (job runner, COPY, LISTEN). */
export function poolOf(db: Db): pg.Pool {
  const pool = pools.get(db)
  if (!pool) throw new Error('not a database opened by openDatabase')
  return pool
}

/** One connection as a database, for work that mixes statements with a COPY of its own in one transaction. */
export function onConnection(client: pg.PoolClient): Db {
  const pool = {
    options: {},
    end: async () => {},
    connect: async () => ({ query: client.query.bind(client), release: () => {} }) as never,
  }
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
}

/** Runs `listener` after every commit made through `inTransaction(db, …)`; returns the way to stop it. */
export function onCommit(db: Db, listener: () => void): () => void {
  const listeners = afterCommit.get(db)
  if (!listeners) throw new Error('not a database opened by openDatabase')
  listeners.add(listener)
  return () => listeners.delete(listener)
}

const onceCommitted = new WeakMap<object, (() => void)[]>()
/** Does something in this process when the transaction has been committed, and never when it is rolled back. */
export function whenCommitted(tx: Db, act: () => void): void {
  const acts = onceCommitted.get(tx)
  if (acts) acts.push(act)
  else act()
}

/** One transaction; inside another one it simply takes part in it. */
export async function inTransaction<T>(db: Db, work: (tx: Db) => Promise<T>): Promise<T> {
  if (db.isTransaction) return work(db)
  const acts: (() => void)[] = []
  const result = await db.transaction().execute((tx: Transaction<Tables>) => {
    onceCommitted.set(tx, acts)
    return work(tx)
  })
  for (const act of acts) act()
  for (const listener of afterCommit.get(db) ?? []) listener()
  return result
}

/** Questions that need not wait for each other: side by side on a pool, in turn on a transaction's one connection. */
export async function atOnce<T extends readonly unknown[]>(
  db: Db,
  ...questions: { [K in keyof T]: () => Promise<T[K]> }
): Promise<T> {
  if (!db.isTransaction) return Promise.all(questions.map((ask) => ask())) as unknown as Promise<T>
  const answers: unknown[] = []
  for (const ask of questions) answers.push(await ask())
  return answers as unknown as T
}

/** Two transactions in each other's way are nobody's fault: the one that lost goes again at once. */
export async function twiceOnDeadlock<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (sqlState(error) !== '40P01') throw error
    return work()
  }
}

/** PostgreSQL's SQLSTATE of an error, where it has one. */
export const sqlState = (error: unknown): string | undefined =>
  error instanceof pg.DatabaseError ? error.code : undefined
export const isUniqueViolation = (error: unknown, constraint?: string) =>
  error instanceof pg.DatabaseError &&
  error.code === '23505' &&
  (constraint === undefined || error.constraint === constraint)

/** The database went away or is just coming back: nothing is wrong with the query, it may be tried again later. */
export function isDatabaseAway(error: unknown): boolean {
  const { code, message } = error as { code?: string; message?: string }
  // 08…: connection lost; 57P01–03: shutting down, crashed, starting up; 53300: no connection left
  if (code && /^(08...|57P0[123]|53300|ECONN\w+|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND)$/.test(code))
    return true
  return /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered|database ".*" is not currently accepting)/.test(
    message ?? '',
  )
}

/**
 * The machine is in trouble, not what was being worked on: the database is away, the disk is full or fails, too many
 * files are open. It passes, and then the same work may go well.
 */
export function isHouseTrouble(error: unknown): boolean {
  // 53…: the server lacks disk, memory or connections; 58…: its files fail it
  if (isDatabaseAway(error) || /^(53|58)/.test(sqlState(error) ?? '')) return true
  const { code } = error as { code?: string }
  return /^(ENOSPC|EDQUOT|EROFS|EIO|EMFILE|ENFILE|ENOMEM)$/.test(code ?? '')
}

/** Work inside a transaction that is undone alone when it throws. */
export async function inSavepoint<T>(tx: Db, work: () => Promise<T>): Promise<T> {
  await sql`savepoint inner_work`.execute(tx)
  try {
    const done = await work()
    await sql`release savepoint inner_work`.execute(tx)
    return done
  } catch (error) {
    await sql`rollback to savepoint inner_work`.execute(tx)
    await sql`release savepoint inner_work`.execute(tx)
    throw error
  }
}

/** A value for a jsonb column. */
export const json = <T>(value: T): RawBuilder<T> => sql<T>`${JSON.stringify(value)}::jsonb`

/** Serialises work on `name` until the transaction ends (advisory lock, two-key form is ours alone). */
export async function lockInTransaction(tx: Db, space: number, name: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(${space}::int, hashtext(${name}))`.execute(tx)
}
export async function tryLockInTransaction(tx: Db, space: number, name: string): Promise<boolean> {
  const { rows } = await sql<{
    got: boolean
  }>`select pg_try_advisory_xact_lock(${space}::int, hashtext(${name})) as got`.execute(tx)
  return rows[0]!.got
}
/** First keys of our advisory locks, so that two uses never share one. */
export const lockSpace = {
  migrations: 7001,
  sequencer: 7002,
  thread: 7003,
  idempotency: 7004,
  setup: 7005,
  counts: 7006,
  imap: 7007,
  follower: 7008,
  told: 7009,
} as const
