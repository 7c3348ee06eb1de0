import Type, { type Static } from 'typebox'
import { kinds } from '#shared/notifications/choices.ts'
import { Id, Nullable, OneOf, Time } from '../../shared/wire.ts'

export const Notification = Type.Object({
  id: Id,
  kind: OneOf(...kinds),
  at: Time,
  conversation: Type.Object({ number: Type.Integer(), subject: Type.String() }),
  /** the message or comment it is about, for a permalink */
  item: Nullable(Id),
  /** whose act it was; null: the desk's own */
  actor: Nullable(Type.Object({ kind: Type.String(), name: Type.String() })),
})
export type Notification = Static<typeof Notification>
export const Notifications = Type.Object({
  items: Type.Array(Notification),
  unread: Type.Integer({ description: 'how many wait; the list holds the newest 50' }),
})
export type Notifications = Static<typeof Notifications>

export const PushDevice = Type.Object({
  id: Id,
  name: Type.String(),
  current: Type.Boolean({ description: 'added in this session' }),
  createdAt: Time,
  lastPushAt: Nullable(Time),
})
export type PushDevice = Static<typeof PushDevice>
export const Push = Type.Object({
  key: Type.String({ description: 'applicationServerKey for pushManager.subscribe (RFC 8292)' }),
  devices: Type.Array(PushDevice),
})
export type Push = Static<typeof Push>
export const NewPushDevice = Type.Object({
  endpoint: Type.String({ maxLength: 2000, pattern: '^https?://' }),
  keys: Type.Object({
    p256dh: Type.String({ pattern: '^[\\w-]{86,88}=?$' }),
    auth: Type.String({ pattern: '^[\\w-]{22,24}={0,2}$' }),
  }),
  name: Type.String({ minLength: 1, maxLength: 200 }),
})
export type NewPushDevice = Static<typeof NewPushDevice>

/** What a push carries, to be shown by the service worker. */
export interface PushWords {
  title: string
  body: string
  /** one after the other about the same thing stand in one place */
  tag: string
  /** where a click leads, from the root of the desk */
  path: string
  /** asked for by hand: shown in any case */
  test?: boolean
}
