// A provider that mailboxes' owners sign in at, on loopback: OAuth 2.0 with PKCE, refresh tokens that are good once (as the
// strictest providers have them), access tokens that mail servers of the tests can be told of.
import { createHash, randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after } from 'node:test'

export interface OauthServer {
  authorizationUrl: string
  tokenUrl: string
  client: { clientId: string; clientSecret: string }
  /** access tokens that are good now; a mail server asks here */
  tokens: Set<string>
  /** what was asked at the token endpoint, newest last */
  asked: { grant: string; answer: string }[]
  /** seconds that access tokens are good for from now on, as told */
  expiresIn: number
  /** seconds that sign-ins are good for, as told; null: nothing is said */
  refreshExpiresIn: number | null
  /** signs in as the owner would: @returns what the browser brings back to the desk */
  signIn(url: string): Promise<URL>
  /** the owner takes access away */
  revoke(): void
  /** answers this (status and error word) to every question for tokens; null: as it should */
  fault: [status: number, error: string] | null
}

export async function startOauthServer(): Promise<OauthServer> {
  const codes = new Map<string, { challenge: string; redirect: string }>()
  const refreshes = new Set<string>()
  const self: OauthServer = {
    authorizationUrl: '',
    tokenUrl: '',
    client: { clientId: 'foyer-desk', clientSecret: 'quiet' },
    tokens: new Set(),
    asked: [],
    expiresIn: 3600,
    refreshExpiresIn: null,
    fault: null,
    async signIn(url) {
      const answer = await fetch(url, { redirect: 'manual' })
      if (answer.status !== 302) throw new Error(`sign-in answered ${answer.status}: ${await answer.text()}`)
      return new URL(answer.headers.get('location')!)
    },
    revoke() {
      refreshes.clear()
      self.tokens.clear()
    },
  }
  const handOut = () => {
    const [access, refresh] = [randomUUID(), randomUUID()]
    self.tokens.add(access)
    refreshes.add(refresh)
    return {
      token_type: 'Bearer',
      access_token: access,
      refresh_token: refresh,
      expires_in: self.expiresIn,
      ...(self.refreshExpiresIn === null ? {} : { refresh_token_expires_in: self.refreshExpiresIn }),
    }
  }
  const granted: Record<string, (form: URLSearchParams) => object | null> = {
    authorization_code(form) {
      const code = form.get('code') ?? ''
      const known = codes.get(code)
      codes.delete(code)
      const proof = createHash('sha256')
        .update(form.get('code_verifier') ?? '')
        .digest('base64url')
      return known && known.challenge === proof && known.redirect === form.get('redirect_uri')
        ? handOut()
        : null
    },
    refresh_token: (form) => (refreshes.delete(form.get('refresh_token') ?? '') ? handOut() : null),
  }
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://provider')
    if (url.pathname === '/authorize') {
      const {
        redirect_uri: back = '',
        state = '',
        code_challenge: challenge = '',
      } = Object.fromEntries(url.searchParams)
      if (url.searchParams.get('client_id') !== self.client.clientId)
        return response.writeHead(400).end('unknown client')
      const code = randomUUID()
      codes.set(code, { challenge, redirect: back })
      const location = new URL(back)
      location.searchParams.set('code', code)
      location.searchParams.set('state', state)
      return response.writeHead(302, { location: location.href }).end()
    }
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const form = new URLSearchParams(Buffer.concat(parts).toString())
    const grant = form.get('grant_type') ?? ''
    const isKnown =
      form.get('client_id') === self.client.clientId && form.get('client_secret') === self.client.clientSecret
    const tokens = isKnown && !self.fault ? granted[grant]?.(form) : null
    const [status, error] = self.fault ?? (isKnown ? [400, 'invalid_grant'] : [401, 'invalid_client'])
    self.asked.push({ grant, answer: tokens ? 'tokens' : error })
    response.writeHead(tokens ? 200 : status, { 'content-type': 'application/json' })
    response.end(JSON.stringify(tokens ?? { error, error_description: 'as the test wants it' }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  self.authorizationUrl = `http://127.0.0.1:${port}/authorize`
  self.tokenUrl = `http://127.0.0.1:${port}/token`
  after(() => {
    server.closeAllConnections()
    server.close()
  })
  return self
}
