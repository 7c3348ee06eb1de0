import Type, { type Static, type TSchema } from 'typebox'

/** Ids are `bigint` identities in tables and strings in JSON. */
export const Id = Type.String({ pattern: '^[0-9]{1,18}$', description: 'id (digits)' })
/** UTC, ISO 8601. */
export const Time = Type.String({ format: 'date-time', description: 'UTC time, ISO 8601' })
export const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])
/** Every list answers in this shape; `nextCursor` is null on the last page. */
export const Page = <T extends TSchema>(item: T) =>
  Type.Object({ items: Type.Array(item), nextCursor: Nullable(Type.String()) })
export const PageQuery = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 50 })),
  cursor: Type.Optional(Type.String({ maxLength: 500 })),
}
export const Named = Type.Object({ id: Id, name: Type.String() })
export type Named = Static<typeof Named>
export const Person = Type.Object({
  id: Nullable(Id),
  name: Nullable(Type.String()),
  address: Nullable(Type.String()),
})
export type Person = Static<typeof Person>
/** One of a closed list of words. */
export const OneOf = <T extends string[]>(...values: [...T]) => Type.Enum<T>(values)
