// Asks a provider for tokens: with the code a sign-in brought, or with the refresh token. The library knows RFC 6749 and
// PKCE (RFC 7636) to the letter; what it throws becomes the provider's own words here.
import * as oauth from 'oauth4webapi'
import { isLoopbackUrl } from './loopback-url.ts'
import { endpointsOf, type OauthApp } from './providers.ts'

export interface Tokens {
  access: string
  /** seconds it is good for */
  accessFor: number
  /** null: the one that is kept stays good */
  refresh: string | null
  /** seconds the sign-in itself is good for; null: the provider does not say */
  refreshFor: number | null
}
/** `code` is the provider's word (RFC 6749 5.2) or `unreachable`. */
export class TokenTrouble extends Error {
  readonly code: string
  constructor(code: string, words: string) {
    super(`${code}: ${words}`)
    this.code = code
  }
}
type App = OauthApp & { secret: string | null }

const patience = 15_000

function sidesOf(app: App) {
  const { authorization, token } = endpointsOf(app)
  const server: oauth.AuthorizationServer = {
    issuer: new URL(authorization).origin,
    authorization_endpoint: authorization,
    token_endpoint: token,
  }
  const auth = app.secret ? oauth.ClientSecretPost(app.secret) : oauth.None()
  const how = {
    signal: AbortSignal.timeout(patience),
    [oauth.allowInsecureRequests]: isLoopbackUrl(new URL(token)),
  }
  return { server, client: { client_id: app.clientId }, auth, how }
}

/** @param state as it was sent along; `verifier` the secret half of PKCE */
export async function tokensForCode(
  app: App,
  { code, state, verifier, redirect }: { code: string; state: string; verifier: string; redirect: string },
): Promise<Tokens> {
  const { server, client, auth, how } = sidesOf(app)
  return asked(async () => {
    const back = oauth.validateAuthResponse(server, client, new URLSearchParams({ code, state }), state)
    const answer = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      auth,
      back,
      redirect,
      verifier,
      how,
    )
    return oauth.processAuthorizationCodeResponse(server, client, answer)
  })
}

export async function tokensForRefresh(app: App, refresh: string): Promise<Tokens> {
  const { server, client, auth, how } = sidesOf(app)
  return asked(async () =>
    oauth.processRefreshTokenResponse(
      server,
      client,
      await oauth.refreshTokenGrantRequest(server, client, auth, refresh, how),
    ),
  )
}

async function asked(ask: () => Promise<oauth.TokenEndpointResponse>): Promise<Tokens> {
  try {
    const { access_token, expires_in, refresh_token, ...rest } = await ask()
    const { refresh_token_expires_in: refreshFor } = rest
    return {
      access: access_token,
      // Who does not say is asked again soon.
      accessFor: expires_in ?? 300,
      refresh: refresh_token ?? null,
      refreshFor: typeof refreshFor === 'number' && refreshFor > 0 ? refreshFor : null,
    }
  } catch (error) {
    if (error instanceof oauth.ResponseBodyError)
      throw new TokenTrouble(error.error, error.error_description ?? 'refused')
    throw new TokenTrouble('unreachable', causeOf(error))
  }
}

function causeOf(error: unknown): string {
  const { message = String(error), cause } = error as { message?: string; cause?: unknown }
  const under = (cause as { message?: string } | undefined)?.message
  return under && under !== message ? `${message} (${under})` : message
}
