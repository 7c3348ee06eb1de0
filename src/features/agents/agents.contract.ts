import Type, { type Static } from 'typebox'
import { Id, Named, Nullable, OneOf, Page, Time } from '../../shared/wire.ts'

export const Role = OneOf('admin', 'agent')
export type Role = Static<typeof Role>
export const Right = OneOf('source', 'sealed')
export type Right = Static<typeof Right>
const rights = Type.Array(Right, {
  uniqueItems: true,
  description:
    'beyond the role; administrators may all of it. source: raw mail, shown and downloaded; sealed: opening what is sealed',
})
const furtherAddresses = Type.Array(Type.String({ maxLength: 320, format: 'mail-address' }), {
  maxItems: 20,
  description: 'where else he writes from: proven mail from there is his own words',
})
export const Agent = Type.Object({
  id: Id,
  name: Type.String(),
  address: Type.String({ description: 'the address he signs in with' }),
  furtherAddresses,
  role: Role,
  rights,
  teams: Type.Array(Named),
  /** invited: the invitation was not taken yet; removed: signs in no more, his words stay. */
  state: OneOf('active', 'invited', 'removed'),
  awayFrom: Nullable(Time),
  awayUntil: Nullable(Time),
  createdAt: Time,
})
export type Agent = Static<typeof Agent>
export const AgentPage = Page(Agent)
export const NewAgent = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 200 }),
  address: Type.String({ maxLength: 320, format: 'mail-address' }),
  role: Type.Optional(Role),
  teams: Type.Optional(Type.Array(Id)),
})
export const AgentChange = Type.Partial(
  Type.Object({
    name: Type.String({ minLength: 1, maxLength: 200 }),
    role: Role,
    rights,
    teams: Type.Array(Id),
    furtherAddresses,
  }),
)
/** What an agent is responsible for at the moment, and what he has begun. */
export const Work = Type.Object({
  open: Type.Integer(),
  pending: Type.Integer(),
  snoozed: Type.Integer(),
  drafts: Type.Integer(),
  scheduled: Type.Integer({ description: 'replies that leave later' }),
})
export type Work = Static<typeof Work>
export const AbsenceInput = Type.Object({
  from: Type.Optional(Nullable(Time)),
  until: Type.Optional(Nullable(Time)),
})

export const Language = OneOf('en', 'ru')
export type Language = Static<typeof Language>
export const Theme = OneOf('system', 'light', 'dark')

/** A person's own settings. */
export const Settings = Type.Object({
  language: Language,
  theme: Theme,
  timeZone: Nullable(
    Type.String({
      maxLength: 64,
      description: 'IANA; null: as the device. Times are shown and chosen in it',
    }),
  ),
  undoSeconds: Type.Integer({ minimum: 0, maximum: 60, description: 'undo window after sending a mail' }),
  signature: Nullable(Type.String({ maxLength: 10_000, description: 'plain text' })),
  singleKeys: Type.Boolean({ description: 'shortcuts of one key (WCAG 2.1.4)' }),
  notifications: Type.Record(Type.String(), Type.Boolean()),
  picturesFrom: Type.Array(Type.String({ maxLength: 320 }), {
    maxItems: 1000,
    description: 'senders whose remote pictures are shown unasked',
  }),
  afterSending: Type.Record(
    Type.String({ pattern: '^[0-9]{1,18}$' }),
    OneOf('wait', 'close', 'open', 'snooze.tomorrow', 'snooze.monday', 'snooze.week'),
    {
      description: 'what happens to a conversation after a reply, by inbox; `wait` where nothing was chosen',
    },
  ),
})
export type Settings = Static<typeof Settings>
export const Me = Type.Object({
  id: Id,
  name: Type.String(),
  address: Type.String(),
  furtherAddresses,
  role: Role,
  rights,
  teams: Type.Array(Named),
  awayFrom: Nullable(Time),
  awayUntil: Nullable(Time),
  settings: Settings,
})
export type Me = Static<typeof Me>
export const MeChange = Type.Partial(
  Type.Object({
    name: Type.String({ minLength: 1, maxLength: 200 }),
    furtherAddresses,
    settings: Type.Partial(Settings),
  }),
)
export const Session = Type.Object({
  id: Type.String(),
  current: Type.Boolean(),
  createdAt: Time,
  lastSeenAt: Nullable(Time),
  ip: Nullable(Type.String()),
  device: Nullable(Type.String()),
})
export type Session = Static<typeof Session>
export const ApiKey = Type.Object({
  id: Id,
  name: Type.String(),
  start: Type.String({ description: 'the first characters, to tell keys apart' }),
  createdAt: Time,
  lastUsedAt: Nullable(Time),
})
export type ApiKey = Static<typeof ApiKey>
export const defaultSettings: Omit<Settings, 'language'> = {
  theme: 'system',
  timeZone: null,
  undoSeconds: 10,
  signature: null,
  singleKeys: true,
  notifications: {},
  afterSending: {},
  picturesFrom: [],
}
