import { after, seconds } from '#platform/clock/clock.ts'
import type { Db } from '#platform/db/db.ts'
import type { By } from '#platform/events/events.ts'
import type { Secrets } from '#platform/secrets/secrets.ts'
import type { Tokens } from './token-place.ts'

const purpose = (channel: string) => `channel token ${channel}`

/** Those of a new sign-in, in place of all before. */
export async function keepTokens(
  tx: Db,
  secrets: Secrets,
  channel: string,
  { access, accessFor, refresh, refreshFor }: Tokens & { refresh: string },
  { at, actor }: By,
): Promise<void> {
  const row = {
    refresh_token: secrets.seal(purpose(channel), refresh),
    access_token: secrets.seal(purpose(channel), access),
    access_until: after(at, seconds(accessFor)),
    until: refreshFor === null ? null : after(at, seconds(refreshFor)),
    signed_in_at: at,
    signed_in_by: actor.id,
  }
  await tx
    .insertInto('channel_tokens')
    .values({ channel, ...row })
    .onConflict((there) => there.column('channel').doUpdateSet(row))
    .execute()
}

export interface KeptTokens {
  refresh: string
  access: string | null
  accessUntil: Date | null
}
/** Locked: of several processes whose token is over, one asks for a new one. @returns null: nobody has signed in */
export async function lockTokens(tx: Db, secrets: Secrets, channel: string): Promise<KeptTokens | null> {
  const row = await tx
    .selectFrom('channel_tokens')
    .select(['refresh_token', 'access_token', 'access_until'])
    .where('channel', '=', channel)
    .forUpdate()
    .executeTakeFirst()
  if (!row) return null
  return {
    refresh: secrets.open(purpose(channel), row.refresh_token),
    access: row.access_token && secrets.open(purpose(channel), row.access_token),
    accessUntil: row.access_until,
  }
}

/** What a refresh brought: a provider may hand out a new refresh token with it, and the old one is over then. */
export async function renewTokens(
  tx: Db,
  secrets: Secrets,
  channel: string,
  { access, accessFor, refresh, refreshFor }: Tokens,
  at: Date,
): Promise<void> {
  await tx
    .updateTable('channel_tokens')
    .set({
      access_token: secrets.seal(purpose(channel), access),
      access_until: after(at, seconds(accessFor)),
      ...(refresh === null ? {} : { refresh_token: secrets.seal(purpose(channel), refresh) }),
      ...(refreshFor === null ? {} : { until: after(at, seconds(refreshFor)) }),
    })
    .where('channel', '=', channel)
    .execute()
}

/** The server would not take it: the next who needs one asks for a new one. */
export async function dropAccess(db: Db, channel: string): Promise<void> {
  await db
    .updateTable('channel_tokens')
    .set({ access_token: null, access_until: null })
    .where('channel', '=', channel)
    .execute()
}

export async function forgetTokens(tx: Db, channel: string): Promise<void> {
  await tx.deleteFrom('channel_tokens').where('channel', '=', channel).execute()
}
