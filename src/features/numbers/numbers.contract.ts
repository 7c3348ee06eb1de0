import Type, { type Static } from 'typebox'
import { Id, Named, Nullable, OneOf, PageQuery, Time } from '../../shared/wire.ts'
import { Conversation } from '../conversations/conversations.contract.ts'

export const Period = OneOf('today', 'weeks')
export type Period = Static<typeof Period>
/** What is counted. `waiting` is now; all others are of the period. */
export const NumberName = OneOf('new', 'answered', 'first-answers', 'waiting', 'closed', 'reopened')
export type NumberName = Static<typeof NumberName>

const filters = {
  period: Type.Optional(
    Type.Enum(['today', 'weeks'], {
      default: 'weeks',
      description: 'today: since midnight; weeks: the last 28 days, today included',
    }),
  ),
  zone: Type.Optional(
    Type.String({ maxLength: 60, description: "the reader's time zone (IANA name); UTC when not given" }),
  ),
  inbox: Type.Optional(Id),
  team: Type.Optional(Id),
}
export const NumbersQuery = Type.Object(filters)
export type NumbersQuery = Static<typeof NumbersQuery>
const behind = {
  number: NumberName,
  agent: Type.Optional(
    Type.String({ pattern: '^[0-9]{1,18}$', description: 'of answered, closed, reopened: whose' }),
  ),
  weekday: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 7, description: 'of new: begun on it, 1 is Monday' }),
  ),
  hour: Type.Optional(Type.Integer({ minimum: 0, maximum: 23, description: 'of new: begun in it' })),
}
export const BehindAllQuery = Type.Object({ ...filters, ...behind })
export type BehindAllQuery = Static<typeof BehindAllQuery>
export const BehindQuery = Type.Object({ ...filters, ...behind, ...PageQuery })
export type BehindQuery = Static<typeof BehindQuery>

const Seconds = Nullable(Type.Integer({ description: 'seconds; null: there was none' }))
const Counted = Type.Object({
  from: Time,
  new: Type.Integer({ description: 'conversations that began' }),
  answered: Type.Integer({ description: 'conversations in which a person answered' }),
  firstAnswers: Type.Integer({ description: 'conversations that got their first answer by a person' }),
  median: Seconds,
  ninetieth: Seconds,
})
export type Counted = Static<typeof Counted>
export const Numbers = Type.Object({
  at: Time,
  zone: Type.String(),
  today: Counted,
  weeks: Counted,
  waiting: Type.Integer({ description: 'open conversations whose customer waits for us now' }),
  oldest: Nullable(Type.Object({ number: Type.Integer(), since: Time })),
  hours: Type.Array(Type.Object({ weekday: Type.Integer(), hour: Type.Integer(), new: Type.Integer() }), {
    description: "when the period's new conversations began; hours without any are left out",
  }),
  agents: Type.Array(
    Type.Object({
      agent: Named,
      answered: Type.Integer({ description: 'conversations he answered in the period' }),
      closed: Type.Integer({ description: 'conversations he closed in the period' }),
      reopened: Type.Integer({ description: 'of those, opened again since' }),
    }),
  ),
})
export type Numbers = Static<typeof Numbers>
export const BehindPage = Type.Object({
  count: Type.Integer(),
  items: Type.Array(
    Type.Object({
      conversation: Conversation,
      at: Time,
      seconds: Nullable(Type.Integer({ description: 'of first-answers: how long the customer waited' })),
    }),
  ),
  nextCursor: Nullable(Type.String()),
})
export type BehindPage = Static<typeof BehindPage>
