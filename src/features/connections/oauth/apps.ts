// How this desk is known at the providers: an app that an administrator registered there. Its secret is sealed and never
// comes out again.
import type { Db } from '#platform/db/db.ts'
import { refuseField } from '#platform/errors/refuse.ts'
import type { House } from '#platform/house.ts'
import { clearSetting, readSetting, writeSetting } from '#platform/settings/settings.ts'
import { isLoopbackUrl } from './loopback-url.ts'
import type { OauthAppInput, OauthProvider, OauthApp as Shown } from './oauth.contract.ts'
import { endpointsOf, type OauthApp } from './providers.ts'

export const oauthProviders: OauthProvider[] = ['google', 'microsoft', 'other']
const keyOf = (provider: OauthProvider) => `oauth.${provider}`
const purpose = (provider: OauthProvider) => `oauth app ${provider}`

interface Kept {
  clientId: string
  secret: string | null
  tenant: string | null
  authorizationUrl: string | null
  tokenUrl: string | null
  scope: string | null
}
const kept = async (db: Db, provider: OauthProvider) =>
  (await readSetting(db, keyOf(provider))) as Kept | null

/** With its secret in the open, for talking to the provider. @returns null: none is registered */
export async function openApp(
  { db, secrets }: Pick<House, 'db' | 'secrets'>,
  provider: OauthProvider,
): Promise<(OauthApp & { secret: string | null }) | null> {
  const found = await kept(db, provider)
  if (!found) return null
  return { ...found, provider, secret: found.secret && secrets.open(purpose(provider), found.secret) }
}

export async function showApp(db: Db, provider: OauthProvider, url: string): Promise<Shown> {
  const found = await kept(db, provider)
  return {
    provider,
    clientId: found?.clientId ?? null,
    hasSecret: Boolean(found?.secret),
    tenant: found?.tenant ?? null,
    authorizationUrl: found?.authorizationUrl ?? null,
    tokenUrl: found?.tokenUrl ?? null,
    scope: found?.scope ?? null,
    redirectUrl: redirectUrl(url),
  }
}

/** Where the browser comes back to: the page of the channels. */
export const redirectUrl = (url: string): string => `${url}/settings/channels`

/** A secret is not sent to another place than the one it was given for. */
export async function keepApp(
  tx: Db,
  { secrets }: Pick<House, 'secrets'>,
  provider: OauthProvider,
  input: OauthAppInput,
): Promise<void> {
  const before = await kept(tx, provider)
  const other = provider === 'other'
  const next = {
    clientId: input.clientId.trim() || refuseField('clientId', 'required'),
    tenant: provider === 'microsoft' ? tenantOf(input.tenant) : null,
    authorizationUrl: other ? urlOf(input.authorizationUrl, 'authorizationUrl') : null,
    tokenUrl: other ? urlOf(input.tokenUrl, 'tokenUrl') : null,
    scope: other ? input.scope?.trim() || refuseField('scope', 'required') : null,
  }
  const sameTokenPlace =
    before && endpointsOf({ ...before, provider }).token === endpointsOf({ ...next, provider }).token
  const secret =
    input.clientSecret === undefined
      ? sameTokenPlace && before.clientId === next.clientId
        ? before.secret
        : null
      : input.clientSecret && secrets.seal(purpose(provider), input.clientSecret.trim())
  await writeSetting(tx, keyOf(provider), { ...next, secret })
}

export const forgetApp = (tx: Db, provider: OauthProvider): Promise<void> => clearSetting(tx, keyOf(provider))

function tenantOf(tenant: string | null | undefined): string | null {
  const name = tenant?.trim()
  if (!name) return null
  return /^[a-z0-9][a-z0-9.-]*$/i.test(name) ? name : refuseField('tenant', 'wrong_format')
}

/** Passwords and tokens travel encrypted, except within this machine. */
function urlOf(text: string | null | undefined, field: string): string {
  if (!text?.trim()) return refuseField(field, 'required')
  const url = URL.parse(text.trim())
  if (!url || (url.protocol !== 'https:' && !isLoopbackUrl(url))) return refuseField(field, 'not_https')
  return url.href
}
