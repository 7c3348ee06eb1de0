import type { RawBuilder } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import type { ConversationQuery, Sort } from './conversations.contract.ts'
import { findPage } from './find-page.ts'
import { type FilterFields, isBuiltIn, matching } from './matching.ts'
import { showConversations } from './show.ts'
import { sightOf } from './visible.ts'

/** What a list asks of features that themselves stand on conversations; the wiring hands it in. */
export interface FromElsewhere {
  /** what a saved view looks for; 404 where the agent may not see it */
  savedView(
    db: Db,
    id: string,
    caller: { id: string },
  ): Promise<{ filters: FilterFields & { q?: string }; sort: Sort | null }>
  /** search words as a condition over a conversations row `c` */
  words(db: Db, q: string): Promise<RawBuilder<boolean>>
}

/** A page of the conversations an agent may see, by view, filters and order. */
export async function list(
  db: Db,
  agent: string,
  query: ConversationQuery,
  now: Date,
  elsewhere: FromElsewhere,
) {
  const { ids, nextCursor } = await find(db, agent, query, query.limit ?? 50, now, elsewhere)
  return { items: await showConversations(db, ids, agent), nextCursor }
}

/** More than this nobody changes at once. */
export const mostNumbers = 5000

/** The numbers of a whole list, for those who want to change all of it; at most `mostNumbers`. */
export async function listNumbers(
  db: Db,
  agent: string,
  query: ConversationQuery,
  now: Date,
  elsewhere: FromElsewhere,
) {
  const { ids, nextCursor } = await find(db, agent, query, mostNumbers, now, elsewhere)
  return { numbers: ids.map(Number), capped: nextCursor !== null }
}

async function find(
  db: Db,
  agent: string,
  query: ConversationQuery,
  limit: number,
  now: Date,
  elsewhere: FromElsewhere,
) {
  const sight = await sightOf(db, agent)
  const { view = 'all', sort, cursor, limit: _page, q, ...filters } = query
  const builtIn = isBuiltIn(view) ? view : null
  const saved = builtIn ? null : await elsewhere.savedView(db, view, { id: agent })
  const also = saved ? matching(saved.filters, sight) : []
  for (const words of [q, saved?.filters.q]) if (words?.trim()) also.push(await elsewhere.words(db, words))
  const looking = { view: builtIn, filters, also, sort: sort ?? saved?.sort, limit, cursor }
  return findPage(db, sight, looking, now)
}
