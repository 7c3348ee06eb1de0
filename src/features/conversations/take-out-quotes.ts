import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import { htmlToText } from '#platform/html/html-to-text.ts'
import { type Erased, takeOut } from '#shared/text/take-out.ts'

/** The words of a row as they stood. */
export interface Hidden {
  kind: 'message' | 'comment'
  item: string
  words: Record<string, unknown>
}

/**
 * Takes a message's words out of what quotes them since: messages and comments of these conversations. A message that
 * held them loses its form too (its HTML): its text goes on without them.
 * @returns what stood there before
 */
export async function takeOutQuotes(
  tx: Db,
  conversations: string[],
  { item, at, words }: { item: string; at: Date; words: Erased },
): Promise<Hidden[]> {
  const { rows } = await sql<{ kind: Hidden['kind']; id: string; before: Hidden['words'] }>`
    select 'message' as kind, id, jsonb_build_object('text', text, 'html', html, 'fold_from', fold_from,
      'fold_to', fold_to, 'quote', quote) as before
    from messages where conversation = any(${conversations}::bigint[]) and at >= ${at} and id <> ${item}
      and erased_at is null and sealed_at is null
    union all
    select 'comment', id, jsonb_build_object('text', text, 'html', html)
    from comments where conversation = any(${conversations}::bigint[]) and at >= ${at} and deleted_at is null`.execute(
    tx,
  )
  const hidden: Hidden[] = []
  for (const { kind, id, before } of rows) {
    const text = String(before.text ?? '')
    const html = before.html as string | null
    const rest = takeOut(text, words)
    if (rest === null && (html === null || takeOut(htmlToText(html), words) === null)) continue
    const without = { text: rest ?? text, html: null }
    if (kind === 'comment') await tx.updateTable('comments').set(without).where('id', '=', id).execute()
    else
      await tx
        .updateTable('messages')
        .set({ ...without, fold_from: null, fold_to: null, quote: null })
        .where('id', '=', id)
        .execute()
    hidden.push({ kind, item: id, words: before })
  }
  return hidden
}
