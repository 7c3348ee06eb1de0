import { type Db, json } from '#platform/db/db.ts'
import { refuseField } from '#platform/errors/refuse.ts'
import { append, type By } from '#platform/events/events.ts'
import { randomToken, type Secrets } from '#platform/secrets/secrets.ts'
import { inboxByAddress } from '../inboxes/inboxes.ts'
import { sayChannelsChanged } from './channels-changed.ts'
import { checkAuthServer, checkServer, checkSince, checkUrl, serverSettings } from './check-settings.ts'
import type { NewChannel } from './connections.contract.ts'
import { sealSecrets } from './secrets.ts'

/** @returns its id, and for a custom channel the secret that both sides sign with: it is shown this once */
export async function addChannel(
  tx: Db,
  by: By,
  secrets: Secrets,
  input: NewChannel,
): Promise<{ id: string; secret: string | null }> {
  const { id: inbox, address } = await inboxNamed(tx, input.inbox)
  const secret = input.kind === 'custom' ? randomToken() : null
  const { id } = await tx
    .insertInto('channels')
    .values({
      kind: input.kind,
      inbox,
      name: input.name?.trim() || address,
      settings: json({
        ...settingsOf(input),
        sentSince: sentSinceOf(input, by),
        connectedAt: by.at.toISOString(),
      }),
      secrets: sealSecrets(secrets, input.kind === 'custom' ? { secret: secret! } : passwordsOf(input)),
      enabled_at: by.at,
      created_at: by.at,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await append(tx, { ...by, kind: 'channel_created', after: { channel: id, inbox } })
  await sayChannelsChanged(tx)
  return { id, secret }
}

async function inboxNamed(tx: Db, name: string): Promise<{ id: string; address: string }> {
  const id = name.includes('@') ? await inboxByAddress(tx, name) : /^\d{1,18}$/.test(name) ? name : null
  const row = await tx
    .selectFrom('inboxes')
    .select(['id', 'address'])
    .where('id', '=', id ?? null)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  return row ?? refuseField('inbox', 'unknown')
}

/** From when on the folder of sent mail is watched. */
const sentSinceOf = (input: NewChannel, by: By) =>
  input.kind === 'mail' && input.watchSent ? by.at.toISOString() : null

/** What stands in channels.settings: plain, without secrets. */
export function settingsOf(input: NewChannel): Record<string, unknown> {
  if (input.kind === 'custom') return { url: checkUrl(input.url) }
  return {
    imap: input.imap ? serverSettings(checkServer(input.imap, 'imap')) : null,
    smtp: input.smtp ? serverSettings(checkServer(input.smtp, 'smtp')) : null,
    since: checkSince(input.since ?? 'now'),
    authServer: checkAuthServer(input.authServer),
    oauth: input.signIn && input.signIn !== 'password' ? { provider: input.signIn, signedInAt: null } : null,
  }
}
export function passwordsOf(input: NewChannel): Record<string, string> {
  if (input.kind === 'custom') return {}
  const { imap, smtp } = input
  return {
    ...(imap?.password ? { imap: imap.password } : {}),
    ...(smtp?.password ? { smtp: smtp.password } : {}),
  }
}
