// A channel as the administrator sees it: one technical connection of an inbox. Secrets go in and never come out.
import Type, { type Static } from 'typebox'
import { Id, Named, Nullable, OneOf, Page, Time } from '../../shared/wire.ts'
import { OauthProvider, SignInBy } from './oauth/oauth.contract.ts'

const server = {
  host: Type.String({ minLength: 1, maxLength: 255 }),
  port: Type.Integer({ minimum: 1, maximum: 65535 }),
  security: OneOf('tls', 'starttls', 'none'),
  username: Nullable(Type.String({ maxLength: 320 })),
}
export const ServerView = Type.Object({ ...server, hasPassword: Type.Boolean() })
export const ServerInput = Type.Object({
  ...server,
  username: Type.Optional(Nullable(Type.String({ maxLength: 320 }))),
  password: Type.Optional(Nullable(Type.String({ maxLength: 1000 }))),
})
export type ServerInput = Static<typeof ServerInput>
export const Since = Type.String({
  description: 'now, all, or a date: where the IMAP mailbox is taken up',
  maxLength: 40,
})

const AuthServer = Nullable(
  Type.String({
    maxLength: 255,
    description: 'the name in the Authentication-Results of the mail server: only that one is believed',
  }),
)

/** A key of its own that a channel's mail is signed with; its private half never comes out. */
export const DkimKey = Type.Object({
  domain: Type.String(),
  selector: Type.String(),
  name: Type.String({ description: 'where the record belongs' }),
  record: Type.String({ description: 'the TXT to publish there' }),
  on: Type.Boolean({ description: 'mail is signed' }),
})
export type DkimKey = Static<typeof DkimKey>

export const Channel = Type.Object({
  id: Id,
  kind: OneOf('mail', 'custom'),
  name: Type.String(),
  inbox: Named,
  imap: Nullable(ServerView),
  smtp: Nullable(ServerView),
  authServer: Nullable(Type.String()),
  oauth: Nullable(
    Type.Object(
      {
        provider: OauthProvider,
        signedInAt: Nullable(Type.String({ format: 'date-time', description: 'null: nobody has yet' })),
        until: Nullable(
          Type.String({ format: 'date-time', description: 'then somebody has to sign in again' }),
        ),
      },
      { description: 'signed in at a provider in place of passwords (OAuth 2.0)' },
    ),
  ),
  dkim: Nullable(DkimKey),
  watchSent: Type.Boolean({
    description: 'answers from another program are taken from the folder of sent mail',
  }),
  url: Nullable(Type.String()),
  enabled: Type.Boolean(),
  health: Type.Object({
    lastInAt: Nullable(Type.String({ format: 'date-time', description: 'taking in last worked' })),
    lastOutAt: Nullable(Time),
    lastMailAt: Nullable(Type.String({ format: 'date-time', description: 'the last mail came' })),
    silentSince: Nullable(
      Type.String({ format: 'date-time', description: 'nothing has come since, unusually long for it' }),
    ),
    noSentSince: Nullable(
      Type.String({ format: 'date-time', description: 'the watched folder of sent mail is not there' }),
    ),
    waitingIn: Type.Integer({ description: 'received and not yet worked on' }),
    waitingOut: Type.Integer({ description: 'due, and not yet taken by the other server' }),
    lastError: Nullable(Type.String()),
    lastErrorAt: Nullable(Time),
    lastErrorSide: Nullable(OneOf('in', 'out')),
    lastErrorHint: Nullable(Type.String({ description: 'what to do about it, in the reader’s language' })),
  }),
})
export type Channel = Static<typeof Channel>
export const ChannelPage = Page(Channel)
export const NewChannel = Type.Union([
  Type.Object({
    kind: Type.Literal('mail'),
    inbox: Type.String({ maxLength: 320, description: 'inbox id or address' }),
    name: Type.Optional(Type.String({ maxLength: 100 })),
    imap: Type.Optional(Nullable(ServerInput)),
    smtp: Type.Optional(Nullable(ServerInput)),
    since: Type.Optional(Since),
    authServer: Type.Optional(AuthServer),
    signIn: Type.Optional(SignInBy),
    watchSent: Type.Optional(Type.Boolean()),
  }),
  Type.Object({
    kind: Type.Literal('custom'),
    inbox: Type.String({ maxLength: 320, description: 'inbox id or address' }),
    name: Type.String({ minLength: 1, maxLength: 100 }),
    url: Type.String({ maxLength: 2000 }),
  }),
])
export type NewChannel = Static<typeof NewChannel>
export const ChannelChange = Type.Partial(
  Type.Object({
    name: Type.String({ minLength: 1, maxLength: 100 }),
    imap: Nullable(ServerInput),
    smtp: Nullable(ServerInput),
    authServer: AuthServer,
    signIn: SignInBy,
    watchSent: Type.Boolean(),
    url: Type.String({ maxLength: 2000 }),
    enabled: Type.Boolean(),
  }),
)
export type ChannelChange = Static<typeof ChannelChange>
export const SideTestView = Type.Object({
  ok: Type.Boolean(),
  steps: Type.Optional(
    Type.Array(
      Type.Object({
        step: OneOf('connect', 'tls', 'sign_in', 'folder'),
        state: OneOf('passed', 'failed', 'untried'),
      }),
    ),
  ),
  error: Nullable(Type.String()),
  hint: Nullable(Type.String()),
})
export const ChannelTest = Type.Object({ in: SideTestView, out: SideTestView })
export type SideTestView = Static<typeof SideTestView>
export type ChannelTest = Static<typeof ChannelTest>

/** A mail of the channel's to its own inbox: sent, and whether it came back. */
export const SelfMail = Type.Object({
  ok: Type.Boolean({ description: 'the server took it' }),
  to: Type.String(),
  mail: Type.String({ description: 'names it when its return is asked for' }),
  error: Nullable(Type.String()),
  hint: Nullable(Type.String()),
})
export type SelfMail = Static<typeof SelfMail>
export const SelfMailReturn = Type.Object({ at: Nullable(Time) })
export type SelfMailReturn = Static<typeof SelfMailReturn>

/** What the domain of a channel's inbox publishes of its mail, and what it should. */
export const DomainCheck = Type.Object({
  domain: Type.String(),
  records: Type.Array(
    Type.Object({
      kind: OneOf('mx', 'spf', 'dkim', 'dmarc'),
      state: OneOf('ok', 'missing', 'lacks', 'several', 'unknown'),
      name: Type.String(),
      found: Nullable(Type.String()),
      paste: Nullable(Type.String({ description: 'the TXT record to publish at `name`' })),
    }),
  ),
})
export type DomainCheck = Static<typeof DomainCheck>

const foundServer = Type.Object({
  host: Type.String(),
  port: Type.Integer(),
  security: OneOf('tls', 'starttls'),
})
export const FoundServers = Type.Object({
  how: OneOf('known', 'records', 'tried', 'none'),
  provider: Nullable(
    Type.Object({
      id: Type.String(),
      name: Type.String(),
      password: OneOf('usual', 'app', 'bridge', 'none'),
      switchOn: Type.Optional(Type.Boolean()),
      page: Type.String(),
    }),
  ),
  imap: Nullable(foundServer),
  smtp: Nullable(foundServer),
  username: Type.String(),
})
export type FoundServers = Static<typeof FoundServers>
