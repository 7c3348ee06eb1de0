// Messages and comments go from one conversation to another: merging, its undo, and splitting. They are not copied;
// their ids, links and files stay. Their new positions come last and are no news: what stands there is shown by time.
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import { type ConversationRow, lock } from './change.ts'
import { retell } from './retell.ts'
import { unansweredSince } from './set-status.ts'

export interface Moving {
  from: ConversationRow
  to: ConversationRow
  /** over a row called `i` of messages or comments: which of them; undefined: all */
  which?: RawBuilder<boolean>
  /** over the same: where it came from, from now on */
  origin: RawBuilder<string | null>
}

/** Both are locked. @returns the ids of what was moved, and the row it went to as it stands now */
export async function moveItems(
  tx: Db,
  { from, to, which = sql<boolean>`true`, origin }: Moving,
): Promise<{ items: string[]; to: ConversationRow }> {
  const part = (table: 'messages' | 'comments') => sql`
    select i.id, i.at, i.position, ${origin} as origin from ${sql.table(table)} i
    where i.conversation = ${from.id} and ${which}`
  const place = (table: 'messages' | 'comments') => sql`
    update ${sql.table(table)} t set conversation = ${to.id}, position = n.position, origin = n.origin, moved = true
    from numbered n where t.id = n.id returning t.id`
  const { rows } = await sql<{ id: string }>`
    with chosen as (${part('messages')} union all ${part('comments')}),
    numbered as (select id, origin::bigint as origin,
      (${to.last_position} + row_number() over (order by at, position, id))::int as position from chosen),
    a as (${place('messages')}), b as (${place('comments')})
    select id from a union all select id from b`.execute(tx)
  const items = rows.map(({ id }) => id)
  if (items.length > 0) await follow(tx, items, to.id)
  await sql`
    update conversations set arranged = arranged + 1,
      last_position = case when id = ${to.id} then ${to.last_position + items.length}::int else last_position end
    where id in (${from.id}, ${to.id})`.execute(tx)
  return { items, to: { ...to, last_position: to.last_position + items.length } }
}

/** What is kept beside an item goes where it goes. */
async function follow(tx: Db, items: string[], conversation: string): Promise<void> {
  const ids = sql`any(${items}::bigint[])`
  await sql`update consults set conversation = ${conversation} where question = ${ids}`.execute(tx)
  await sql`update seals set conversation = ${conversation} where message = ${ids}`.execute(tx)
  await sql`
    update notifications n set conversation = ${conversation}, position = coalesce(
      (select position from messages where id = n.item), (select position from comments where id = n.item), n.position)
    where n.item = ${ids}`.execute(tx)
}

/** Mail that answers these messages belongs where they are now. */
export async function moveKnownIds(tx: Db, items: string[], from: string[], to: string): Promise<void> {
  await sql`
    update known_message_ids k set conversation = ${to} from messages m
    where m.id = any(${items}::bigint[]) and k.message_id = m.message_id and k.conversation = any(${from}::bigint[])`.execute(
    tx,
  )
}

/**
 * Makes what a conversation says of its items true again: the line and files lists show, when something was said last,
 * whose mentions are where. @returns the row as it stands now
 */
export async function settleItems(tx: Db, conversation: string): Promise<ConversationRow> {
  await sql`
    update conversations c set
      last_activity_at = coalesce((select max(at) from (
        select at from messages where conversation = c.id
        union all select at from comments where conversation = c.id) said), c.created_at),
      has_attachments = true
    where c.id = ${conversation}`.execute(tx)
  await sql`
    update conversation_access a set position = coalesce((
      select max(position) from comments k where k.conversation = a.conversation and k.deleted_at is null
        and a.agent = any(k.mentions)), 0)
    where a.conversation = ${conversation} and a.because = 'mentioned'`.execute(tx)
  await retell(tx, conversation)
  return lock(tx, conversation)
}

/** Who was asked last of those who have not answered. */
export async function askedIn(tx: Db, conversation: string) {
  const open = await tx
    .selectFrom('consults')
    .select(['kind', 'whom'])
    .where('conversation', '=', conversation)
    .where('state', '=', 'open')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return { asked_kind: open?.kind ?? null, asked_id: open?.whom ?? null }
}

/** Since when it waits, after what it holds has changed: not, where ours were the last words. */
export async function waitingNow(tx: Db, row: ConversationRow, now: Date): Promise<Date | null> {
  if (row.category === 'pending' || row.category === 'solved' || row.category === 'closed') return null
  const since = await unansweredSince(tx, row.id, now)
  return since && row.waiting_since ? (row.waiting_since < since ? row.waiting_since : since) : since
}

/** These agents have read all of it. */
export async function markRead(
  tx: Db,
  { id, last_position }: Pick<ConversationRow, 'id' | 'last_position'>,
  agents: string[],
  at: Date,
): Promise<void> {
  await sql`
    insert into read_positions (conversation, agent, position, read_at)
    select ${id}, agent, ${last_position}::int, ${at}::timestamptz from unnest(${agents}::bigint[]) agent
    on conflict (conversation, agent) do update set position = excluded.position`.execute(tx)
}
