import type { Connection } from '#channels/channel.ts'
import type { Db } from '#platform/db/db.ts'
import type { Secrets } from '#platform/secrets/secrets.ts'

/** A channel opened for one call, its secrets unsealed; null: there is none, or it is switched off. */
export async function open(db: Db, secrets: Secrets, id: string): Promise<Connection | null> {
  const row = await db
    .selectFrom('channels')
    .select(['id', 'kind', 'inbox', 'settings', 'secrets'])
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .where('enabled_at', 'is not', null)
    .executeTakeFirst()
  if (!row) return null
  const unsealed: Record<string, string> = row.secrets ? JSON.parse(secrets.open('channel', row.secrets)) : {}
  return { id: row.id, kind: row.kind, inbox: row.inbox, settings: row.settings, secrets: unsealed }
}
