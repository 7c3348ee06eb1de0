import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import { text } from '#platform/texts/texts.ts'
import { preview } from '#shared/text/new-words.ts'
import type { NewsRow } from './list.ts'

/** Why it came, in one line. A customer's name is told only to who chose so; a colleague's always. */
export function newsWords(language: string, { kind, actor_kind, actor_name }: NewsRow, told = true): string {
  const customer = actor_kind === 'customer' || actor_kind === 'participant'
  const name = customer && !told ? null : (actor_name?.replace(/\s+/g, ' ').trim() ?? null)
  return text(language, `notifications:why.${kind}${name ? '' : 'Nameless'}`, { name })
}

/** The subject and the first words of what it is about. */
export async function wordsOf(db: Db, { subject, item }: NewsRow): Promise<string> {
  if (!item) return subject
  const { rows } = await sql<{ text: string }>`
    select text from messages where id = ${item} union all select text from comments where id = ${item}
      and deleted_at is null`.execute(db)
  const words = rows[0] ? preview(rows[0].text) : ''
  return words ? `${subject}\n${words}` : subject
}
