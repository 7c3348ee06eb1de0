import Type, { type Static } from 'typebox'
import { Id, Nullable, OneOf, Page, Time } from '../../shared/wire.ts'
import { Attachment } from '../conversations/conversations.contract.ts'

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
  source: Type.String({
    description: 'the mail as it would have left, RFC 5322; of a larger one the first mebibyte',
  }),
  attachments: Type.Array(Attachment),
})
export type OutboxMail = Static<typeof OutboxMail>
export const OutboxPage = Page(OutboxMail)

const smtp = {
  host: Type.String({ minLength: 1, maxLength: 255 }),
  port: Type.Integer({ minimum: 1, maximum: 65535 }),
  security: OneOf('tls', 'starttls', 'none'),
}
/** From whom Foyer's own mails come (invitations, reset links); without a server they stay in the test mailbox. */
export const SystemSender = Type.Object({
  name: Type.String(),
  address: Type.String(),
  smtp: Nullable(Type.Object({ ...smtp, username: Nullable(Type.String()), hasPassword: Type.Boolean() })),
})
export type SystemSender = Static<typeof SystemSender>
export const SystemSenderInput = Type.Object({
  name: Type.Optional(Type.String({ maxLength: 100 })),
  address: Type.String({ maxLength: 320, format: 'mail-address' }),
  smtp: Nullable(
    Type.Object({
      ...smtp,
      username: Type.Optional(Nullable(Type.String({ maxLength: 320 }))),
      password: Type.Optional(Nullable(Type.String({ maxLength: 1000 }))),
    }),
  ),
})
export type SystemSenderInput = Static<typeof SystemSenderInput>
