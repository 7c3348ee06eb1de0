// The conversation so far, under a reply: only what its customer has written or been sent, never a comment, never a
// message that went to somebody else.
import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import { text as say } from '#platform/texts/texts.ts'
import { escapeHtml, textToHtml } from '#shared/text/text-to-html.ts'
import { homeOf } from './home.ts'

interface Quoted {
  at: Date
  name: string | null
  address: string | null
  text: string
  fold_from: number | null
  fold_to: number | null
}
export interface Quotation {
  quote: 'none' | 'last' | 'all'
  conversation: string
  /** messages before this position */
  before: number
  /** the conversation it was written in, where it was merged since: its customer counts */
  home?: string | null
  /** the customer's language and time zone */
  language: string
  timeZone: string
}

/** @returns empty strings where nothing is to be quoted */
export async function history(db: Db, quotation: Quotation): Promise<{ text: string; html: string }> {
  const messages = quotation.quote === 'none' ? [] : await quotedMessages(db, quotation)
  const parts = messages.map((message) => ({
    line: attribution(message, quotation),
    words: wordsOf(message),
  }))
  return {
    text: parts.map(({ line, words }) => `${line}\n${quoteLines(words)}`).join('\n\n'),
    html: parts
      .map(
        ({ line, words }) =>
          `<div>${escapeHtml(line)}</div>\n<blockquote type="cite" style="margin:0 0 0 0.8ex;border-left:1px solid #ccc;padding-left:1ex">\n${textToHtml(words)}\n</blockquote>`,
      )
      .join('\n<br>\n'),
  }
}

/** Newest first. The last one is the customer's where he has written at all. */
async function quotedMessages(
  db: Db,
  { quote, conversation, before, home = null }: Quotation,
): Promise<Quoted[]> {
  const { rows } = await sql<Quoted & { direction: string }>`
    select m.at, m.direction, m.sender->>'name' as name, m.sender->>'address' as address,
      m.text, m.fold_from, m.fold_to
    from messages m join conversations h on h.id = coalesce(m.origin, m.conversation)
      join conversations c on c.id = ${homeOf({ conversation, before, home })}
    where m.conversation = ${conversation} and m.position < ${before} and m.medium <> 'phone'
      and m.automatic is null and m.erased_at is null and h.customer = c.customer and (
        (m.direction = 'in' and (m.author_kind = 'customer' or lower(m.author_address) in (
          select p.address from participants p
          where p.conversation = c.id and p.confirmed_at is not null and p.removed_at is null)))
        or (m.direction = 'out'
          and (m.recipients || m.copies) @> jsonb_build_array(jsonb_build_object('address', c.customer_address))
          and not exists (select from deliveries d where d.message = m.id
            and d.recipient = c.customer_address and d.state not in ('sent', 'delivered', 'read'))))
    order by case when c.by_time then m.at end desc, m.position desc limit 50`.execute(db)
  if (quote === 'all') return rows
  const last = rows.find(({ direction }) => direction === 'in') ?? rows[0]
  return last ? [last] : []
}

/** Without the history that the message quoted itself. */
const wordsOf = ({ text, fold_from, fold_to }: Quoted) =>
  (fold_from === null ? text : `${text.slice(0, fold_from)}${text.slice(fold_to ?? text.length)}`).trim()

function attribution({ at, name, address }: Quoted, { language, timeZone }: Quotation): string {
  const date = new Intl.DateTimeFormat(language, {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone,
  }).format(at)
  return say(language, 'sending:wrote', { date, name: name || address || say(language, 'sending:somebody') })
}

/** RFC 3676 4.5: quoted lines deepen by one mark. */
const quoteLines = (text: string) =>
  text
    .split('\n')
    .map((line) => (line.startsWith('>') ? `>${line}` : `> ${line}`.trimEnd()))
    .join('\n')
