import type { Selectable } from 'kysely'
import { sql } from 'kysely'
import type { Sort } from '#features/conversations/conversations.contract.ts'
import {
  active,
  type FilterFields,
  live,
  matching,
  type Sight,
  seenBy,
  sightOf,
} from '#features/conversations/conversations.ts'
import { wordsCondition } from '#features/search/search.ts'
import { type Db, inTransaction, json } from '#platform/db/db.ts'
import type { ViewsTable } from '#platform/db/schema.gen.ts'
import { Refusal, refuse, refuseField } from '#platform/errors/refuse.ts'
import { append } from '#platform/events/events.ts'
import type { ViewInput } from './views.contract.ts'

type ViewRow = Omit<Selectable<ViewsTable>, 'filters'> & { filters: SavedFilters }
export type SavedFilters = FilterFields & { q?: string }
export interface Asking {
  id: string
  role: 'admin' | 'agent'
}

/** Counted exactly up to here, "999+" beyond. */
export const countCap = 999

/** The agent's own, his teams', everybody's; in the order he gave them, the rest by name. */
export async function savedViews(db: Db, sight: Sight): Promise<ViewRow[]> {
  const place = sql`array_position((select o.views from view_order o where o.agent = ${sight.agent}), views.id)`
  return db
    .selectFrom('views')
    .selectAll()
    .where((where) =>
      where.or([
        where('scope', '=', 'all'),
        where.and([where('scope', '=', 'me'), where('owner', '=', sight.agent)]),
        ...(sight.teams.length > 0
          ? [where.and([where('scope', '=', 'team'), where('team', 'in', sight.teams)])]
          : []),
      ]),
    )
    .orderBy(place, (order) => order.asc().nullsLast())
    .orderBy('name')
    .orderBy('id')
    .execute()
}

/** The order in which one agent wants to see the saved views; it is his alone. */
export async function reorder(db: Db, caller: Asking, ids: string[], at: Date): Promise<void> {
  await inTransaction(db, async (tx) => {
    const seen = new Set((await savedViews(tx, await sightOf(tx, caller.id))).map((view) => view.id))
    const views = [...new Set(ids)].filter((id) => seen.has(id))
    await tx
      .insertInto('view_order')
      .values({ agent: caller.id, views })
      .onConflict((conflict) => conflict.column('agent').doUpdateSet({ views }))
      .execute()
    await append(tx, { at, kind: 'views_ordered', actor: { kind: 'agent', id: caller.id } })
  })
}

/** One the agent may use; 404 for what he may not see. */
async function savedView(db: Db, sight: Sight, id: string): Promise<ViewRow> {
  if (!/^[0-9]{1,18}$/.test(id)) refuse('not_found')
  return (await savedViews(db, sight)).find((view) => view.id === id) ?? refuse('not_found')
}

/** What the list behind a saved view looks for. */
export async function filtersOf(
  db: Db,
  id: string,
  caller: { id: string },
): Promise<{ filters: SavedFilters; sort: Sort | null }> {
  const view = await savedView(db, await sightOf(db, caller.id), id)
  return { filters: view.filters, sort: view.sort as Sort | null }
}

/** How many there are to do: open ones, unless the view itself asks for a status. */
export async function countSaved(db: Db, sight: Sight, filters: SavedFilters): Promise<number> {
  const { q, ...fields } = filters
  const conditions = [filters.status ? live : active, seenBy(sight), ...matching(fields, sight)]
  if (q) conditions.push(await wordsCondition(db, q))
  const { rows } = await sql<{ n: string }>`
    select count(*) as n from (
      select from conversations c where ${sql.join(conditions, sql` and `)} limit ${countCap + 1}) found`.execute(
    db,
  )
  return Number(rows[0]!.n)
}

function checkFilters(filters: SavedFilters, sight: Sight) {
  try {
    matching(filters, sight)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    refuse('invalid', {
      errors: error.errors.map((wrong) => ({ ...wrong, field: `filters.${wrong.field}` })),
    })
  }
}

/** Everybody's views are the administrators', a team's its members' and the administrators', one's own one's own. */
function checkScope(view: { scope: string; team: string | null }, caller: Asking, sight: Sight) {
  if (view.scope === 'all' && caller.role !== 'admin') refuse('forbidden')
  if (view.scope !== 'team') return
  if (!view.team) refuseField('team', 'required')
  if (caller.role !== 'admin' && !sight.teams.includes(view.team)) refuse('forbidden')
}

async function checkTeam(db: Db, team: string | null) {
  if (team === null) return
  const known = /^[0-9]{1,18}$/.test(team)
    ? await db
        .selectFrom('teams')
        .select('id')
        .where('id', '=', team)
        .where('removed_at', 'is', null)
        .executeTakeFirst()
    : undefined
  if (!known) refuseField('team', 'unknown')
}

export async function add(db: Db, caller: Asking, input: ViewInput, at: Date): Promise<ViewRow> {
  return inTransaction(db, async (tx) => {
    const sight = await sightOf(tx, caller.id)
    const scope = input.scope ?? 'me'
    const only = sight.teams.length === 1 ? sight.teams[0]! : null
    const team = scope === 'team' ? (input.team ?? only) : null
    checkScope({ scope, team }, caller, sight)
    await checkTeam(tx, team)
    checkFilters(input.filters, sight)
    const view = await tx
      .insertInto('views')
      .values({
        name: input.name.trim() || refuseField('name', 'required'),
        scope,
        team,
        owner: caller.id,
        filters: json(input.filters),
        sort: input.sort ?? null,
        created_at: at,
      })
      .returningAll()
      .executeTakeFirstOrThrow()
    await tell(tx, 'view_added', view.id, caller, at)
    return view
  })
}

export async function change(
  db: Db,
  caller: Asking,
  id: string,
  input: Partial<ViewInput>,
  at: Date,
): Promise<ViewRow> {
  return inTransaction(db, async (tx) => {
    const sight = await sightOf(tx, caller.id)
    const view = await savedView(tx, sight, id)
    checkScope(view, caller, sight)
    const scope = input.scope ?? view.scope
    const team = scope === 'team' ? (input.team === undefined ? view.team : input.team) : null
    checkScope({ scope, team }, caller, sight)
    await checkTeam(tx, team)
    if (input.filters) checkFilters(input.filters, sight)
    const row = await tx
      .updateTable('views')
      .set({
        name: (input.name ?? view.name).trim() || refuseField('name', 'required'),
        scope,
        team,
        // An own view made common stays its maker's; one taken back from all belongs to whoever took it.
        owner: scope === 'me' ? caller.id : view.owner,
        filters: json(input.filters ?? view.filters),
        sort: input.sort === undefined ? view.sort : input.sort,
      })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow()
    await tell(tx, 'view_changed', id, caller, at)
    return row
  })
}

export async function remove(db: Db, caller: Asking, id: string, at: Date): Promise<void> {
  await inTransaction(db, async (tx) => {
    const sight = await sightOf(tx, caller.id)
    checkScope(await savedView(tx, sight, id), caller, sight)
    await tx.deleteFrom('views').where('id', '=', id).execute()
    await tell(tx, 'view_removed', id, caller, at)
  })
}

const tell = (tx: Db, kind: string, view: string, caller: Asking, at: Date) =>
  append(tx, { at, kind, actor: { kind: 'agent', id: caller.id }, after: { view } })
