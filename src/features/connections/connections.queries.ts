import type { Connection } from '#channels/channel.ts'
import type { Db } from '#platform/db/db.ts'
import { decodeCursor, page } from '#platform/http/paging.ts'
import type { Secrets } from '#platform/secrets/secrets.ts'
import type { Server } from './check-settings.ts'
import type { Channel, DkimKey } from './connections.contract.ts'
import { type DkimSettings, recordName, recordText } from './dkim/dkim.ts'
import { openSealed } from './secrets.ts'
import { type Traffic, trafficOf } from './traffic.ts'

const channels = (db: Db) =>
  db
    .selectFrom('channels as c')
    .innerJoin('inboxes as i', 'i.id', 'c.inbox')
    .leftJoin('channel_tokens as k', 'k.channel', 'c.id')
    .selectAll('c')
    .select('k.until as signed_in_until')
    .select('i.name as inbox_name')
    .where('c.removed_at', 'is', null)
type Row = Awaited<ReturnType<ReturnType<typeof channels>['executeTakeFirstOrThrow']>>

export async function pageOfChannels(
  db: Db,
  secrets: Secrets,
  now: Date,
  { limit = 50, cursor }: { limit?: number; cursor?: string },
) {
  const after = cursor ? decodeCursor(cursor, 1)[0]! : '0'
  const rows = await channels(db)
    .where('c.id', '>', after)
    .orderBy('c.id')
    .limit(limit + 1)
    .execute()
  const ids = rows.map(({ id }) => id)
  const traffic = await trafficOf(db, ids, now)
  return page(
    rows,
    limit,
    (row) => show(secrets, row, traffic(row.id)),
    ({ id }) => [id],
  )
}
export async function findChannel(db: Db, secrets: Secrets, now: Date, id: string): Promise<Channel | null> {
  const row = await channels(db).where('c.id', '=', id).executeTakeFirst()
  if (!row) return null
  const traffic = await trafficOf(db, [row.id], now)
  return show(secrets, row, traffic(row.id))
}

interface Settings {
  imap?: Server | null
  smtp?: Server | null
  authServer?: string | null
  url?: string
  sentSince?: string | null
  dkim?: DkimSettings | null
  oauth?: { provider: NonNullable<Channel['oauth']>['provider']; signedInAt: string | null } | null
}
function show(secrets: Secrets, row: Row, traffic: Traffic): Channel {
  const { imap, smtp, url, authServer, sentSince, oauth, dkim } = row.settings as Settings
  const held = openSealed(secrets, row.secrets)
  const server = (side: Server | null | undefined, name: string) =>
    side ? { ...side, hasPassword: name in held } : null
  return {
    id: row.id,
    kind: row.kind as Channel['kind'],
    name: row.name,
    inbox: { id: row.inbox, name: row.inbox_name },
    imap: server(imap, 'imap'),
    smtp: server(smtp, 'smtp'),
    authServer: authServer ?? null,
    oauth: oauth ? { ...oauth, until: row.signed_in_until?.toISOString() ?? null } : null,
    dkim: dkim ? showDkim(dkim) : null,
    watchSent: Boolean(sentSince),
    url: url ?? null,
    enabled: row.enabled_at !== null,
    health: {
      lastInAt: row.last_in_at?.toISOString() ?? null,
      lastOutAt: row.last_out_at?.toISOString() ?? null,
      lastMailAt: traffic.lastMailAt?.toISOString() ?? null,
      // Whoever switched it off knows why nothing comes.
      silentSince: (row.enabled_at && traffic.silentSince?.toISOString()) ?? null,
      noSentSince: (sentSince && row.no_sent_since?.toISOString()) || null,
      waitingIn: traffic.waitingIn,
      waitingOut: traffic.waitingOut,
      lastError: row.last_error,
      lastErrorAt: row.last_error_at?.toISOString() ?? null,
      lastErrorSide: row.last_error_side as Channel['health']['lastErrorSide'],
      lastErrorHint: row.last_error_hint,
    },
  }
}

const showDkim = (dkim: DkimSettings): DkimKey => ({
  domain: dkim.domain,
  selector: dkim.selector,
  name: recordName(dkim),
  record: recordText(dkim),
  on: dkim.on,
})

/** The connections that work, opened; of one kind or inbox where asked; `off`: also those switched off. */
export async function openConnections(
  db: Db,
  secrets: Secrets,
  { kind, id, inbox, off }: { kind?: string; id?: string; inbox?: string; off?: boolean } = {},
): Promise<Connection[]> {
  let query = channels(db).where('i.removed_at', 'is', null)
  if (!off) query = query.where('c.enabled_at', 'is not', null)
  if (kind) query = query.where('c.kind', '=', kind)
  if (id) query = query.where('c.id', '=', id)
  if (inbox) query = query.where('c.inbox', '=', inbox)
  const rows = await query.orderBy('c.id').execute()
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    inbox: row.inbox,
    settings: row.settings as Record<string, unknown>,
    secrets: openSealed(secrets, row.secrets),
  }))
}
