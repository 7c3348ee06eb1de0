import Type, { type Static } from 'typebox'
import { Nullable, OneOf } from '../../shared/wire.ts'

export const StepId = OneOf(
  'inbox',
  'test-mail',
  'answer',
  'customer-answers',
  'invite',
  'signature',
  'saved-reply',
  'keyboard',
  'notifications',
)
export type StepId = Static<typeof StepId>
export const FirstSteps = Type.Object({
  steps: Type.Array(Type.Object({ id: StepId, done: Type.Boolean() })),
  dismissed: Type.Boolean(),
  /** What customers write to: the oldest inbox the caller sees. */
  inbox: Nullable(Type.Object({ name: Type.String(), address: Type.String() })),
  /** Mails really leave there: a mail server is set. */
  leaves: Type.Boolean(),
  /** The conversation to try things on: the newest that waits for an answer. */
  conversation: Nullable(Type.Integer()),
})
export type FirstSteps = Static<typeof FirstSteps>
