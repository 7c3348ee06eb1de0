import Type, { type Static } from 'typebox'
import { Id, Named, Nullable, OneOf, Page, Time } from '../../shared/wire.ts'

export const Identity = Type.Object({
  id: Id,
  kind: Type.String({ description: 'mail, phone, or the channel kind' }),
  value: Type.String(),
  verified: Type.Boolean(),
  primary: Type.Boolean({ description: 'shown first and written to' }),
  failing: Type.Boolean({ description: 'mail to it came back' }),
  blocked: Type.Boolean({ description: 'mail from it is kept apart' }),
})
export type Identity = Static<typeof Identity>
const FieldName = Type.String({ pattern: '^[^\\s].{0,59}$' })
/** Simple fields of the installation's own, by name. */
export const CustomerFields = Type.Record(FieldName, Type.String({ maxLength: 2000 }))
export const CompanyOf = Type.Object({
  id: Id,
  name: Type.String(),
  byDomain: Type.Boolean({ description: 'known by the domain of an address; nobody said so' }),
})
const LastChange = Type.Object({ by: Nullable(Named), at: Time })

export const Customer = Type.Object({
  id: Id,
  name: Nullable(Type.String()),
  address: Nullable(Type.String({ description: 'the mail address he is written to' })),
  identities: Type.Array(Identity, { description: 'the primary one first' }),
  company: Nullable(CompanyOf),
  language: Nullable(Type.String()),
  timeZone: Nullable(Type.String()),
  vip: Type.Boolean(),
  hint: Nullable(Type.String()),
  fields: CustomerFields,
  /** Who changed a field last, and when: name, company, language, timeZone, vip, hint, fields, identities. */
  changes: Type.Record(Type.String(), LastChange),
  createdAt: Time,
})
export type Customer = Static<typeof Customer>
export const CustomerPage = Page(Customer)

export const Note = Type.Object({
  id: Id,
  text: Type.String(),
  author: Nullable(Named),
  at: Time,
  editedAt: Nullable(Time),
})
export type Note = Static<typeof Note>
export const NoteInput = Type.Object({ text: Type.String({ minLength: 1, maxLength: 20_000 }) })
/** Somebody who was joined into this customer and can be taken out again. */
export const JoinedIn = Type.Object({
  id: Id,
  name: Nullable(Type.String()),
  reason: OneOf('by_hand', 'verified'),
  by: Nullable(Named),
  at: Time,
})
export type JoinedIn = Static<typeof JoinedIn>
export const OpenedCustomer = Type.Object({
  ...Customer.properties,
  notes: Type.Array(Note, { description: 'the newest first' }),
  joined: Type.Array(JoinedIn),
})
export type OpenedCustomer = Static<typeof OpenedCustomer>

const text = (maxLength: number) => Nullable(Type.String({ maxLength }))
const changeable = {
  name: Type.Optional(text(200)),
  company: Type.Optional(
    Nullable(Type.String({ maxLength: 200, description: 'its name; null: the one his domain tells' })),
  ),
  language: Type.Optional(text(20)),
  timeZone: Type.Optional(text(60)),
  vip: Type.Optional(Type.Boolean()),
  hint: Type.Optional(text(500)),
}
export const CustomerInput = Type.Object({
  ...changeable,
  address: Type.Optional(Type.String({ maxLength: 320, description: 'a mail address more' })),
  phone: Type.Optional(Type.String({ maxLength: 50, description: 'a phone number more' })),
  identities: Type.Optional(
    Type.Array(Type.Object({ kind: OneOf('mail', 'phone'), value: Type.String({ maxLength: 320 }) }), {
      maxItems: 50,
    }),
  ),
  fields: Type.Optional(
    Type.Record(FieldName, Nullable(Type.String({ maxLength: 2000 })), {
      description: 'those named are set; null takes one away',
      maxProperties: 100,
    }),
  ),
  /** What the writer had before his eyes; where it is no longer so, nothing is changed: 409 `changed_since`. */
  seen: Type.Optional(Type.Object(changeable)),
})
export type CustomerInput = Static<typeof CustomerInput>

export const IdentityInput = Type.Object({
  kind: OneOf('mail', 'phone'),
  value: Type.String({ maxLength: 320 }),
  move: Type.Optional(Type.Boolean({ description: 'take it from the customer who has it' })),
})
export type IdentityInput = Static<typeof IdentityInput>

/** What two customers would be as one. */
export const JoinPreview = Type.Object({
  survivor: Customer,
  joined: Customer,
  result: Customer,
  filled: Type.Array(Type.String(), { description: 'fields the survivor would take over' }),
  conversations: Type.Integer(),
  notes: Type.Integer(),
})
export type JoinPreview = Static<typeof JoinPreview>
export const LikenessReason = OneOf(
  'same_phone',
  'same_name_and_company',
  'phone_in_signature',
  'said_by_channel',
)
export const Likeness = Type.Object({
  customer: Customer,
  reason: LikenessReason,
  what: Type.String({ description: 'the number, name or address that is the same' }),
})
export type Likeness = Static<typeof Likeness>
