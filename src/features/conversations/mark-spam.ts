import type { Db } from '#platform/db/db.ts'
import { type By, type ConversationRow, changeLocked, refuseMerged } from './change.ts'

const who = ({ actor }: By) => `${actor.kind}:${actor.id ?? ''}`

export async function markSpam(tx: Db, row: ConversationRow, by: By): Promise<ConversationRow> {
  refuseMerged(row)
  if (row.spam_at) return row
  const set = { spam_at: by.at, spam_by: who(by) }
  return (await changeLocked(tx, row, { ...by, kind: 'marked_spam', set })).row
}

export async function unmarkSpam(tx: Db, row: ConversationRow, by: By): Promise<ConversationRow> {
  refuseMerged(row)
  const set = { spam_at: null, spam_by: null }
  return (await changeLocked(tx, row, { ...by, kind: 'unmarked_spam', set })).row
}
