// The front door: what the list, the saved views and the search page ask of search.

import { type RawBuilder, sql } from 'kysely'
import {
  findPage,
  type Sight,
  seenBy,
  showConversations,
  sightOf,
} from '#features/conversations/conversations.ts'
import type { Customer } from '#features/customers/customers.contract.ts'
import { findCustomers, showCustomers } from '#features/customers/customers.ts'
import type { Db } from '#platform/db/db.ts'
import { refuse } from '#platform/errors/refuse.ts'
import { decodeCursor, encodeCursor } from '#platform/http/paging.ts'
import { keepable } from '#shared/text/keepable.ts'
import { type Compiled, compileQuery } from './compile-query.ts'
import { correctPeople } from './correct-people.ts'
import { findMatches, type Match } from './find-matches.ts'
import { similarWords } from './find-people.ts'
import { makeSnippets } from './make-snippets.ts'
import { parseQuery, type SearchQuery } from './parse-query.ts'
import type { SearchPage } from './search.contract.ts'

export { indexConversations, indexSince, searchFollower } from './index-conversations.ts'

export interface Asked {
  q: string
  /** the last word is still being typed */
  typing?: boolean
  limit: number
  cursor?: string | undefined
}

/** A page of what an agent may see and that holds the words, newest first, with where they were found. */
export async function search(db: Db, agent: string, asked: Asked, now: Date): Promise<SearchPage> {
  const sight = await sightOf(db, agent)
  const parsed = parseQuery(asked.q, asked)
  let query = await compileQuery(db, parsed)
  let found = await pageOf(db, sight, query, asked, now)
  if (found.ids.length === 0 && !asked.cursor && !found.nextCursor) {
    for await (const corrected of corrections(db, parsed, query)) {
      query = corrected
      found = await pageOf(db, sight, query, asked, now)
      if (found.ids.length > 0) break
    }
  }
  const [shown, snippets, customers] = await Promise.all([
    showConversations(db, found.ids, agent),
    query.marks ? makeSnippets(db, found.ids, query.marks) : new Map(),
    asked.cursor ? [] : peopleCalled(db, sight, asked.q),
  ])
  return {
    items: shown.map((conversation) => ({
      conversation,
      snippets: snippets.get(String(conversation.number)) ?? [],
    })),
    nextCursor: found.nextCursor,
    customers,
  }
}

/** How many people one question shows before its conversations. */
const mostPeople = 5

/** Customers of this name, address or number; a question with filters or quotes is about conversations. */
async function peopleCalled(db: Db, sight: Sight, q: string): Promise<Customer[]> {
  if (/["*]|(^|\s)[a-z]+:\S/i.test(q) || q.trim().length < 2) return []
  const onlooker = { seesConversation: seenBy(sight), everything: sight.everything }
  const { ids } = await findCustomers(db, onlooker, {
    q: keepable(q, 200),
    limit: mostPeople,
  })
  return showCustomers(db, ids)
}

async function pageOf(db: Db, sight: Sight, query: Compiled, asked: Asked, now: Date) {
  if (query.nothing) return { ids: [], nextCursor: null }
  // Filters alone are a list like any other.
  if (!query.words) return findPage(db, sight, { view: 'any', also: query.conditions, ...asked }, now)
  const { matches, stoppedAt } = await findMatches(db, {
    words: query.words,
    conditions: [seenBy(sight), ...query.conditions],
    reads: query.reads,
    limit: asked.limit + 1,
    after: asked.cursor ? matchOf(asked.cursor) : null,
  })
  const shown = matches.slice(0, asked.limit)
  const next = matches.length > asked.limit ? shown.at(-1)! : stoppedAt
  return { ids: shown.map((match) => match.id), nextCursor: next && encodeCursor([next.at, next.id]) }
}

const time = /^\d{4,6}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?$/
function matchOf(cursor: string): Match {
  const [at, id] = decodeCursor(cursor, 2)
  if (!at || !id || !time.test(at) || !/^\d{1,18}$/.test(id)) refuse('malformed')
  return { at, id }
}

/** What may have been meant: addresses and names as people here have them, then words too. */
async function* corrections(db: Db, parsed: SearchQuery, asked: Compiled): AsyncGenerator<Compiled> {
  const people = await correctPeople(db, parsed)
  const query = people ? await compileQuery(db, people) : asked
  if (people) yield query
  const spelt = await correctSpelling(db, query)
  if (spelt) yield spelt
}

/** Words nobody wrote are taken for mistyped names or addresses; null: there is nothing better. */
async function correctSpelling(db: Db, query: Compiled): Promise<Compiled | null> {
  let { words, marks } = query
  if (!words || !marks) return null
  for (const term of query.terms) {
    const { rows } = await sql`
      select from conversation_search s where (s.words || s.comment_words) @@ ${term.query}::tsquery limit 1`.execute(
      db,
    )
    const similar = rows.length > 0 ? [] : await similarWords(db, term.text)
    if (similar.length === 0) continue
    const { rows: meant } = await sql<{ query: string }>`
      select string_agg('(' || q::text || ')', ' | ') as query
      from unnest(${similar}::text[]) word, search_query(word, false) q where numnode(q) > 0`.execute(db)
    if (!meant[0]?.query) continue
    // A function as replacement: `$` in a lexeme must stand for itself.
    words = words.replace(`(${term.query})`, () => `(${meant[0]!.query})`)
    marks = marks.replace(`(${term.query})`, () => `(${meant[0]!.query})`)
  }
  return words === query.words ? null : { ...query, words, marks }
}

/** The words of a list's or a saved view's `q` as one condition over a conversations row `c`. */
export async function wordsCondition(db: Db, q: string): Promise<RawBuilder<boolean>> {
  const query = await compileQuery(db, parseQuery(q))
  if (query.nothing) return sql`false`
  const words = query.words
    ? [
        sql<boolean>`c.id in (select s.conversation from conversation_search s
          where (s.words || s.comment_words) @@ ${query.words}::tsquery)`,
      ]
    : []
  return sql`(${sql.join([...words, ...query.conditions], sql` and `)})`
}
