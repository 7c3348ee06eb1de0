import Type, { type Static } from 'typebox'
import { Id, Nullable, OneOf, Page, Time } from '../../shared/wire.ts'

export const Identity = Type.Object({
  id: Id,
  kind: Type.String({ description: 'mail, phone, or the channel kind' }),
  value: Type.String(),
  verified: Type.Boolean(),
})
export const Customer = Type.Object({
  id: Id,
  name: Nullable(Type.String()),
  address: Nullable(Type.String({ description: 'the first mail address' })),
  identities: Type.Array(Identity),
  company: Nullable(Type.Object({ id: Id, name: Type.String() })),
  language: Nullable(Type.String()),
  timeZone: Nullable(Type.String()),
  vip: Type.Boolean(),
  hint: Nullable(Type.String()),
  notes: Nullable(Type.String()),
  createdAt: Time,
})
export type Customer = Static<typeof Customer>
export const CustomerPage = Page(Customer)
export const CustomerInput = Type.Object({
  name: Type.Optional(Nullable(Type.String({ maxLength: 200 }))),
  address: Type.Optional(Type.String({ maxLength: 320, description: 'a mail address more' })),
  phone: Type.Optional(Type.String({ maxLength: 50, description: 'a phone number more' })),
  identities: Type.Optional(
    Type.Array(Type.Object({ kind: OneOf('mail', 'phone'), value: Type.String({ maxLength: 320 }) }), {
      maxItems: 50,
    }),
  ),
  company: Type.Optional(Nullable(Type.String({ maxLength: 200, description: 'its name' }))),
  language: Type.Optional(Nullable(Type.String({ maxLength: 20 }))),
  timeZone: Type.Optional(Nullable(Type.String({ maxLength: 60 }))),
  vip: Type.Optional(Type.Boolean()),
  hint: Type.Optional(Nullable(Type.String({ maxLength: 500 }))),
  notes: Type.Optional(Nullable(Type.String({ maxLength: 20_000 }))),
})
export type CustomerInput = Static<typeof CustomerInput>
