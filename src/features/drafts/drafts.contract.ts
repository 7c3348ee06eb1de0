import Type, { type Static } from 'typebox'
import { Id, Named, Nullable, OneOf, Page, Time } from '../../shared/wire.ts'
import { Attachment, Item, MailboxInput, Then } from '../conversations/conversations.contract.ts'

export const DraftInput = Type.Object({
  text: Type.String({ maxLength: 500_000 }),
  html: Type.Optional(Nullable(Type.String({ maxLength: 1_000_000 }))),
  to: Type.Optional(Nullable(Type.Array(MailboxInput, { maxItems: 100 }))),
  cc: Type.Optional(Nullable(Type.Array(MailboxInput, { maxItems: 100 }))),
  bcc: Type.Optional(Nullable(Type.Array(MailboxInput, { maxItems: 100 }))),
  attachments: Type.Optional(Type.Array(Id, { maxItems: 100 })),
  lastSeen: Type.Optional(Nullable(Id)),
  then: Type.Optional(Nullable(Then)),
  /** The server refused to send it: kept under Drafts until the agent decides. */
  stopped: Type.Optional(Type.Boolean()),
  /** `updatedAt` of the draft as it was known; 409 draft_changed when it is another one by now. */
  known: Type.Optional(Time),
})
export type DraftInput = Static<typeof DraftInput>
export const Draft = Type.Object({
  conversation: Type.Integer(),
  kind: OneOf('reply', 'comment'),
  agent: Named,
  text: Type.String(),
  html: Nullable(Type.String()),
  to: Nullable(Type.Array(MailboxInput)),
  cc: Nullable(Type.Array(MailboxInput)),
  bcc: Nullable(Type.Array(MailboxInput)),
  attachments: Type.Array(Attachment),
  lastSeen: Nullable(Id),
  then: Nullable(Then),
  stopped: Type.Boolean(),
  /** Colleagues who have looked at it, the latest first. */
  viewers: Type.Array(Type.Object({ ...Named.properties, at: Time })),
  /** Who asks for the pen while its writer is at it. */
  askedBy: Nullable(Named),
  updatedAt: Time,
})
export type Draft = Static<typeof Draft>
export const DraftPage = Page(Type.Object({ ...Draft.properties, subject: Type.String() }))
export const Stale = Type.Object({ newer: Type.Array(Item) })
