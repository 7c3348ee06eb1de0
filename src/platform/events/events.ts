// Everything that happens is one row, written in the same transaction as the change. Readers (timeline, live push,
// webhooks, rules, notifications, reports) follow the stream by `seq`, which the sequencer gives after the commit.
import { type RawBuilder, sql } from 'kysely'
import { type Db, json } from '../db/db.ts'
import { keepPlan } from '../db/kept-plans.ts'

export interface Actor {
  kind: 'customer' | 'participant' | 'agent' | 'collaborator' | 'rule' | 'system'
  id: string | null
}
export const system: Actor = { kind: 'system', id: null }

export interface NewEvent {
  at: Date
  kind: string
  actor: Actor
  conversation?: string | null
  /** the message or comment it is about */
  item?: string | null
  /** its own place in the timeline, where it is shown there */
  position?: number | null
  before?: Record<string, unknown>
  after?: Record<string, unknown>
  cause?: string | null
  depth?: number
}

/** Who makes a change, and when: the second thing (after db) that every changing function takes. */
export type By = Pick<NewEvent, 'at' | 'actor'>

/** Writes one event; call it in the transaction of the change. @returns the event's id */
export async function append(tx: Db, event: NewEvent): Promise<string> {
  const { id } = await tx
    .insertInto('events')
    .values(eventRow(event))
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** The same for many at once. */
export async function appendAll(tx: Db, events: NewEvent[]): Promise<void> {
  const most = 1000
  for (let from = 0; from < events.length; from += most)
    await tx
      .insertInto('events')
      .values(events.slice(from, from + most).map(eventRow))
      .execute()
}

/**
 * What somebody took back: that it was said stays on record, the words do not.
 * @param conversations wherever the item has stood
 */
export async function forgetWords(tx: Db, conversations: string[], item: string): Promise<void> {
  await sql`update events set before = before - 'text', after = after - 'text'
    where conversation = any(${conversations}::bigint[]) and item = ${item}`.execute(tx)
}

/** The row of an event, for a statement that writes it together with its change. */
export const eventRow = (event: NewEvent) => ({
  at: event.at,
  kind: event.kind,
  actor_kind: event.actor.kind,
  actor_id: event.actor.id,
  conversation: event.conversation ?? null,
  item: event.item ?? null,
  position: event.position ?? null,
  before: json(event.before ?? {}),
  after: json(event.after ?? {}),
  cause: event.cause ?? null,
  depth: event.depth ?? 0,
})

/** The same, written for every row that the statement's part called `part` has returned: none, no event. */
export function eventFor(part: string, event: NewEvent): RawBuilder<{ id: string }> {
  const row = eventRow(event)
  return sql`insert into events
      (at, kind, actor_kind, actor_id, conversation, item, position, before, after, cause, depth)
    select ${row.at}, ${row.kind}, ${row.actor_kind}, ${row.actor_id}, ${row.conversation}, ${row.item},
      ${row.position}, ${row.before}, ${row.after}, ${row.cause}, ${row.depth}
    from ${sql.table(part)} returning id`
}

export interface StreamEvent {
  seq: number
  id: string
  at: Date
  kind: string
  actor_kind: string
  actor_id: string | null
  conversation: string | null
  item: string | null
  before: Record<string, unknown>
  after: Record<string, unknown>
  cause: string | null
  depth: number
}

/** The stream after a position, in order; nothing that commits later can appear before what was read. */
export async function readStream(db: Db, after: number, limit = 1000): Promise<StreamEvent[]> {
  const { rows } = await sql<Omit<StreamEvent, 'seq'> & { seq: string }>`${keepPlan}
    select seq, id, at, kind, actor_kind, actor_id, conversation, item, before, after, cause, depth
    from events where seq > ${after} order by seq limit ${limit}`.execute(db)
  return rows.map((row) => ({ ...row, seq: Number(row.seq) }))
}
export async function newestSeq(db: Db): Promise<number> {
  const { rows } = await sql<{ seq: string | null }>`select max(seq) as seq from events`.execute(db)
  return Math.max(0, Number(rows[0]?.seq ?? 0))
}
