import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import { htmlToText } from '#platform/html/html-to-text.ts'
import { type Erased, takeOut } from '#shared/text/take-out.ts'

/** Erased words go out of what is being written in these conversations. */
export async function takeOutOfDrafts(tx: Db, conversations: string[], words: Erased): Promise<void> {
  const drafts = await tx
    .selectFrom('drafts')
    .select(['conversation', 'agent', 'kind', 'text', 'html'])
    .where(sql<boolean>`conversation = any(${conversations}::bigint[])`)
    .execute()
  for (const { conversation, agent, kind, text, html } of drafts) {
    const rest = takeOut(text, words)
    if (rest === null && (html === null || takeOut(htmlToText(html), words) === null)) continue
    await tx
      .updateTable('drafts')
      .set({ text: rest ?? text, html: null })
      .where('conversation', '=', conversation)
      .where('agent', '=', agent)
      .where('kind', '=', kind)
      .execute()
  }
}
