import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import type { Seated } from './hub.ts'

/** @returns those of the seats who may listen no longer: session ended, key revoked, agent removed */
export async function findSignedOut(db: Db, seats: Seated[]): Promise<Seated[]> {
  const agents = await stillHere(db, seats)
  const sessions = await stillOpen(db, seats)
  const gone: Seated[] = []
  const keys = new Map<string, Promise<unknown>>()
  const keyHolds = async (seat: Seated) => {
    const asked = keys.get(seat.shown) ?? seat.identify()
    keys.set(seat.shown, asked)
    return (await asked) !== null
  }
  for (const seat of seats) {
    const { id, by, sessionId } = seat.caller
    const stays =
      agents.has(id) &&
      // Keys are few (scripts), so each is asked about once, in the way it came in.
      (by === 'session' ? sessionId !== null && sessions.has(sessionId) : await keyHolds(seat))
    if (!stays) gone.push(seat)
  }
  return gone
}

async function stillHere(db: Db, seats: Seated[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select id from agents where id = any(${[...new Set(seats.map((seat) => seat.caller.id))]}::bigint[])
      and removed_at is null`.execute(db)
  return new Set(rows.map((row) => row.id))
}

async function stillOpen(db: Db, seats: Seated[]): Promise<Set<string>> {
  const ids = seats.flatMap((seat) => seat.caller.sessionId ?? [])
  if (ids.length === 0) return new Set()
  // Sessions live by the machine's time, as better-auth writes it; the desk's clock may be a test's.
  const { rows } = await sql<{ id: string }>`
    select id::text from auth."session" where id::text = any(${ids}::text[]) and "expiresAt" > now()`.execute(
    db,
  )
  return new Set(rows.map((row) => row.id))
}
