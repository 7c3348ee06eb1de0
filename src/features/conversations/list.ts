import type { Db } from '#platform/db/db.ts'
import { refuse } from '#platform/errors/refuse.ts'
import { page } from '#platform/http/paging.ts'
import {
  type BuiltInView,
  builtInViews,
  type ConversationQuery,
  type Sort,
} from './conversations.contract.ts'
import { type FilterValues, filtered, inView, listRows } from './list.queries.ts'
import { showConversations } from './show.ts'
import { seenBy, sightOf } from './visible.ts'

/** A page of the conversations an agent may see, by view, filters and order. */
export async function list(db: Db, agent: string, query: ConversationQuery, now: Date) {
  const sight = await sightOf(db, agent)
  const { view = 'all', sort, cursor, limit = 50, ...filters } = query
  const saved = isBuiltIn(view) ? undefined : await savedView(db, view, sight)
  const rows = await listRows(db, {
    where: [
      seenBy(sight),
      inView(saved ? 'all' : (view as BuiltInView), sight, now),
      ...filtered(saved?.filters ?? {}, sight),
      ...filtered(filters, sight),
    ],
    sort: sort ?? saved?.sort ?? 'updated',
    cursor,
    limit,
  })
  const shown = new Map(
    (
      await showConversations(
        db,
        rows.slice(0, limit).map(({ id }) => id),
        agent,
      )
    ).map((conversation) => [String(conversation.number), conversation]),
  )
  return page(
    rows,
    limit,
    (row) => shown.get(row.id)!,
    (row) => [row.key, row.id],
  )
}

const isBuiltIn = (view: string) => (builtInViews as readonly string[]).includes(view)

/** A saved view by id, where it is the agent's own, his team's or everybody's. */
async function savedView(db: Db, id: string, sight: { agent: string; teams: string[] }) {
  if (!/^\d{1,18}$/.test(id)) refuse('not_found')
  const view = await db
    .selectFrom('views')
    .select(['filters', 'sort'])
    .where('id', '=', id)
    .where((on) =>
      on.or([
        on('scope', '=', 'all'),
        on.and([on('scope', '=', 'me'), on('owner', '=', sight.agent)]),
        on.and([on('scope', '=', 'team'), on('team', 'in', sight.teams.length > 0 ? sight.teams : ['0'])]),
      ]),
    )
    .executeTakeFirst()
  if (!view) return refuse('not_found')
  return { filters: view.filters as FilterValues, sort: view.sort as Sort | null }
}
