import type { Connection } from '#channels/channel.ts'
import { after, minutes } from '#platform/clock/clock.ts'
import { inTransaction } from '#platform/db/db.ts'
import type { House } from '#platform/house.ts'
import { openApp } from './apps.ts'
import type { OauthProvider } from './oauth.contract.ts'
import { TokenTrouble, tokensForRefresh } from './token-place.ts'
import { lockTokens, renewTokens } from './tokens.ts'

/** One that is over within this time is renewed before it is used. */
const spare = minutes(2)

/**
 * What the channel's servers take in place of a password, good for some minutes at least.
 * @returns null: this channel signs in by password. Throws TokenTrouble with the provider's words.
 */
export async function accessToken(house: House, { id, settings }: Connection): Promise<string | null> {
  const by = settings.oauth as { provider: OauthProvider } | null | undefined
  if (!by) return null
  return inTransaction(house.db, async (tx) => {
    const kept = await lockTokens(tx, house.secrets, id)
    if (!kept) throw new TokenTrouble('not_signed_in', 'nobody has signed in for this mailbox yet')
    const now = house.clock.now()
    if (kept.access && kept.accessUntil && kept.accessUntil > after(now, spare)) return kept.access
    const app = await openApp({ db: tx, secrets: house.secrets }, by.provider)
    if (!app) throw new TokenTrouble('invalid_client', 'this desk is not registered at the provider any more')
    const tokens = await tokensForRefresh(app, kept.refresh)
    await renewTokens(tx, house.secrets, id, tokens, now)
    return tokens.access
  })
}
