import Type, { type Static } from 'typebox'
import { Page, PageQuery } from '../../shared/wire.ts'
import { SearchHit } from '../conversations/conversations.contract.ts'
import { Customer } from '../customers/customers.contract.ts'

export const SearchQuery = Type.Object({
  q: Type.String({
    maxLength: 1000,
    description:
      'words (all, anywhere in the conversation), "phrases", begin*, from: subject: tag: status: assignee: in: before: after:',
  }),
  typing: Type.Optional(
    Type.Boolean({ description: 'the last word is still being typed: whatever begins so counts' }),
  ),
  ...PageQuery,
})
export type SearchQuery = Static<typeof SearchQuery>
export const SearchPage = Type.Object({
  ...Page(SearchHit).properties,
  customers: Type.Array(Customer, {
    description: 'people of this name, address or phone number in any writing; on the first page only',
  }),
})
export type SearchPage = Static<typeof SearchPage>
