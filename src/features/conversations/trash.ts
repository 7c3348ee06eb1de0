import type { Db } from '#platform/db/db.ts'
import { type By, type ConversationRow, changeLocked, refuseMerged } from './change.ts'

const who = ({ actor }: By) => `${actor.kind}:${actor.id ?? ''}`

/** Into the trash: out of every list but its own; nothing is deleted. */
export async function trash(tx: Db, row: ConversationRow, by: By): Promise<ConversationRow> {
  refuseMerged(row)
  if (row.trashed_at) return row
  const set = { trashed_at: by.at, trashed_by: who(by) }
  return (await changeLocked(tx, row, { ...by, kind: 'trashed', set })).row
}

export async function restore(tx: Db, row: ConversationRow, by: By): Promise<ConversationRow> {
  refuseMerged(row)
  const set = { trashed_at: null, trashed_by: null }
  return (await changeLocked(tx, row, { ...by, kind: 'restored', set })).row
}
