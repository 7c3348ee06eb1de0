import Type, { type Static } from 'typebox'
import { Nullable, OneOf } from '../../../shared/wire.ts'

export const OauthProvider = OneOf('google', 'microsoft', 'other')
export type OauthProvider = Static<typeof OauthProvider>
export const SignInBy = OneOf('password', 'google', 'microsoft', 'other')
export type SignInBy = Static<typeof SignInBy>

const text = (maxLength: number, description: string) => Nullable(Type.String({ maxLength, description }))
const place = {
  tenant: text(100, 'Microsoft: the directory (tenant) id; null: any'),
  authorizationUrl: text(500, 'other: where people sign in'),
  tokenUrl: text(500, 'other: where tokens are handed out'),
  scope: text(1000, 'other: what is asked for, separated by spaces'),
}
/** How this desk is known at a provider: an app registered there by an administrator. */
export const OauthApp = Type.Object({
  provider: OauthProvider,
  clientId: Nullable(Type.String({ description: 'null: not registered yet' })),
  hasSecret: Type.Boolean(),
  ...place,
  redirectUrl: Type.String({ description: 'to be named at the provider, letter for letter' }),
})
export type OauthApp = Static<typeof OauthApp>
export const OauthAppInput = Type.Object(
  {
    clientId: Type.String({ minLength: 1, maxLength: 300 }),
    clientSecret: Type.Optional(
      Nullable(Type.String({ maxLength: 500, description: 'absent: the one that is kept stays' })),
    ),
    tenant: Type.Optional(place.tenant),
    authorizationUrl: Type.Optional(place.authorizationUrl),
    tokenUrl: Type.Optional(place.tokenUrl),
    scope: Type.Optional(place.scope),
  },
  { additionalProperties: false },
)
export type OauthAppInput = Static<typeof OauthAppInput>

export const SignInStart = Type.Object({
  url: Type.String({ description: 'where the mailbox’s owner signs in; good for ten minutes' }),
})
export const SignInEnd = Type.Object(
  {
    code: Type.String({ maxLength: 5000 }),
    state: Type.String({ maxLength: 5000 }),
  },
  { additionalProperties: false },
)
