// API keys: 160 random bits, shown once; only their SHA-256 is kept (there is nothing to guess, so no slow hash).
import { sql } from 'kysely'
import type { ApiKey } from '#features/agents/agents.contract.ts'
import type { Db } from '#platform/db/db.ts'
import { refuse } from '#platform/errors/refuse.ts'
import { append, type By } from '#platform/events/events.ts'
import { randomToken, sha256 } from '#platform/secrets/secrets.ts'

const prefix = 'fy_'

/** @returns the key itself, for the one time it is shown */
export async function createApiKey(
  tx: Db,
  by: By,
  agent: string,
  name: string,
): Promise<ApiKey & { key: string }> {
  const key = `${prefix}${randomToken()}`
  const start = key.slice(0, prefix.length + 4)
  const { id } = await tx
    .insertInto('api_keys')
    .values({ agent, name, hash: sha256(key), start, created_at: by.at })
    .returning('id')
    .executeTakeFirstOrThrow()
  await append(tx, { ...by, kind: 'api_key_created', after: { agent, key: id, name } })
  return { id, name, start, createdAt: by.at.toISOString(), lastUsedAt: null, key }
}

/** Every key of an agent that works. */
export async function apiKeysOf(db: Db, agent: string): Promise<ApiKey[]> {
  const rows = await db
    .selectFrom('api_keys')
    .select(['id', 'name', 'start', 'created_at', 'last_used_at'])
    .where('agent', '=', agent)
    .where('revoked_at', 'is', null)
    .orderBy('id', 'desc')
    .execute()
  return rows.map(({ created_at, last_used_at, ...row }) => ({
    ...row,
    createdAt: created_at.toISOString(),
    lastUsedAt: last_used_at?.toISOString() ?? null,
  }))
}

/** Ends one of the agent's own keys; 404 when he has no such key. */
export async function revokeApiKey(tx: Db, by: By, agent: string, id: string): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable('api_keys')
    .set({ revoked_at: by.at })
    .where('id', '=', id)
    .where('agent', '=', agent)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows !== 1n) refuse('not_found')
  await append(tx, { ...by, kind: 'api_key_revoked', after: { agent, key: id } })
}

/** Ends all keys of an agent who leaves. */
export async function revokeApiKeys(tx: Db, now: Date, agent: string): Promise<void> {
  await sql`update api_keys set revoked_at = ${now} where agent = ${agent} and revoked_at is null`.execute(tx)
}
