import Type, { type Static } from 'typebox'
import { Id, Page } from '../../shared/wire.ts'

export const Team = Type.Object({
  id: Id,
  name: Type.String(),
  members: Type.Array(Type.Object({ agent: Id, name: Type.String(), lead: Type.Boolean() })),
})
export type Team = Static<typeof Team>
export const TeamPage = Page(Team)
export const TeamInput = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 100 }),
  members: Type.Optional(Type.Array(Type.Object({ agent: Id, lead: Type.Optional(Type.Boolean()) }))),
})
export type TeamInput = Static<typeof TeamInput>
export const TeamChange = Type.Partial(TeamInput)
