import type { Connection } from '#channels/channel.ts'
import type { Db } from '#platform/db/db.ts'
import type { Secrets } from '#platform/secrets/secrets.ts'
import { openSealed } from './secrets.ts'

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
  const { id: channel, kind, inbox, settings } = row
  return { id: channel, kind, inbox, settings, secrets: openSealed(secrets, row.secrets) }
}
