import Type, { type Static } from 'typebox'
import { Nullable, OneOf, Page } from '../../shared/wire.ts'
import { Filters, Sort } from '../conversations/conversations.contract.ts'

export const View = Type.Object({
  id: Type.String({ description: 'digits, or the name of a built-in view' }),
  name: Type.String({
    description: "a built-in view's name is its id; the reader's language is the console's",
  }),
  builtIn: Type.Boolean(),
  scope: OneOf('me', 'team', 'all'),
  team: Nullable(Type.String()),
  filters: Type.Object(Filters),
  sort: Nullable(Sort),
  count: Type.Integer(),
  countCapped: Type.Boolean({ description: 'there are more than count says' }),
})
export type View = Static<typeof View>
export const ViewPage = Page(View)
export const ViewInput = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 100 }),
  scope: Type.Optional(OneOf('me', 'team', 'all')),
  team: Type.Optional(Nullable(Type.String())),
  filters: Type.Object(Filters, { additionalProperties: false }),
  sort: Type.Optional(Nullable(Sort)),
})
export type ViewInput = Static<typeof ViewInput>
