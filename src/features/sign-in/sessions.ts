import { APIError } from 'better-auth/api'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import type { Session } from '#features/agents/agents.contract.ts'
import type { Db } from '#platform/db/db.ts'
import { refuse } from '#platform/errors/refuse.ts'
import { append, type By } from '#platform/events/events.ts'
import type { House } from '#platform/house.ts'
import { ipHeader, openAuth, sessionSeconds } from './auth.ts'

// The browser keeps the cookie as long as browsers do (400 days); when the session ends is decided here, by its use.
const keepLong = (cookie: string) => cookie.replace(/Max-Age=\d+/, 'Max-Age=34560000')

/** Checks the password and sets the session's cookie on the reply. @returns false: they do not match */
export async function startSession(
  house: House,
  request: FastifyRequest,
  reply: FastifyReply,
  { address, password }: { address: string; password: string },
): Promise<boolean> {
  const headers = new Headers({ [ipHeader]: request.ip, 'user-agent': request.headers['user-agent'] ?? '' })
  try {
    const { headers: answered } = await openAuth(house).api.signInEmail({
      body: { email: address, password },
      headers,
      returnHeaders: true,
    })
    reply.header('set-cookie', answered.getSetCookie().map(keepLong))
    return true
  } catch (error) {
    if (error instanceof APIError && error.statusCode < 500) return false
    throw error
  }
}

/** Ends the session of this request, if it has one, and takes its cookies back. */
export async function endThisSession(
  house: House,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const { headers } = await openAuth(house).api.signOut({
    headers: new Headers({ cookie: request.headers.cookie ?? '' }),
    returnHeaders: true,
  })
  reply.header('set-cookie', headers.getSetCookie())
}

interface SessionRow {
  id: string
  createdAt: Date
  updatedAt: Date
  ipAddress: string | null
  userAgent: string | null
}
export async function sessionsOf(db: Db, agent: string, current: string | null): Promise<Session[]> {
  const { rows } = await sql<SessionRow>`
    select s.id, s."createdAt", s."updatedAt", s."ipAddress", s."userAgent"
    from auth.session s join agents a on a.auth_user = s."userId"
    where a.id = ${agent} and s."expiresAt" > now() order by s."updatedAt" desc, s.id`.execute(db)
  return rows.map((row) => ({
    id: row.id,
    current: row.id === current,
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.updatedAt.toISOString(),
    ip: row.ipAddress || null,
    device: row.userAgent || null,
  }))
}

/** Ends one of the agent's own sessions; 404 when he has no such session. */
export async function endSession(tx: Db, by: By, agent: string, session: string): Promise<void> {
  const { numAffectedRows } = await sql`
    delete from auth.session s using agents a
    where a.id = ${agent} and a.auth_user = s."userId" and s.id::text = ${session}`.execute(tx)
  if (numAffectedRows !== 1n) refuse('not_found')
  await append(tx, { ...by, kind: 'sessions_ended', after: { agent } })
}

/** Ends every session of the agent but this one. @param except a session id, or null for all */
export async function endSessions(tx: Db, by: By, agent: string, except: string | null): Promise<void> {
  await sql`
    delete from auth.session s using agents a
    where a.id = ${agent} and a.auth_user = s."userId" and s.id::text is distinct from ${except}`.execute(tx)
  await append(tx, { ...by, kind: 'sessions_ended', after: { agent } })
}

/** Notes that the session is in use, and lets it live on from here. */
export async function touchSession(db: Db, session: string): Promise<void> {
  await sql`update auth.session set "updatedAt" = now(), "expiresAt" = now() + ${sessionSeconds} * interval '1 s'
    where id = ${session}`.execute(db)
}
