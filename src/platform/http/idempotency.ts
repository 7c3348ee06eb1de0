import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import { after, hours } from '../clock/clock.ts'
import { type Db, inTransaction, json, lockSpace, tryLockInTransaction } from '../db/db.ts'
import { refuse } from '../errors/refuse.ts'
import type { House } from '../house.ts'
import { callerOf } from './http.ts'

/**
 * Answers a POST that creates or sends. With an `Idempotency-Key` (per agent and route, 24 h) the same request is
 * done once, in the transaction of the change itself, and answered alike every time; another body under the same
 * key is 422 `key_reused`, a copy that arrives while the first is under way 409 `in_flight`.
 */
export async function answerOnce<T>(
  house: House,
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  work: (tx: Db) => Promise<T>,
  /** what makes the same request the same; a file that was streamed in is not in request.body */
  asked: unknown = request.body,
): Promise<T> {
  const header = request.headers['idempotency-key']
  const key = Array.isArray(header) ? header[0] : header
  if (!key) {
    const body = await inTransaction(house.db, work)
    reply.code(status)
    return body
  }
  if (key.length > 200) refuse('malformed')
  const agent = callerOf(request).id
  // The path as called, not the pattern: the same key on another conversation is another request.
  const route = `${request.method} ${request.url.split('?')[0]}`
  const hash = createHash('sha256')
    .update(JSON.stringify(asked ?? null))
    .digest()
  const now = house.clock.now()
  return inTransaction(house.db, async (tx) => {
    if (!(await tryLockInTransaction(tx, lockSpace.idempotency, `${agent} ${route} ${key}`)))
      refuse('in_flight')
    const known = await tx
      .selectFrom('idempotency_keys')
      .selectAll()
      .where('agent', '=', agent)
      .where('route', '=', route)
      .where('key', '=', key)
      .executeTakeFirst()
    if (known && known.created_at > after(now, -hours(24))) {
      if (!known.body_hash.equals(hash)) refuse('key_reused')
      reply.code(known.status)
      return known.response as T
    }
    const body = await work(tx)
    await tx
      .insertInto('idempotency_keys')
      .values({ agent, route, key, body_hash: hash, status, response: json(body), created_at: now })
      .onConflict((conflict) =>
        conflict
          .columns(['agent', 'route', 'key'])
          .doUpdateSet({ body_hash: hash, status, response: json(body), created_at: now }),
      )
      .execute()
    reply.code(status)
    return body
  })
}

/** Kept answers that speak of these (what was erased must not come back to whoever asks again). */
export async function forgetAnswers(tx: Db, ids: string[]): Promise<void> {
  if (ids.length === 0) return
  const patterns = ids.map((id) => `%"${id}"%`)
  await sql`delete from idempotency_keys where response::text like any (${patterns}::text[])`.execute(tx)
}
