import { type Db, json } from '#platform/db/db.ts'
import { refuse } from '#platform/errors/refuse.ts'
import { append, type By } from '#platform/events/events.ts'
import type { Secrets } from '#platform/secrets/secrets.ts'
import { sayChannelsChanged } from './channels-changed.ts'
import { checkAuthServer, checkServer, checkUrl, type Server, serverSettings } from './check-settings.ts'
import type { ChannelChange, ServerInput } from './connections.contract.ts'
import { forgetTokens } from './oauth/tokens.ts'
import { openSealed, sealSecrets } from './secrets.ts'

export async function changeChannel(
  tx: Db,
  by: By,
  secrets: Secrets,
  id: string,
  change: ChannelChange,
): Promise<void> {
  const row = await tx
    .selectFrom('channels')
    .selectAll()
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (!row) refuse('not_found')
  const settings = { ...(row.settings as Record<string, unknown>) }
  const passwords = openSealed(secrets, row.secrets)
  for (const side of ['imap', 'smtp'] as const) {
    const given = change[side]
    if (given === undefined) continue
    keepPassword(passwords, side, settings[side] as Server | null, given)
    settings[side] = given ? serverSettings(checkServer(given, side)) : null
  }
  if (change.signIn !== undefined) await signInBy(tx, id, settings, change.signIn)
  if (change.authServer !== undefined) settings.authServer = checkAuthServer(change.authServer)
  if (change.watchSent !== undefined)
    settings.sentSince = change.watchSent ? (settings.sentSince ?? by.at.toISOString()) : null
  if (change.url !== undefined) settings.url = checkUrl(change.url)
  const enabled =
    change.enabled === undefined ? row.enabled_at : change.enabled ? (row.enabled_at ?? by.at) : null
  await tx
    .updateTable('channels')
    .set({
      name: change.name?.trim() || row.name,
      settings: json(settings),
      secrets: sealSecrets(secrets, passwords),
      enabled_at: enabled,
      last_error: null,
      last_error_at: null,
      last_error_side: null,
      last_error_hint: null,
    })
    .where('id', '=', id)
    .execute()
  await append(tx, { ...by, kind: 'channel_changed', after: { channel: id, fields: Object.keys(change) } })
  await sayChannelsChanged(tx)
}

/** By another way than before: what the old one knew is forgotten. */
async function signInBy(
  tx: Db,
  channel: string,
  settings: Record<string, unknown>,
  by: NonNullable<ChannelChange['signIn']>,
): Promise<void> {
  const before = settings.oauth as { provider: string } | null | undefined
  if ((before?.provider ?? 'password') === by) return
  await forgetTokens(tx, channel)
  settings.oauth = by === 'password' ? null : { provider: by, signedInAt: null }
}

/** A password not given again stays, but only for the same server and name: it is not sent to another one. */
function keepPassword(
  passwords: Record<string, string>,
  side: 'imap' | 'smtp',
  old: Server | null | undefined,
  given: ServerInput | null,
): void {
  if (given?.password) passwords[side] = given.password
  else if (!given || given.host.trim() !== old?.host || (given.username || null) !== old.username)
    delete passwords[side]
}

/** What it brought and sent stays; it just does nothing more. */
export async function removeChannel(tx: Db, by: By, id: string): Promise<void> {
  const removed = await tx
    .updateTable('channels')
    .set({ removed_at: by.at, enabled_at: null, secrets: null })
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  if (!removed) refuse('not_found')
  await forgetTokens(tx, id)
  await append(tx, { ...by, kind: 'channel_removed', before: { channel: id } })
  await sayChannelsChanged(tx)
}
