import Type, { type Static } from 'typebox'
import { Id, Named, Nullable, OneOf, Page } from '../../shared/wire.ts'

export const Inbox = Type.Object({
  id: Id,
  name: Type.String(),
  address: Type.String(),
  aliases: Type.Array(Type.String()),
  team: Named,
  /** Who sees it: these teams; null: every agent. */
  teams: Nullable(Type.Array(Id)),
  signature: Nullable(Type.String()),
  /** How much of the conversation goes along under a reply. */
  quote: OneOf('none', 'last', 'all'),
  /** The sender's name on our mail: the agent's, his first name, or the team's. */
  senderName: OneOf('agent', 'first', 'team'),
  /** The send guard: off; replies, customer's words and stopping comments; every comment too. */
  guard: OneOf('off', 'default', 'all'),
  /** Whether the address with a plus (reply token) may be used in Reply-To. */
  plusAddressing: Type.Boolean(),
  /** Whether who writes is told at once that his message is here. */
  acknowledges: Type.Boolean(),
  /** With which words; null: the usual ones, in the customer's language. */
  acknowledgement: Nullable(Type.String()),
})
export type Inbox = Static<typeof Inbox>
export const InboxPage = Page(Inbox)
export const InboxInput = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 100 }),
  address: Type.String({ maxLength: 320, format: 'mail-address' }),
  aliases: Type.Optional(
    Type.Array(Type.String({ maxLength: 320, format: 'mail-address' }), { maxItems: 50 }),
  ),
  team: Type.Optional(Id),
  teams: Type.Optional(Nullable(Type.Array(Id))),
  signature: Type.Optional(Nullable(Type.String({ maxLength: 10_000 }))),
  quote: Type.Optional(OneOf('none', 'last', 'all')),
  senderName: Type.Optional(OneOf('agent', 'first', 'team')),
  guard: Type.Optional(OneOf('off', 'default', 'all')),
  plusAddressing: Type.Optional(Type.Boolean()),
  acknowledges: Type.Optional(Type.Boolean()),
  acknowledgement: Type.Optional(Nullable(Type.String({ maxLength: 5000 }))),
})
export type InboxInput = Static<typeof InboxInput>
export const InboxChange = Type.Partial(InboxInput)

/** A sender that looks like a site's form, or is one. */
export const FormSender = Type.Object({
  id: Id,
  inbox: Named,
  address: Type.String({ description: 'what the mails come from' }),
  isForm: Nullable(Type.Boolean({ description: 'null: nobody has said yet' })),
  replyTo: Type.Array(Type.String(), { description: 'some of the addresses in Reply-To' }),
  earlier: Type.Integer({
    description: 'conversations that are still the sender’s instead of the Reply-To’s',
  }),
})
export type FormSender = Static<typeof FormSender>
export const FormSenderList = Type.Object({ items: Type.Array(FormSender) })
export type FormSenderList = Static<typeof FormSenderList>
