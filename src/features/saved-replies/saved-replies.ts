// Prepared texts: one's own, a team's, or everybody's. Events tell of them without their words: those of one agent
// are nobody else's. The front door.
import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import { refuse, refuseField } from '#platform/errors/refuse.ts'
import { append, type By } from '#platform/events/events.ts'
import { safeHtml } from '#platform/html/safe-html.ts'
import { decodeCursor, page } from '#platform/http/paging.ts'
import type { SavedReply, SavedReplyInput } from './saved-replies.contract.ts'

/** Whose they are asked for, or changed by. */
export interface Reader {
  id: string
  admin: boolean
}

/** A page of what an agent may use, by name; with `every` an administrator's of every team. */
export async function list(
  db: Db,
  reader: Reader,
  { limit, cursor, every }: { limit: number; cursor?: string; every: boolean },
) {
  let query = (every && reader.admin ? changeable(db, reader) : usable(db, reader))
    .orderBy(sql`lower(name)`)
    .orderBy('id')
    .limit(limit + 1)
  if (cursor !== undefined) {
    const [name, id] = decodeCursor(cursor, 2, [/./, /^\d{1,18}$/])
    query = query.where(sql<boolean>`(lower(name), id) > (${name}, ${id}::bigint)`)
  }
  return page(await named(db, await query.execute()), limit, show, (row) => [row.name.toLowerCase(), row.id])
}

export async function add(tx: Db, reader: Reader, input: SavedReplyInput, by: By): Promise<SavedReply> {
  const { name, text, scope = 'me' } = input
  const team = await placeOf(tx, reader, scope, input.team ?? null)
  const row = await tx
    .insertInto('saved_replies')
    .values({ name, text, html: safe(input.html), scope, team, owner: reader.id, updated_at: by.at })
    .returningAll()
    .executeTakeFirstOrThrow()
  await append(tx, { ...by, kind: 'saved_reply_added', after: { id: row.id, scope } })
  return show((await named(tx, [row]))[0]!)
}

export async function change(
  tx: Db,
  reader: Reader,
  id: string,
  input: Partial<SavedReplyInput>,
  by: By,
): Promise<SavedReply> {
  const known = await own(tx, reader, id)
  const { name = known.name, text = known.text, scope = known.scope } = input
  // New words without a form of their own drop the old one.
  const html = input.html === undefined && text === known.text ? known.html : safe(input.html)
  const asked = input.team === undefined ? known.team : input.team
  const team = await placeOf(tx, reader, scope, scope === 'team' ? asked : null)
  const row = await tx
    .updateTable('saved_replies')
    .set({ name, text, html, scope, team, updated_at: by.at })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
  await append(tx, {
    ...by,
    kind: 'saved_reply_changed',
    before: { scope: known.scope },
    after: { id, scope },
  })
  return show((await named(tx, [row]))[0]!)
}

export async function remove(tx: Db, reader: Reader, id: string, by: By): Promise<void> {
  const known = await own(tx, reader, id)
  await tx.updateTable('saved_replies').set({ removed_at: by.at }).where('id', '=', id).execute()
  await append(tx, { ...by, kind: 'saved_reply_removed', before: { id, scope: known.scope } })
}

const safe = (html: string | null | undefined) => (html?.trim() ? safeHtml(html) : null)

const usable = (db: Db, reader: Reader) =>
  db
    .selectFrom('saved_replies')
    .selectAll()
    .where('removed_at', 'is', null)
    .where(sql<boolean>`(scope = 'all' or owner = ${reader.id} or (scope = 'team' and team in (
      select team from team_members where agent = ${reader.id})))`)

const changeable = (db: Db, reader: Reader) =>
  db
    .selectFrom('saved_replies')
    .selectAll()
    .where('removed_at', 'is', null)
    .where((where) => where.or([where('scope', '<>', 'me'), where('owner', '=', reader.id)]))

/** With the names of those who made them. */
async function named<T extends { owner: string }>(
  db: Db,
  rows: T[],
): Promise<(T & { owner_name: string })[]> {
  if (rows.length === 0) return []
  const owners = await db
    .selectFrom('agents')
    .select(['id', 'name'])
    .where('id', 'in', [...new Set(rows.map((row) => row.owner))])
    .execute()
  const names = new Map(owners.map(({ id, name }) => [id, name]))
  return rows.map((row) => ({ ...row, owner_name: names.get(row.owner) ?? '' }))
}

/** One that this agent may change: his own; an administrator those of teams and of all. */
async function own(tx: Db, reader: Reader, id: string) {
  const known = await tx
    .selectFrom('saved_replies')
    .selectAll()
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (!known || (known.scope === 'me' && known.owner !== reader.id)) return refuse('not_found')
  if (known.owner === reader.id || reader.admin) return known
  const seen = await usable(tx, reader).where('id', '=', id).executeTakeFirst()
  return refuse(seen ? 'not_yours' : 'not_found')
}

/** Where it will be found. A team's is made by its members, everybody's by anybody. */
async function placeOf(tx: Db, reader: Reader, scope: SavedReply['scope'], team: string | null) {
  if (scope !== 'team') return null
  if (!team) return refuseField('team', 'required')
  const member = await tx
    .selectFrom('teams as t')
    .leftJoin('team_members as m', (join) => join.onRef('m.team', '=', 't.id').on('m.agent', '=', reader.id))
    .select('m.agent')
    .where('t.id', '=', team)
    .where('t.removed_at', 'is', null)
    .executeTakeFirst()
  return member && (member.agent || reader.admin) ? team : refuseField('team', 'unknown')
}

interface Row {
  id: string
  name: string
  text: string
  html: string | null
  scope: SavedReply['scope']
  team: string | null
  owner: string
  owner_name: string
  updated_at: Date
}
const show = ({ id, name, text, html, scope, team, owner, owner_name, updated_at }: Row): SavedReply => ({
  id,
  name,
  text,
  html,
  scope,
  team,
  owner: { id: owner, name: owner_name },
  updatedAt: updated_at.toISOString(),
})
