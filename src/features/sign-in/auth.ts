// Passwords, sessions and their cookies are better-auth's, in the schema `auth`, behind our own routes: its HTTP
// handler is not mounted, only its server calls are used. Who the person is stands in our `agents`.
import { createHmac, timingSafeEqual } from 'node:crypto'
import { betterAuth } from 'better-auth'
import { parseCookies } from 'better-auth/cookies'
import type { Db } from '#platform/db/db.ts'
import type { House } from '#platform/house.ts'

const day = 24 * 60 * 60
/** A session ends when it was not used for this long. */
export const sessionSeconds = 30 * day
const prefix = 'foyer'
/** The address the request came from, handed to better-auth, which keeps it with the session. */
export const ipHeader = 'x-foyer-ip'

const isSecure = (house: House) => house.url.startsWith('https:')
export const cookieName = (house: House) => `${isSecure(house) ? '__Secure-' : ''}${prefix}.session_token`
/** better-auth signs its cookies with a secret of its own, derived from the installation's. */
const authSecret = (house: House) => house.secrets.keyFor('better-auth')

export const authOptions = (house: Pick<House, 'url'>, secret: string) => ({
  baseURL: house.url,
  basePath: '/api/v1',
  secret,
  telemetry: { enabled: false },
  logger: { disabled: true },
  session: { expiresIn: sessionSeconds, disableSessionRefresh: true },
  emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 10, maxPasswordLength: 200 },
  advanced: {
    cookiePrefix: prefix,
    useSecureCookies: house.url.startsWith('https:'),
    defaultCookieAttributes: { httpOnly: true, sameSite: 'lax' as const, path: '/' },
    database: { generateId: 'uuid' as const },
    ipAddress: { ipAddressHeaders: [ipHeader] },
  },
})

/** better-auth on a pool or, so that a person and his password come together, inside a transaction. */
export const openAuth = (house: House, db: Db = house.db) =>
  betterAuth({
    ...authOptions(house, authSecret(house)),
    database: { db: db.withSchema('auth'), type: 'postgres', transaction: false },
  })

/** The session token of a cookie header whose signature is ours; null for anything else. */
export function sessionTokenOf(house: House, cookies: string | undefined): string | null {
  const value = cookies && parseCookies(cookies).get(cookieName(house))
  if (!value) return null
  const cut = value.lastIndexOf('.')
  const token = value.slice(0, cut)
  const given = Buffer.from(value.slice(cut + 1), 'base64')
  const expected = createHmac('sha256', authSecret(house)).update(token).digest()
  return given.length === expected.length && timingSafeEqual(given, expected) ? token : null
}
