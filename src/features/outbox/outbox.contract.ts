import Type, { type Static } from 'typebox'
import { Id, Nullable, Page, Time } from '../../shared/wire.ts'

/** A mail kept by the test mailbox instead of an SMTP server. */
export const OutboxMail = Type.Object({
  id: Id,
  message: Nullable(Id),
  conversation: Nullable(Type.Integer()),
  system: Type.Boolean({ description: 'invitation, reset link: admins only' }),
  at: Time,
  from: Type.String(),
  to: Type.Array(Type.String()),
  subject: Type.String(),
  text: Type.String(),
  html: Nullable(Type.String({ description: 'as the customer would see it' })),
  source: Type.String({ description: 'the mail as it would have left, RFC 5322' }),
})
export type OutboxMail = Static<typeof OutboxMail>
export const OutboxPage = Page(OutboxMail)
