// Where the words were found: up to three messages or comments of each conversation, a window of text around the
// words, escaped, with nothing live but <mark>.
import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import { escapeHtml } from '#shared/text/text-to-html.ts'

export interface Snippet {
  item: string
  html: string
}
const perConversation = 3
/** Texts are looked at up to here: who writes more has said it before. */
const longest = 20_000
const window = 160

/** What a word is compared by: no case, no accents, ё as е. */
export const folded = (word: string) => word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** Lexemes of a tsquery; `'refund':*` is the lexeme refund. */
const lexemesOf = (query: string) => [
  ...new Set([...query.matchAll(/'((?:[^']|'')+)'/g)].map((match) => match[1]!.replaceAll("''", "'"))),
]

/** @param marks a tsquery's text: any of its words is worth a mark */
export async function makeSnippets(
  db: Db,
  conversations: string[],
  marks: string,
): Promise<Map<string, Snippet[]>> {
  const lexemes = lexemesOf(marks).slice(0, 50)
  const found = await textsWith(db, conversations, lexemes)
  const words = await wordsThatMatch(db, found, lexemes, marks)
  const snippets = new Map<string, Snippet[]>()
  for (const { conversation, item, text } of found) {
    const html = markedWindow(text, words)
    const known = snippets.get(conversation) ?? []
    if (html && known.length < perConversation) snippets.set(conversation, [...known, { item, html }])
  }
  return snippets
}

interface Found {
  conversation: string
  item: string
  text: string
}

/** The newest items in which a word may begin like one of the lexemes; quoted history is left out. */
async function textsWith(db: Db, conversations: string[], lexemes: string[]): Promise<Found[]> {
  if (conversations.length === 0 || lexemes.length === 0) return []
  // A stem may end otherwise than the word (company, compani): its last letter does not count here.
  const patterns = lexemes.map((lexeme) => {
    const begin = lexeme.length > 3 ? lexeme.slice(0, -1) : lexeme
    return `%${begin.replace(/[\\%_]/g, '\\$&')}%`
  })
  const text = sql`left(case when m.fold_from > 0 then left(m.text, m.fold_from) else m.text end, ${longest})`
  const like = (column: ReturnType<typeof sql>) =>
    sql`unaccent(lower(${column})) like any(${patterns}::text[])`
  const { rows } = await sql<Found>`
    select asked.id as conversation, found.item, found.text
    from unnest(${conversations}::bigint[]) asked(id) cross join lateral (
      select m.id as item, m.text from (
        select m.id, m.position, ${text} as text from messages m where m.conversation = asked.id
        union all
        select m.id, m.position, left(m.text, ${longest}) from comments m
        where m.conversation = asked.id and m.deleted_at is null
      ) m where ${like(sql`m.text`)} order by m.position desc limit ${perConversation}) found`.execute(db)
  return rows
}

/** Which of the words that begin like a lexeme really have it as their stem; PostgreSQL is asked once. */
async function wordsThatMatch(
  db: Db,
  found: Found[],
  lexemes: string[],
  marks: string,
): Promise<Set<string>> {
  const begins = lexemes.map((lexeme) => (lexeme.length > 3 ? lexeme.slice(0, -1) : lexeme))
  const words = new Set<string>()
  for (const { text } of found)
    for (const [word] of text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
      const plain = folded(word)
      if (words.size < 2000 && begins.some((begin) => plain.startsWith(begin))) words.add(plain)
    }
  if (words.size === 0) return words
  const { rows } = await sql<{ word: string }>`
    select word from unnest(${[...words]}::text[]) word where to_tsvector('foyer', word) @@ ${marks}::tsquery`.execute(
    db,
  )
  return new Set(rows.map((row) => row.word))
}

/** The densest window of the text, or null where none of the words stands in it. */
export function markedWindow(text: string, words: Set<string>): string | null {
  const hits = [...text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)]
    .filter(([word]) => words.has(folded(word)))
    .map((match) => ({ from: match.index, to: match.index + match[0].length }))
  if (hits.length === 0) return null
  const within = (start: number) => hits.filter((hit) => hit.from >= start && hit.to <= start + window).length
  const best = hits.slice(0, 50).reduce((a, b) => (within(b.from) > within(a.from) ? b : a))
  const from = wordStart(text, Math.max(0, best.from - 40))
  const to = Math.max(best.to, wordEnd(text, Math.min(text.length, from + window)))
  let html = from > 0 ? '… ' : ''
  let at = from
  for (const hit of hits) {
    if (hit.from < from || hit.to > to) continue
    html += `${escapeHtml(text.slice(at, hit.from))}<mark>${escapeHtml(text.slice(hit.from, hit.to))}</mark>`
    at = hit.to
  }
  html += escapeHtml(text.slice(at, to))
  return `${html.replace(/\s+/g, ' ')}${to < text.length ? ' …' : ''}`
}

/** No window begins or ends inside a word, unless the word has no end. */
function wordStart(text: string, from: number): number {
  if (from === 0) return 0
  const gap = text.slice(from, from + 40).search(/\s/)
  return gap < 0 ? from : from + gap + 1
}
function wordEnd(text: string, to: number): number {
  if (to >= text.length) return text.length
  const gap = text.slice(Math.max(0, to - 30), to).search(/\s\S*$/)
  return gap < 0 ? to : Math.max(0, to - 30) + gap
}
