import { type RawBuilder, sql } from 'kysely'
import type { Evidence } from '#channels/channel.ts'
import type { Db } from '#platform/db/db.ts'
import { idsFor, keepPlan } from '#platform/db/kept-plans.ts'
import { consultsWhere } from './consults.queries.ts'
import type { Attachment, Consult, Delivery, DeliveryState, Mailbox } from './conversations.contract.ts'

export interface Place {
  type: 'message' | 'comment' | 'event'
  id: string
  position: number
}

/** Where a stretch of the timeline ends (exclusive), and which way it runs from there. */
export type Stretch = { before: number } | { from: number }

/** How a conversation's items stand. */
export interface Arrangement {
  /** they came from several places: it is read by time */
  by_time: boolean
  /** how often items came or went by merging and splitting */
  arranged: number
}

/** Ids of the next `limit` items, walking away from the given position; each row says how they stand. */
export async function placesAt(
  db: Db,
  conversation: string,
  stretch: Stretch,
  limit: number,
): Promise<(Place & Arrangement)[]> {
  const [where, order] =
    'before' in stretch
      ? [sql`position < ${stretch.before}`, sql`position desc`]
      : [sql`position >= ${stretch.from}`, sql`position`]
  const part = (type: Place['type'], table: string) => sql`(
    select ${sql.lit(type)} as type, id, position from ${sql.table(table)}
    where conversation = ${conversation} and position is not null and ${where} order by ${order} limit ${limit})`
  const { rows } = await sql<Place & Arrangement>`${keepPlan}
    select *, (select by_time from conversations where id = ${conversation}) as by_time,
      (select arranged from conversations where id = ${conversation}) as arranged from (
      ${part('message', 'messages')} union all ${part('comment', 'comments')} union all ${part('event', 'events')}) i
    order by ${order} limit ${limit}`.execute(db)
  return rows
}

export async function arrangementOf(db: Db, conversation: string): Promise<Arrangement> {
  const { rows } = await sql<Arrangement>`${keepPlan}
    select by_time, arranged from conversations where id = ${conversation}`.execute(db)
  return rows[0] ?? { by_time: false, arranged: 0 }
}

/**
 * All items of conversations that are read by time, with the place each has there in lieu of its position: 1 is the
 * first. Events that stand nowhere in the timeline are none.
 */
const ranked = (conversations: RawBuilder<unknown>) => sql`(
  select type, id, conversation, (row_number() over (partition by conversation
    order by date_trunc('milliseconds', at), position, id))::int as position from (
    select 'message' as type, id, conversation, at, position from messages where conversation = ${conversations}
    union all select 'comment', id, conversation, at, position from comments where conversation = ${conversations}
    union all select 'event', id, conversation, at, position from events
      where conversation = ${conversations} and position is not null) i)`

/** The same as `placesAt`, by time. */
export async function placesByTime(
  db: Db,
  conversation: string,
  stretch: Stretch,
  limit: number,
): Promise<Place[]> {
  const [where, order] =
    'before' in stretch
      ? [sql`position < ${stretch.before}`, sql`position desc`]
      : [sql`position >= ${stretch.from}`, sql`position`]
  const { rows } = await sql<Place>`
    select type, id, position from ${ranked(sql`${conversation}`)} i
    where ${where} order by ${order} limit ${limit}`.execute(db)
  return rows
}

/** Where each of these items stands by time. */
export async function ranksOf(db: Db, ids: string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: string; position: number }>`
    with theirs as (
      select conversation from messages where id = any(${ids}::bigint[])
      union select conversation from comments where id = any(${ids}::bigint[])
      union select conversation from events where id = any(${ids}::bigint[]))
    select i.id, i.position from ${ranked(sql`any(array(select conversation from theirs))`)} i
    where i.id = any(${ids}::bigint[])`.execute(db)
  return new Map(rows.map(({ id, position }) => [id, position]))
}

/** An item's conversation and position; an event that stands nowhere in the timeline is none. */
export async function placeOf(db: Db, id: string): Promise<(Place & { conversation: string }) | undefined> {
  const part = (type: Place['type'], table: string) => sql`
    select ${sql.lit(type)} as type, id, position, conversation from ${sql.table(table)}
    where id = ${id} and position is not null`
  const { rows } = await sql<Place & { conversation: string }>`
    ${part('message', 'messages')} union all ${part('comment', 'comments')} union all ${part('event', 'events')}`.execute(
    db,
  )
  return rows[0]
}

/** Its position; where the conversation is read by time, the last one of all that stands before it on the screen. */
export async function readUpTo(db: Db, { id, conversation, position }: Place & { conversation: string }) {
  if (!(await arrangementOf(db, conversation)).by_time) return position
  const { rows } = await sql<{ position: number }>`
    with told as (
      select id, at, position from messages where conversation = ${conversation}
      union all select id, at, position from comments where conversation = ${conversation}
      union all select id, at, position from events where conversation = ${conversation} and position is not null)
    select max(t.position) as position from told t join told i on i.id = ${id}
    where (date_trunc('milliseconds', t.at), t.position) <= (date_trunc('milliseconds', i.at), i.position)`.execute(
    db,
  )
  return rows[0]?.position ?? position
}

interface BaseRow {
  id: string
  position: number
  /** its conversation is read by time */
  by_time: boolean
  at: Date
  author_kind: 'customer' | 'participant' | 'agent' | 'collaborator' | 'rule' | 'system'
  author_id: string | null
  author_name: string | null
}
export interface DeliveryRow {
  recipient: string
  state: DeliveryState
  /** `own`: our own words as a text key with its parameters, instead of `text` */
  attempts: (Delivery['attempts'][number] & { own: string | null; params: Told | null })[]
}
type Told = Record<string, unknown>
export interface MessageRow extends BaseRow {
  origin: string | null
  author_address: string | null
  direction: 'in' | 'out'
  medium: string
  subject: string | null
  text: string
  html: string | null
  html_safe: number
  fold_from: number | null
  fold_to: number | null
  sender: Mailbox | null
  recipients: Mailbox[]
  copies: Mailbox[]
  automatic: string | null
  verified: boolean | null
  evidence: Evidence | null
  undo_until: Date | null
  send_at: Date | null
  call_seconds: number | null
  erased_at: Date | null
  /** a name */
  erased_by: string | null
  erased_because: string | null
  checked_at: Date | null
  /** of the whole message */
  sealed: { id: string; at: string; by: string | null; reason: string } | null
  attachments: Attachment[]
  deliveries: DeliveryRow[]
  /** held until a person decides */
  stopped: boolean
}
export interface CommentRow extends BaseRow {
  origin: string | null
  author_address: string | null
  /** the consult it answers */
  answers: string | null
  invited: boolean | null
  verified: boolean | null
  by_mail: boolean
  /** whom it asks */
  consults: Consult[]
  text: string
  html: string | null
  stop: boolean
  mentions: { id: string; name: string }[]
  attachments: Attachment[]
  edited_at: Date | null
  deleted_at: Date | null
  deleted_by: { id: string; name: string } | null
}
export interface EventRow extends BaseRow {
  kind: string
  before: Record<string, unknown>
  after: Record<string, unknown>
}

const attachmentsOf = (owner: RawBuilder<unknown>) => sql`coalesce((
  select json_agg(json_build_object('id', t.id::text, 'name', t.name, 'type', t.type, 'size', t.size,
    'inline', t.inline, 'contentId', t.content_id, 'mark', t.mark, 'seal', t.seal::text) order by t.position, t.id)
  from attachments t where ${owner}), '[]')`

/** Times inside JSON as the wire has them. */
const utc = (column: RawBuilder<unknown>) =>
  sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

export async function messagesById(db: Db, ids: string[]): Promise<MessageRow[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<MessageRow>`${keepPlan}
    select m.id, m.position, c.by_time, m.origin, m.at, m.author_kind, m.author_id, coalesce(m.author_name, a.name) as author_name,
      m.author_address, m.direction, m.medium, m.subject, m.text, m.html, m.html_safe, m.fold_from, m.fold_to,
      m.sender, m.recipients, m.copies, m.automatic, m.verified, m.evidence, m.undo_until, m.send_at,
      m.call_seconds, m.erased_at, m.erased_because, m.checked_at,
      case when m.sealed_at is not null then (
        select json_build_object('id', s.id::text, 'at', ${utc(sql`s.sealed_at`)}, 'by', e.name, 'reason', s.reason)
        from seals s left join agents e on e.id = s.sealed_by
        where s.message = m.id and s.attachment is null) end as sealed,
      (select e.name from agents e where e.id::text = m.erased_by) as erased_by,
      ${attachmentsOf(sql`t.message = m.id`)} as attachments,
      coalesce((
        select json_agg(json_build_object('recipient', d.recipient, 'state', d.state, 'attempts', coalesce((
          select json_agg(json_build_object('at', ${utc(sql`n.at`)}, 'code', n.code, 'text', n.text,
            'own', n.own_key, 'params', n.own_params) order by n.id)
          from delivery_attempts n where n.delivery = d.id), '[]')) order by d.id)
        from deliveries d where d.message = m.id), '[]') as deliveries,
      exists (select from deliveries d where d.message = m.id and d.state = 'held' and d.due_at is null) as stopped
    from messages m join conversations c on c.id = m.conversation
      left join agents a on m.author_kind = 'agent' and a.id = m.author_id
    where m.id = any(${idsFor(ids)})`.execute(db)
  return rows
}

export async function commentsById(db: Db, ids: string[]): Promise<CommentRow[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<CommentRow>`${keepPlan}
    select c.id, c.position, o.by_time, c.origin, c.at, c.author_kind, c.author_id, coalesce(c.author_name, a.name) as author_name,
      c.author_address, c.text, c.html, c.stop, c.edited_at, c.deleted_at, c.consult::text as answers, c.invited,
      c.verified, c.ledger is not null as by_mail, ${consultsWhere(sql`k.question = c.id`)} as consults,
      (select json_build_object('id', r.id::text, 'name', r.name) from agents r where r.id = c.deleted_by) as deleted_by,
      coalesce((select json_agg(json_build_object('id', g.id::text, 'name', g.name) order by g.name)
        from agents g where g.id = any(c.mentions)), '[]') as mentions,
      ${attachmentsOf(sql`t.comment = c.id`)} as attachments
    from comments c join conversations o on o.id = c.conversation
      left join agents a on c.author_kind = 'agent' and a.id = c.author_id
    where c.id = any(${idsFor(ids)})`.execute(db)
  return rows
}

export async function eventsById(db: Db, ids: string[]): Promise<EventRow[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<EventRow>`${keepPlan}
    select e.id, e.position, coalesce(c.by_time, false) as by_time, e.at, e.actor_kind as author_kind, e.actor_id as author_id,
      coalesce(a.name, u.name) as author_name, e.kind, e.before, e.after
    from events e left join conversations c on c.id = e.conversation
      left join agents a on e.actor_kind in ('agent', 'collaborator') and a.id = e.actor_id
      left join customers u on e.actor_kind in ('customer', 'participant') and u.id = e.actor_id
    where e.id = any(${idsFor(ids)})`.execute(db)
  return rows
}

/** Names of what events speak of by id. */
export async function namesOf(
  db: Db,
  ids: { agent: string[]; team: string[]; customer: string[]; inbox: string[]; partner: string[] },
): Promise<Map<string, string>> {
  const part = (kind: keyof typeof ids, table: string) =>
    sql`select ${sql.lit(kind)} as kind, id, name from ${sql.table(table)} where id = any(${idsFor(ids[kind])})`
  const { rows } = await sql<{ kind: string; id: string; name: string | null }>`${keepPlan}
    ${part('agent', 'agents')} union all ${part('team', 'teams')}
    union all ${part('customer', 'customers')} union all ${part('inbox', 'inboxes')}
    union all select 'partner', id, coalesce(name, address) from partners where id = any(${idsFor(ids.partner)})`.execute(
    db,
  )
  return new Map(rows.map((row) => [`${row.kind} ${row.id}`, row.name ?? '']))
}
