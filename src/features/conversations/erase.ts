import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import { forgetWords } from '#platform/events/events.ts'
import { htmlToText } from '#platform/html/html-to-text.ts'
import { type By, type ConversationRow, changeLocked } from './change.ts'
import { retell } from './retell.ts'
import { kinOf } from './survivor.ts'

export interface Erasing extends By {
  agent: string | null
  reason: string
}

/** What a message or comment says, plain: its text, and its HTML's words where those are others. */
export async function wordsOf(db: Db, item: string): Promise<string[]> {
  const { rows } = await sql<{ text: string; html: string | null }>`
    select text, html from messages where id = ${item} union all select text, html from comments where id = ${item}`.execute(
    db,
  )
  return rows.flatMap(({ text, html }) => [text, ...(html ? [htmlToText(html)] : [])])
}

/** A message's or comment's words go; that it was there stays. */
export async function blank(tx: Db, row: ConversationRow, item: string, by: Erasing): Promise<void> {
  await tx
    .updateTable('messages')
    .set({ text: '', html: null, subject: null, fold_from: null, fold_to: null, quote: null })
    .set({ sealed_at: null, erased_at: by.at, erased_by: by.agent, erased_because: by.reason })
    .where('id', '=', item)
    .execute()
  await tx
    .updateTable('comments')
    .set({ text: '', html: null, stop: false, mentions: [], deleted_at: by.at, deleted_by: by.agent })
    .where('id', '=', item)
    .execute()
  await forgetWords(tx, await kinOf(tx, row.id), item)
}

/** This conversation and those it is linked with, was merged with or split from: where quotes of it may stand. */
export async function around(db: Db, conversation: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select other as id from conversation_links where conversation = ${conversation}
    union select conversation from conversation_links where other = ${conversation}`.execute(db)
  return [...new Set([...rows.map(({ id }) => id), ...(await kinOf(db, conversation))])]
}

/** Says in each conversation that something was erased: the list's line and the search follow from it. */
export async function tellErased(
  tx: Db,
  row: ConversationRow,
  what: { kind: string; item: string; after: Record<string, unknown>; shown: boolean },
  by: By,
): Promise<void> {
  await retell(tx, row.id)
  await changeLocked(tx, row, { at: by.at, actor: by.actor, ...what, set: {}, always: true })
}
