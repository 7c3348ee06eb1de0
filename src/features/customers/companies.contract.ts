import Type, { type Static } from 'typebox'
import { Id, Page } from '../../shared/wire.ts'

export const Company = Type.Object({
  id: Id,
  name: Type.String(),
  domains: Type.Array(Type.String()),
  customers: Type.Integer({ description: 'as many of its people as you may see, to 1000' }),
})
export type Company = Static<typeof Company>
export const CompanyPage = Page(Company)
export const CompanyInput = Type.Object({
  name: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  domains: Type.Optional(Type.Array(Type.String({ maxLength: 253 }), { maxItems: 50 })),
})
export type CompanyInput = Static<typeof CompanyInput>
