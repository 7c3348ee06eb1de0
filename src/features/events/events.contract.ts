import Type, { type Static } from 'typebox'
import { Id, Nullable, Page, Time } from '../../shared/wire.ts'

export const Event = Type.Object({
  seq: Type.Integer({ description: 'place in the stream; resume with ?after=' }),
  id: Id,
  at: Time,
  kind: Type.String(),
  actor: Type.Object({ kind: Type.String(), id: Nullable(Id) }),
  conversation: Nullable(Type.Integer()),
  item: Nullable(Id),
  before: Type.Record(Type.String(), Type.Unknown()),
  after: Type.Record(Type.String(), Type.Unknown()),
})
export type Event = Static<typeof Event>
export const EventPage = Page(Event)

/** What the server says over /live. */
export type ServerFrame =
  | { type: 'ready'; seq: number }
  | { type: 'event'; seq: number; kind: string; ids: { conversation: number | null; item: string | null } }
  | {
      type: 'presence'
      conversation: number
      people: { agent: string; name: string; doing: Doing; since: string }[]
    }
  | { type: 'reset' }
export type Doing = 'viewing' | 'editing' | 'commenting' | 'replying' | 'away'
/** What a browser says over /live. */
export type ClientFrame =
  | { type: 'here'; conversation: number; doing: Doing; focus: boolean }
  | { type: 'gone' }
  | { type: 'watch'; conversations: number[] }
