// One-time links of invitations and password resets. Only their hash is kept; a new one ends the older ones.
import { sql } from 'kysely'
import { after, days, hours } from '#platform/clock/clock.ts'
import type { Db } from '#platform/db/db.ts'
import { refuse } from '#platform/errors/refuse.ts'
import { randomToken, sha256 } from '#platform/secrets/secrets.ts'

export type LinkKind = 'invitation' | 'reset'
const lifetime = { invitation: days(7), reset: hours(2) }

/** @returns the token, to be mailed and forgotten */
export async function makeLink(tx: Db, now: Date, kind: LinkKind, agent: string): Promise<string> {
  const token = randomToken()
  await tx.deleteFrom('sign_in_links').where('agent', '=', agent).where('kind', '=', kind).execute()
  await tx
    .insertInto('sign_in_links')
    .values({ hash: sha256(token), kind, agent, created_at: now, expires_at: after(now, lifetime[kind]) })
    .execute()
  return token
}

/** Whose link it is, without using it; 404 when it is unknown, used or too old. */
export async function readLink(db: Db, now: Date, kind: LinkKind, token: string): Promise<string> {
  const { rows } = await sql<{ agent: string }>`
    select l.agent from sign_in_links l join agents a on a.id = l.agent
    where l.hash = ${sha256(token)} and l.kind = ${kind} and l.used_at is null and l.expires_at > ${now}
      and a.removed_at is null`.execute(db)
  return rows[0]?.agent ?? refuse('not_found')
}

/** Uses it up: of two who try at once, one gets the agent, the other 404. */
export async function takeLink(tx: Db, now: Date, kind: LinkKind, token: string): Promise<string> {
  const agent = await readLink(tx, now, kind, token)
  const { numUpdatedRows } = await tx
    .updateTable('sign_in_links')
    .set({ used_at: now })
    .where('hash', '=', sha256(token))
    .where('used_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n ? agent : refuse('not_found')
}
