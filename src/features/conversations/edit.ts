import type { Db } from '#platform/db/db.ts'
import { type By, type ConversationRow, changeLocked, refuseFinished } from './change.ts'
import type { Fields } from './conversations.contract.ts'

export interface Edit {
  subject?: string
  topic?: string | null
  /** only those named are touched; null takes one away */
  fields?: Fields
}

/** Subject, topic and custom fields: the last writer wins, per field; each is an event of its own. */
export async function edit(tx: Db, row: ConversationRow, what: Edit, by: By): Promise<ConversationRow> {
  refuseFinished(row)
  let next = row
  if (what.subject !== undefined)
    next = (await changeLocked(tx, next, { ...by, kind: 'subject_changed', set: { subject: what.subject } }))
      .row
  if (what.topic !== undefined)
    next = (await changeLocked(tx, next, { ...by, kind: 'topic_changed', set: { topic: what.topic } })).row
  if (what.fields !== undefined) next = await editFields(tx, next, what.fields, by)
  return next
}

async function editFields(tx: Db, row: ConversationRow, fields: Fields, by: By) {
  const was = row.fields as Fields
  const is = Object.fromEntries(
    Object.entries({ ...was, ...fields })
      .filter(([, value]) => value !== null)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )
  const changed = Object.keys(fields).filter((name) => (was[name] ?? null) !== (is[name] ?? null))
  if (changed.length === 0) return row
  return (
    await changeLocked(tx, row, { ...by, kind: 'fields_changed', set: { fields: is }, after: { changed } })
  ).row
}
