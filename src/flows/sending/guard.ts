// The send guard: a reply is taken only when nothing that matters is newer than what its writer had on screen.
// Positions are compared, never times, under the conversation's lock: of two at once one comes second. What came by
// merging stands last by position and is no news: it stops nothing.
import { sql } from 'kysely'
import * as conversations from '#features/conversations/conversations.ts'
import type { Db } from '#platform/db/db.ts'
import { keepPlan } from '#platform/db/kept-plans.ts'
import { refuse, refuseField } from '#platform/errors/refuse.ts'

export interface Watch {
  conversation: string
  /** the writer's agent id */
  writer: string
  language: string
  /** the newest item he had on screen */
  lastSeen: string | undefined
  /** off; default: replies, words from outside and stopping comments; all: every comment, too */
  level: 'off' | 'default' | 'all'
  /** chat goes on while the customer types: his own words stop nothing there */
  customerStops: boolean
}

/** 422 `last_seen_required`, 409 `stale` with the newer items. */
export async function guard(tx: Db, watch: Watch, anyway: boolean): Promise<void> {
  const { lastSeen } = watch
  if (!lastSeen) refuse('last_seen_required', { errors: [{ field: 'lastSeen', code: 'required' }] })
  const looks = !anyway && watch.level !== 'off'
  const [seen, ...newer] = await whatStops(tx, { ...watch, lastSeen }, looks)
  if (!seen?.seen) refuseField('lastSeen', 'unknown')
  if (newer.length > 0)
    refuse('stale', { extra: { newer: await conversations.showItems(tx, newer, watch.language) } })
}

interface Place {
  type: 'message' | 'comment' | 'event'
  id: string
  position: number
  /** what the writer had on screen; everything else is newer */
  seen: boolean
}
/**
 * What he saw, then what stops him: words of a person outside, a reply of anybody's (of one's own from another tab,
 * too), a comment that stops or speaks to the writer, closing by another. Tags, assignment and one's own comments
 * stop nothing. One statement: this stands in the way of every reply.
 */
async function whatStops(
  tx: Db,
  { conversation, writer, lastSeen, level, customerStops }: Watch & { lastSeen: string },
  looks: boolean,
): Promise<Place[]> {
  const { rows } = await sql<Place>`${keepPlan}
    with seen as (
      select 'message' as type, id, position, moved, origin from messages
        where id = ${lastSeen} and conversation = ${conversation}
      union all select 'comment', id, position, moved, origin from comments
        where id = ${lastSeen} and conversation = ${conversation}
      union all select 'event', id, position, false, null from events
        where id = ${lastSeen} and conversation = ${conversation} and position is not null),
    since as (select position, moved, origin from seen where ${looks})
    select type, id, position, true as seen from seen
    union all select 'message', m.id, m.position, false from since join messages m on m.position > since.position
      where m.conversation = ${conversation} and ${newTo('m')} and (
        (m.direction = 'in' and m.automatic is null and (${customerStops} or m.author_kind <> 'customer'))
        or (m.direction = 'out' and m.author_kind in ('agent', 'collaborator') and not ${cancelled}))
    union all select 'comment', c.id, c.position, false from since join comments c on c.position > since.position
      where c.conversation = ${conversation} and c.deleted_at is null and ${newTo('c')}
        and (c.author_kind <> 'agent' or c.author_id is distinct from ${writer}::bigint)
        and (${level === 'all'} or c.stop or ${writer}::bigint = any(c.mentions))
    union all select 'event', e.id, e.position, false from since join events e on e.position > since.position
      where e.conversation = ${conversation} and e.after->>'category' in ('solved', 'closed')
        and (e.actor_kind <> 'agent' or e.actor_id is distinct from ${writer}::bigint)
    order by position`.execute(tx)
  return rows
}

/** What came by merging is no news, but to who had seen an earlier item of the same thread. */
const newTo = (row: 'm' | 'c') =>
  sql`(not ${sql.ref(`${row}.moved`)} or (since.moved and ${sql.ref(`${row}.origin`)} is not distinct from since.origin))`

/** Over a messages row called m: it was undone before it left. */
const cancelled = sql<boolean>`coalesce(
  (select bool_and(d.state = 'cancelled') from deliveries d where d.message = m.id), false)`

/**
 * Whether somebody outside has written since a message of ours that still waits; for one that leaves later also
 * whether another reply went out meanwhile.
 */
export async function hasNews(
  tx: Db,
  { conversation, position, sendAt }: { conversation: string; position: number; sendAt: Date | null },
  customerStops: boolean,
): Promise<boolean> {
  const { rows } = await sql`
    select from messages m where m.conversation = ${conversation} and m.position > ${position} and not m.moved and (
      (m.direction = 'in' and m.automatic is null and (${customerStops} or m.author_kind <> 'customer'))
      or (${sendAt !== null} and m.direction = 'out' and m.author_kind in ('agent', 'collaborator')
        and not ${cancelled})) limit 1`.execute(tx)
  return rows.length > 0
}

/** 409 `repeated`: the same words went into this conversation within two minutes. */
export async function refuseRepeated(tx: Db, conversation: string, text: string, since: Date): Promise<void> {
  const { rows } = await sql<{ text: string }>`
    select m.text from messages m where m.conversation = ${conversation} and m.direction = 'out'
      and m.author_kind = 'agent' and m.at > ${since} and not ${cancelled}`.execute(tx)
  if (rows.some((row) => bare(row.text) === bare(text))) refuse('repeated')
}
const bare = (text: string) => text.replace(/\s+/g, ' ').trim()
