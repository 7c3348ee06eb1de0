// A question that found nothing may have a letter wrong in somebody's name, address or domain.
import { sql } from 'kysely'
import { type Db, inTransaction } from '#platform/db/db.ts'
import { findPeople, similarWords } from './find-people.ts'
import type { SearchQuery } from './parse-query.ts'

/** anna@example.com, example.com */
const isAddress = (word: string) => /^[^\s@]*@?[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+$/u.test(word)

/** The question with addresses, and names behind `from:`, as somebody here really has them; null: nothing is nearer. */
export async function correctPeople(db: Db, query: SearchQuery): Promise<SearchQuery | null> {
  let corrected = false
  const instead = async (was: string, nearest: () => Promise<string | null>) => {
    const is = (await findPeople(db, was)).length > 0 ? null : await nearest()
    corrected ||= is !== null
    return is ?? was
  }
  const next: SearchQuery = { terms: [], filters: [] }
  for (const term of query.terms)
    next.terms.push(
      (term.kind === 'words' || term.kind === 'phrase') && isAddress(term.text)
        ? { kind: 'phrase', text: await instead(term.text, () => nearestAddress(db, term.text)) }
        : term,
    )
  for (const filter of query.filters)
    next.filters.push(
      filter.name === 'from' || filter.name === 'customer'
        ? { ...filter, value: await instead(filter.value, () => nearestName(db, filter.value)) }
        : filter,
    )
  return corrected ? next : null
}

/** Each word as the nearest that people here are called by. */
async function nearestName(db: Db, value: string): Promise<string | null> {
  const words = value.split(/\s+/).filter((word) => word !== '')
  const nearest: string[] = []
  for (const word of words.slice(0, 10)) {
    if ((await findPeople(db, word)).length > 0) nearest.push(word)
    else {
      const near = isAddress(word) ? await nearestAddress(db, word) : (await similarWords(db, word))[0]
      if (!near) return null
      nearest.push(near)
    }
  }
  return nearest.join(' ')
}

/** The address, or the domain where only one was typed, most like it. Half of the trigrams must be the same. */
function nearestAddress(db: Db, typed: string): Promise<string | null> {
  const plain = typed.toLowerCase().replace(/^@/, '')
  const part = plain.includes('@') ? sql<string>`value` : sql<string>`split_part(value, '@', 2)`
  return inTransaction(db, async (tx) => {
    await sql`set local pg_trgm.word_similarity_threshold = 0.45`.execute(tx)
    const { rows } = await sql<{ near: string }>`
      select ${part} as near from (
        select value from customer_identities where kind = 'mail' and value %> ${plain}
        order by value <->> ${plain} limit 200) near
      where similarity(${part}, ${plain}) >= 0.5
      group by 1 order by similarity(${part}, ${plain}) desc, 1 limit 1`.execute(tx)
    return rows[0]?.near ?? null
  })
}
