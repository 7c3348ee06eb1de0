// Somebody who may open the mailbox signs in at its provider, in his own browser; what the browser brings back is
// exchanged for tokens here. No password of his is ever seen by us.
import * as oauth from 'oauth4webapi'
import { after, minutes } from '#platform/clock/clock.ts'
import { type Db, json } from '#platform/db/db.ts'
import { refuse, refuseField } from '#platform/errors/refuse.ts'
import { append, type By } from '#platform/events/events.ts'
import type { House } from '#platform/house.ts'
import { sayChannelsChanged } from '../channels-changed.ts'
import { openApp, redirectUrl } from './apps.ts'
import type { OauthProvider } from './oauth.contract.ts'
import { endpointsOf } from './providers.ts'
import { TokenTrouble, tokensForCode } from './token-place.ts'
import { keepTokens } from './tokens.ts'

const purpose = 'oauth state'
const goodFor = minutes(10)

/** What travels through the browser, sealed: nobody reads or changes it. */
interface State {
  channel: string
  provider: OauthProvider
  agent: string
  verifier: string
  until: string
}

interface MailSettings {
  imap?: { username: string | null } | null
  smtp?: { username: string | null } | null
  oauth?: { provider: OauthProvider } | null
}

async function settingsOf(db: Db, channel: string): Promise<MailSettings & Record<string, unknown>> {
  const row = await db
    .selectFrom('channels')
    .select('settings')
    .where('id', '=', channel)
    .where('kind', '=', 'mail')
    .where('removed_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  return (row?.settings as MailSettings & Record<string, unknown>) ?? refuse('not_found')
}

/** @returns the address to send the browser to. Refuses: no app is registered, or the channel signs in by password. */
export async function beginSignIn(
  house: Pick<House, 'secrets' | 'url'>,
  tx: Db,
  channel: string,
  { at, actor }: By,
): Promise<string> {
  const { oauth: by, imap, smtp } = await settingsOf(tx, channel)
  const provider = by?.provider ?? refuseField('signIn', 'not_allowed')
  const app =
    (await openApp({ db: tx, secrets: house.secrets }, provider)) ?? refuseField('clientId', 'required')
  const { authorization, scope, extra } = endpointsOf(app)
  const verifier = oauth.generateRandomCodeVerifier()
  const state: State = {
    channel,
    provider,
    agent: actor.id!,
    verifier,
    until: after(at, goodFor).toISOString(),
  }
  const url = new URL(authorization)
  const username = imap?.username ?? smtp?.username
  const asked = {
    ...extra,
    response_type: 'code',
    client_id: app.clientId,
    redirect_uri: redirectUrl(house.url),
    scope,
    state: house.secrets.seal(purpose, JSON.stringify(state)),
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...(username ? { login_hint: username } : {}),
  }
  for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value)
  return url.href
}

/** @returns the channel that somebody signed in for; 422 with the provider's words where it refuses */
export async function endSignIn(
  house: House,
  tx: Db,
  { code, state }: { code: string; state: string },
  by: By,
): Promise<string> {
  const { channel, provider, agent, verifier, until } = opened(house, state)
  // Another's sign-in, or one of yesterday: nobody is to be signed in unawares.
  if (agent !== by.actor.id || new Date(until) < by.at) refuseField('state', 'expired')
  const settings = await settingsOf(tx, channel)
  if (settings.oauth?.provider !== provider) refuseField('state', 'expired')
  const app =
    (await openApp({ db: tx, secrets: house.secrets }, provider)) ?? refuseField('clientId', 'required')
  const tokens = await tokensForCode(app, { code, state, verifier, redirect: redirectUrl(house.url) }).catch(
    (error: unknown) => {
      if (!(error instanceof TokenTrouble)) throw error
      return refuseField('code', 'provider_refused', { words: error.message.slice(0, 300) })
    },
  )
  if (!tokens.refresh) return refuseField('code', 'no_refresh_token')
  await keepTokens(tx, house.secrets, channel, { ...tokens, refresh: tokens.refresh }, by)
  // The connection is made anew with it.
  const next = { ...settings, oauth: { provider, signedInAt: by.at.toISOString() } }
  await tx
    .updateTable('channels')
    .set({
      settings: json(next),
      ...{ last_error: null, last_error_at: null, last_error_side: null, last_error_hint: null },
    })
    .where('id', '=', channel)
    .execute()
  await append(tx, { ...by, kind: 'channel_signed_in', after: { channel, provider } })
  await sayChannelsChanged(tx)
  return channel
}

function opened({ secrets }: Pick<House, 'secrets'>, state: string): State {
  try {
    return JSON.parse(secrets.open(purpose, state)) as State
  } catch {
    return refuseField('state', 'expired')
  }
}
