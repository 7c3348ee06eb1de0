import Type, { type Static } from 'typebox'
import { Id, Named, Nullable, OneOf, Page, Time } from '../../shared/wire.ts'

export const SavedReply = Type.Object({
  id: Id,
  name: Type.String(),
  text: Type.String(),
  html: Nullable(Type.String({ description: 'null: plain text says it all' })),
  scope: OneOf('me', 'team', 'all'),
  team: Nullable(Id),
  owner: Named,
  updatedAt: Time,
})
export type SavedReply = Static<typeof SavedReply>
export const SavedReplyPage = Page(SavedReply)
export const SavedReplyInput = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 100 }),
  text: Type.String({ minLength: 1, maxLength: 50_000 }),
  html: Type.Optional(Nullable(Type.String({ maxLength: 200_000 }))),
  scope: Type.Optional(OneOf('me', 'team', 'all')),
  team: Type.Optional(Nullable(Id)),
})
export type SavedReplyInput = Static<typeof SavedReplyInput>
