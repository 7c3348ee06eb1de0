// Where a mailbox's owner signs in, and what for. The words for IMAP and SMTP are each provider's own:
//   Google      https://developers.google.com/workspace/gmail/imap/xoauth2-protocol
//   Microsoft   https://learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth
import type { OauthProvider } from './oauth.contract.ts'

export interface Endpoints {
  authorization: string
  token: string
  scope: string
  /** what else is said when somebody is sent there */
  extra: Record<string, string>
}
/** What an app of one's own is called by at its provider. */
export interface OauthApp {
  provider: OauthProvider
  clientId: string
  /** Microsoft: the directory; null: any */
  tenant: string | null
  authorizationUrl: string | null
  tokenUrl: string | null
  scope: string | null
}

export function endpointsOf({ provider, tenant, authorizationUrl, tokenUrl, scope }: OauthApp): Endpoints {
  if (provider === 'google')
    return {
      authorization: 'https://accounts.google.com/o/oauth2/v2/auth',
      token: 'https://oauth2.googleapis.com/token',
      scope: 'https://mail.google.com/',
      // Without both no refresh token comes back the second time.
      extra: { access_type: 'offline', prompt: 'consent' },
    }
  if (provider === 'microsoft') {
    const base = `https://login.microsoftonline.com/${encodeURIComponent(tenant ?? 'common')}/oauth2/v2.0`
    return {
      authorization: `${base}/authorize`,
      token: `${base}/token`,
      scope:
        'https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send offline_access',
      extra: { prompt: 'select_account' },
    }
  }
  return { authorization: authorizationUrl ?? '', token: tokenUrl ?? '', scope: scope ?? '', extra: {} }
}
