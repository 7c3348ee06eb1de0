import type { Channel } from '../connections.contract.ts'
import type { OauthApp, OauthAppInput, OauthProvider, SignInBy } from '../oauth/oauth.contract.ts'

/** How a mailbox is opened, and what is typed of the desk's registration at the provider. */
export interface SignInDraft {
  by: SignInBy
  app: Record<keyof typeof noApp, string>
}
const noApp = { clientId: '', clientSecret: '', tenant: '', authorizationUrl: '', tokenUrl: '', scope: '' }
export const signInDraft = (channel: Channel | null): SignInDraft => ({
  by: channel?.oauth?.provider ?? 'password',
  app: noApp,
})

/** What is known already, to be changed; the secret is never shown. */
export const appDraft = (app: OauthApp): SignInDraft['app'] => ({
  ...noApp,
  clientId: app.clientId ?? '',
  tenant: app.tenant ?? '',
  authorizationUrl: app.authorizationUrl ?? '',
  tokenUrl: app.tokenUrl ?? '',
  scope: app.scope ?? '',
})

/** @returns null: nothing was typed, and what is kept stays */
export function appInput({ app }: SignInDraft): OauthAppInput | null {
  if (Object.values(app).every((typed) => typed === '')) return null
  const { clientSecret, ...rest } = app
  const typed = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, value || null]))
  return {
    ...typed,
    clientId: app.clientId,
    ...(clientSecret === '' ? {} : { clientSecret }),
  }
}

/** Providers of our list that are signed in at, by their ids there. */
export const signInAt: Record<string, OauthProvider> = {
  google: 'google',
  microsoft365: 'microsoft',
  outlook: 'microsoft',
}
