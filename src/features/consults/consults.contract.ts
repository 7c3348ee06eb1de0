// Asking people inside and partners outside, as it crosses the wire. The consult itself: conversations.contract.ts.
import Type, { type Static } from 'typebox'
import { Id, Nullable, OneOf, Page, Time } from '../../shared/wire.ts'
import { MailboxInput } from '../conversations/conversations.contract.ts'

export const ConsultTo = Type.Union([
  MailboxInput,
  Type.Object({ kind: OneOf('agent', 'team', 'partner'), id: Id }),
])
export type ConsultTo = Static<typeof ConsultTo>
export const Include = Type.Object({
  message: Type.Optional(Type.Boolean({ description: "the customer's last message; else yes" })),
  thread: Type.Optional(Type.Boolean({ description: 'what came before it, folded; else yes' })),
  attachments: Type.Optional(
    Type.Array(Id, { maxItems: 100, description: "those of the conversation's files that go along" }),
  ),
})
export type Include = Static<typeof Include>
export const NewConsult = Type.Object({
  to: Type.Array(ConsultTo, {
    minItems: 1,
    maxItems: 20,
    description: 'agents, teams and partners by id, anybody by his address; each is a consult of his own',
  }),
  text: Type.Optional(Type.String({ maxLength: 100_000 })),
  html: Type.Optional(Type.String({ maxLength: 300_000 })),
  attachments: Type.Optional(Type.Array(Id, { maxItems: 100, description: 'your uploads: they go along' })),
  include: Type.Optional(Include),
  answerBy: Type.Optional({ ...Time, description: 'else in four hours' }),
  onHold: Type.Optional(Type.Boolean({ description: 'the conversation is on hold until the answer' })),
  anyway: Type.Optional(
    Type.Boolean({ description: 'although they were asked already (409 already_asked)' }),
  ),
  outside: Type.Optional(
    Type.Boolean({ description: 'although an address is outside our domains (409 outside_address)' }),
  ),
})
export type NewConsult = Static<typeof NewConsult>
export const ConsultLetter = Type.Object({
  from: Type.String(),
  subject: Type.String(),
  text: Type.String(),
  html: Type.String(),
  attachments: Type.Array(Type.String(), { description: 'names of the files that go along' }),
})
export type ConsultLetter = Static<typeof ConsultLetter>

export const Partner = Type.Object({
  id: Id,
  name: Nullable(Type.String()),
  address: Type.String(),
  listed: Type.Boolean({ description: 'in the directory that administrators keep' }),
})
export type Partner = Static<typeof Partner>
export const PartnerPage = Page(Partner)
export const PartnerInput = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 200 }),
  address: Type.String({ minLength: 1, maxLength: 320, format: 'mail-address' }),
})
export type PartnerInput = Static<typeof PartnerInput>

/** What somebody sees who follows the link in a mail that asks him. */
export const AskedPage = Type.Object({
  state: OneOf('open', 'answered', 'withdrawn'),
  subject: Type.String(),
  asker: Type.String(),
  name: Nullable(Type.String({ description: 'who is asked' })),
  question: Type.String(),
  thread: Type.String({ description: 'what the customer wrote, as it went along' }),
  answerBy: Time,
  answers: Type.Array(Type.Object({ at: Time, text: Type.String() }), {
    description: 'what was answered by this link',
  }),
})
export type AskedPage = Static<typeof AskedPage>
export const AnswerInput = Type.Object({ text: Type.String({ minLength: 1, maxLength: 100_000 }) })
