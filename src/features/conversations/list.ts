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
  const sight = await sightOf(db, agent)
  const { view = 'all', sort, cursor, limit = 50, q, ...filters } = query
  const builtIn = isBuiltIn(view) ? view : null
  const saved = builtIn ? null : await elsewhere.savedView(db, view, { id: agent })
  const also = saved ? matching(saved.filters, sight) : []
  for (const words of [q, saved?.filters.q]) if (words?.trim()) also.push(await elsewhere.words(db, words))
  const looking = { view: builtIn, filters, also, sort: sort ?? saved?.sort, limit, cursor }
  const { ids, nextCursor } = await findPage(db, sight, looking, now)
  return { items: await showConversations(db, ids, agent), nextCursor }
}
