// Statements that are asked with every page and every mail keep their plan on each connection: to plan a page's joins
// costs PostgreSQL ten times what running them does. Only statements that say so, of few and fixed texts: a plan is
// memory in the database, and a text that differs with each list would fill it.
import { type PostgresPool, type PostgresPoolClient, type RawBuilder, sql } from 'kysely'
import pg from 'pg'

const sign = '/* keep plan */'

/**
 * Stands anywhere in a statement whose plan is to be kept. Not with `select *`: a column that a newer process adds would
 * break the plan.
 */
export const keepPlan = sql.raw(sign)

/**
 * The array of these ids, for a statement with a kept plan: PostgreSQL looks at the length of an array that is given
 * to it directly, finds a plan for this very length cheaper than one for all, and plans anew each time.
 */
export const idsFor = (ids: string[]): RawBuilder<string[]> =>
  sql<string[]>`array(select unnest(${ids}::bigint[]))`

const names = new Map<string, string>()
function nameOf(text: string): string | undefined {
  if (!text.includes(sign)) return undefined
  const name = names.get(text) ?? `foyer_${names.size + 1}`
  names.set(text, name)
  return name
}

/** 26000: the connection does not know the statement (a pooler between us), 0A000: its columns have changed. */
const isLost = (error: unknown) =>
  error instanceof pg.DatabaseError && /^(26000|0A000)$/.test(error.code ?? '')

/** The pool as Kysely sees it. A connection whose kept plans are of no use any more is not used again. */
export function withKeptPlans(pool: pg.Pool): PostgresPool {
  const clients = new WeakMap<pg.PoolClient, PostgresPoolClient>()
  return {
    options: pool.options,
    end: () => pool.end(),
    async connect() {
      const client = await pool.connect()
      const known = clients.get(client) ?? keeping(client)
      clients.set(client, known)
      return known
    },
  }
}

function keeping(client: pg.PoolClient): PostgresPoolClient {
  let lost = false
  const query = (text: string, values: unknown[]) => {
    const name = nameOf(text)
    if (!name) return client.query(text, values)
    return client.query({ name, text, values }).catch((error: unknown) => {
      lost ||= isLost(error)
      throw error
    })
  }
  return {
    // Cursors, the other thing it could be asked, are nowhere used.
    query: query as unknown as PostgresPoolClient['query'],
    release: (destroy) => client.release(destroy || lost),
  }
}
