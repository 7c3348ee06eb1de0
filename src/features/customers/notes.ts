import type { Db } from '#platform/db/db.ts'
import { refuse } from '#platform/errors/refuse.ts'
import { append, type By } from '#platform/events/events.ts'

/** Words about a customer that he never sees. @returns the note's id */
export async function addNote(tx: Db, customer: string, text: string, by: By): Promise<string> {
  const { id } = await tx
    .insertInto('customer_notes')
    .values({ customer, text: text.trim(), author: by.actor.id, written_at: by.at })
    .returning('id')
    .executeTakeFirstOrThrow()
  await append(tx, { ...by, kind: 'customer_noted', after: { customer, note: id } })
  return id
}

/** @param agent the caller: one's own words, or an administrator's hand */
export async function changeNote(tx: Db, note: Whose, text: string, by: By): Promise<void> {
  const { customer, was } = await own(tx, note)
  if (was === text.trim()) return
  await tx
    .updateTable('customer_notes')
    .set({ text: text.trim(), changed_at: by.at })
    .where('id', '=', note.id)
    .execute()
  await append(tx, { ...by, kind: 'customer_noted', after: { customer, note: note.id } })
}

export async function removeNote(tx: Db, note: Whose, by: By): Promise<void> {
  const { customer } = await own(tx, note)
  await tx
    .updateTable('customer_notes')
    .set({ removed_at: by.at, removed_by: by.actor.id })
    .where('id', '=', note.id)
    .execute()
  await append(tx, { ...by, kind: 'customer_noted', before: { note: note.id }, after: { customer } })
}

export async function bringNoteBack(tx: Db, note: Whose, by: By): Promise<void> {
  const { customer } = await own(tx, note, true)
  await tx
    .updateTable('customer_notes')
    .set({ removed_at: null, removed_by: null })
    .where('id', '=', note.id)
    .execute()
  await append(tx, { ...by, kind: 'customer_noted', after: { customer, note: note.id } })
}

interface Whose {
  id: string
  customer: string
  agent: string
  isAdmin: boolean
}

async function own(tx: Db, { id, customer, agent, isAdmin }: Whose, removed = false) {
  const row = await tx
    .selectFrom('customer_notes')
    .select(['customer', 'author', 'text'])
    .where('id', '=', id)
    .where('customer', '=', customer)
    .where('removed_at', removed ? 'is not' : 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (!row) return refuse('not_found')
  if (row.author !== null && row.author !== agent && !isAdmin) refuse('not_yours')
  return { customer: row.customer, was: row.text }
}
