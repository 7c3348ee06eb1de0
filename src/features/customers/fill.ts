// What a survivor takes over from the one who is joined: the fields he has not filled himself.
import { type Db, json } from '#platform/db/db.ts'

const columns = ['name', 'company', 'language', 'time_zone', 'vip_at', 'hint'] as const
type Column = (typeof columns)[number]
type Row = Record<Column, unknown> & { fields: unknown }
/** Column, or `fields.` and a name → what was taken over. */
export type Filled = Record<string, unknown>

const own = (row: Row): Filled => ({
  ...Object.fromEntries(columns.map((column) => [column, plain(row[column])])),
  ...Object.fromEntries(
    Object.entries(row.fields as Record<string, string>).map(([name, value]) => [`fields.${name}`, value]),
  ),
})
const plain = (value: unknown) => (value instanceof Date ? value.toISOString() : value)

/** What `survivor` would take over from `other`. Pure. */
export function missing(survivor: Row, other: Row): Filled {
  const has = own(survivor)
  return Object.fromEntries(
    Object.entries(own(other)).filter(([name, value]) => value !== null && (has[name] ?? null) === null),
  )
}

export const rowOf = (db: Db, id: string) =>
  db
    .selectFrom('customers')
    .select([...columns, 'fields'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()

/** @returns what was taken over, to be given back should the two be taken apart */
export async function fill(tx: Db, survivor: string, other: string): Promise<Filled> {
  const row = await rowOf(tx, survivor)
  const filled = missing(row, await rowOf(tx, other))
  await write(tx, survivor, row, filled)
  return filled
}

/**
 * What was taken over goes again where nobody has written something else since; where a further customer had taken it
 * over from this one, there too.
 */
export async function backToEmpty(tx: Db, survivor: string, filled: Filled): Promise<void> {
  const row = await rowOf(tx, survivor)
  const has = own(row)
  const gone = Object.keys(filled).filter((name) => (has[name] ?? null) === filled[name])
  if (gone.length === 0) return
  await write(tx, survivor, row, Object.fromEntries(gone.map((name) => [name, null])))
  const onwards = await tx
    .selectFrom('customer_joins')
    .select(['id', 'survivor', 'filled'])
    .where('joined', '=', survivor)
    .where('undone_at', 'is', null)
    .executeTakeFirst()
  if (!onwards) return
  const passedOn = onwards.filled as Filled
  const again = Object.fromEntries(
    gone.filter((name) => passedOn[name] === filled[name]).map((name) => [name, filled[name]]),
  )
  const left = Object.fromEntries(Object.entries(passedOn).filter(([name]) => !(name in again)))
  await tx
    .updateTable('customer_joins')
    .set({ filled: json(left) })
    .where('id', '=', onwards.id)
    .execute()
  await backToEmpty(tx, onwards.survivor, again)
}

async function write(tx: Db, id: string, row: Row, values: Filled): Promise<void> {
  if (Object.keys(values).length === 0) return
  const fields = { ...(row.fields as Record<string, unknown>) }
  const set: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(values)) {
    if (!name.startsWith('fields.')) set[name] = value
    else if (value === null) delete fields[name.slice(7)]
    else fields[name.slice(7)] = value
  }
  await tx
    .updateTable('customers')
    .set({ ...set, fields: json(fields) })
    .where('id', '=', id)
    .execute()
}
