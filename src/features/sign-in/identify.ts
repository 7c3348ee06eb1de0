// Who stands behind a request: an API key or a session's cookie, one query each. Nothing is remembered between two
// requests, so an agent who is removed, a key that is revoked, a session that is ended is out with the next one.
import type { FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import { after, minutes } from '#platform/clock/clock.ts'
import type { Db } from '#platform/db/db.ts'
import { keepPlan } from '#platform/db/kept-plans.ts'
import type { House } from '#platform/house.ts'
import type { Caller } from '#platform/http/http.ts'
import { sha256 } from '#platform/secrets/secrets.ts'
import { sessionTokenOf } from './auth.ts'
import { touchSession } from './sessions.ts'

type Person = Pick<Caller, 'id' | 'name' | 'address' | 'role' | 'rights' | 'language'>

/** A key in the Authorization header counts before a cookie; a wrong one is nobody, whatever the cookie says. */
export async function identify(house: House, request: FastifyRequest): Promise<Caller | null> {
  const { authorization, cookie } = request.headers
  const now = house.clock.now()
  if (authorization !== undefined) {
    const [, key] = /^Bearer +(\S+)$/i.exec(authorization) ?? []
    return key ? byKey(house.db, now, key) : null
  }
  const token = sessionTokenOf(house, cookie)
  return token ? bySession(house.db, token) : null
}

async function byKey(db: Db, now: Date, key: string): Promise<Caller | null> {
  const { rows } = await sql<Person & { key: string; last_used_at: Date | null }>`${keepPlan}
    select a.id, a.name, a.address, a.role, a.rights, a.language, k.id as key, k.last_used_at
    from api_keys k join agents a on a.id = k.agent
    where k.hash = ${sha256(key)} and k.revoked_at is null and a.removed_at is null`.execute(db)
  const row = rows[0]
  if (!row) return null
  // Once a minute is exact enough to see which keys are in use, and spares a write per request.
  if (!row.last_used_at || after(row.last_used_at, minutes(1)) <= now)
    await db.updateTable('api_keys').set({ last_used_at: now }).where('id', '=', row.key).execute()
  return { ...person(row), by: 'key', sessionId: null }
}

// Sessions live by the machine's time, as better-auth writes it: a test clock that jumps a month signs nobody out.
async function bySession(db: Db, token: string): Promise<Caller | null> {
  const { rows } = await sql<Person & { session: string; stale: boolean }>`${keepPlan}
    select a.id, a.name, a.address, a.role, a.rights, a.language, s.id as session,
      s."updatedAt" < now() - interval '5 minutes' as stale
    from auth.session s join agents a on a.auth_user = s."userId"
    where s.token = ${token} and s."expiresAt" > now() and a.removed_at is null`.execute(db)
  const row = rows[0]
  if (!row) return null
  if (row.stale) await touchSession(db, row.session)
  return { ...person(row), by: 'session', sessionId: row.session }
}

const person = ({ id, name, address, role, rights, language }: Person): Person => ({
  id,
  name,
  address,
  role,
  rights,
  language,
})
