import Type, { type Static } from 'typebox'
import { Id, Page } from '../../shared/wire.ts'

/** A name as people type it: no blanks at its ends, no comma (lists are written with commas). */
export const TagName = Type.String({ minLength: 1, maxLength: 60, pattern: '^[^\\s,]([^,]*[^\\s,])?$' })
export const Tag = Type.Object({
  id: Id,
  name: Type.String(),
  conversations: Type.Optional(Type.Integer({ description: 'how many carry it; where it was asked for' })),
})
export type Tag = Static<typeof Tag>
export const TagPage = Page(Tag)
export const TagInput = Type.Object({ name: TagName })
export const TagMerge = Type.Object({ into: Id })
