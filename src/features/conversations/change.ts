// The one way a conversation's fields change: under its row lock, with its holder derived, its event and its
// hand-off written in the same transaction. The verbs beside this file (assign, close, snooze …) say what to set.
import { type RawBuilder, type Selectable, sql, type Updateable } from 'kysely'
import { type Db, json } from '#platform/db/db.ts'
import { keepPlan } from '#platform/db/kept-plans.ts'
import type { ConversationsTable } from '#platform/db/schema.gen.ts'
import { refuse } from '#platform/errors/refuse.ts'
import { type Actor, eventRow } from '#platform/events/events.ts'

export type ConversationRow = Selectable<ConversationsTable>
export type ConversationFields = Omit<
  Updateable<ConversationsTable>,
  'id' | 'holder_kind' | 'holder_id' | 'holder_since' | 'last_position' | 'updated_at'
>

/** Who changes something, when, and what made him (rules). */
export interface By {
  actor: Actor
  at: Date
  cause?: string | null
  depth?: number
}

export interface Change extends By {
  /** the event's kind, e.g. assigned, closed, tagged */
  kind: string
  set: ConversationFields
  /** more to say in the event than the changed fields */
  before?: Record<string, unknown>
  after?: Record<string, unknown>
  /** written although no field changes (tags, participants) */
  always?: boolean
  /** in the timeline; reading and following are not */
  shown?: boolean
  item?: string | null
}

/**
 * The row, locked until the transaction ends: positions, the send guard and merges rely on it. Not its key: rows that
 * only point at it (search, events) wait for nobody.
 */
export async function lock(tx: Db, id: string): Promise<ConversationRow> {
  const row = await tx
    .selectFrom('conversations')
    .selectAll()
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst()
  return row ?? refuse('not_found')
}

/** A merged conversation goes on elsewhere, a locked one nowhere; reading, following, tags, spam and trash remain. */
export function refuseFinished(row: Pick<ConversationRow, 'merged_into' | 'category'>): void {
  refuseMerged(row)
  if (row.category === 'closed') refuse('conversation_closed')
}
export function refuseMerged({ merged_into }: Pick<ConversationRow, 'merged_into'>): void {
  if (merged_into) refuse('conversation_merged', { params: { number: merged_into } })
}

/**
 * Whoever must act next. In order: closed or merged → nobody; somebody is asked → he, the latest of several; pending → the
 * customer; else the assignee, else the team.
 */
export function holderOf(
  row: Pick<ConversationRow, 'category' | 'customer' | 'assignee' | 'team'> &
    Partial<Pick<ConversationRow, 'asked_kind' | 'asked_id' | 'merged_into'>>,
) {
  if (row.category === 'solved' || row.category === 'closed' || row.merged_into)
    return { kind: null, id: null }
  if (row.asked_kind && row.asked_id) return { kind: row.asked_kind, id: row.asked_id }
  if (row.category === 'pending') return { kind: 'customer' as const, id: row.customer }
  if (row.assignee) return { kind: 'agent' as const, id: row.assignee }
  return { kind: 'team' as const, id: row.team }
}

const fieldsToTell = [
  'inbox',
  'customer',
  'subject',
  'category',
  'status_name',
  'priority',
  'assignee',
  'team',
  'topic',
  'fields',
  'snoozed_until',
  'waiting_since',
  'spam_at',
  'trashed_at',
  'closed_at',
  'locked_at',
  'thanks_at',
  'merged_into',
  'holder_kind',
  'holder_id',
] as const

/** Columns that say one thing together: when one differs, the event tells all of them. */
const together = [
  ['category', 'status_name'],
  ['holder_kind', 'holder_id'],
] as const

const same = (was: unknown, is: unknown) =>
  was === is ||
  (typeof was === 'object' && typeof is === 'object' && JSON.stringify(was) === JSON.stringify(is))

function differences(old: ConversationRow, next: ConversationRow) {
  const before: Record<string, unknown> = {}
  const after: Record<string, unknown> = {}
  for (const field of fieldsToTell) {
    if (same(old[field], next[field])) continue
    for (const told of together.find((columns) => columns.some((one) => one === field)) ?? [field]) {
      before[told] = old[told]
      after[told] = next[told]
    }
  }
  return { before, after }
}

/**
 * Applies a change to a locked row. Nothing that differs: nothing is written.
 * @returns the row as it stands now, and the event's id (null: nothing happened)
 */
export async function changeLocked(
  tx: Db,
  row: ConversationRow,
  change: Change,
): Promise<{ row: ConversationRow; event: string | null }> {
  const next = { ...row, ...change.set } as ConversationRow
  const holder = holderOf(next)
  next.holder_kind = holder.kind
  next.holder_id = holder.id
  const moved = holder.kind !== row.holder_kind || holder.id !== row.holder_id
  if (moved) next.holder_since = change.at
  const { before, after } = differences(row, next)
  if (Object.keys(after).length === 0 && !change.always) return { row, event: null }
  const shown = change.shown ?? true
  next.last_position = row.last_position + (shown ? 1 : 0)
  const event = eventRow({
    at: change.at,
    kind: change.kind,
    actor: change.actor,
    conversation: row.id,
    item: change.item ?? null,
    position: shown ? next.last_position : null,
    before: { ...before, ...change.before },
    after: { ...after, ...change.after },
    cause: change.cause ?? null,
    depth: change.depth ?? 0,
  })
  // Reading and following leave the row alone.
  const stores = shown || Object.keys(after).length > 0
  if (stores) next.updated_at = change.at
  const parts = [
    sql`told as (${tx.insertInto('events').values(event).returning('id')})`,
    ...(stores ? [sql`stored as (${storing(tx, next, change.set)})`] : []),
    ...(moved ? handingOver(row.id, next, change.at) : []),
  ]
  // One statement: row, event and hand-off are one round trip to the database.
  const { rows } = await sql<{ id: string }>`${keepPlan} with ${sql.join(parts)} select id from told`.execute(
    tx,
  )
  return { row: next, event: rows[0]!.id }
}

const storing = (tx: Db, next: ConversationRow, { fields, ...set }: ConversationFields) =>
  tx
    .updateTable('conversations')
    .set({
      ...set,
      ...(fields ? { fields: json(fields) } : {}),
      holder_kind: next.holder_kind,
      holder_id: next.holder_id,
      holder_since: next.holder_since,
      last_position: next.last_position,
      updated_at: next.updated_at,
    })
    .where('id', '=', next.id)

/** Closes the holder's interval and opens the next one's, the one after the other. */
function handingOver(conversation: string, next: ConversationRow, at: Date): RawBuilder<unknown>[] {
  const ended = sql`ended as (
    update handoffs set ended_at = ${at} where conversation = ${conversation} and ended_at is null returning id)`
  const began = sql`began as (
    insert into handoffs (conversation, holder_kind, holder_id, began_at, event)
    select ${conversation}, ${next.holder_kind}, ${next.holder_id}, ${at}, told.id
    from told, (select count(*) from ended) as first)`
  return next.holder_kind ? [ended, began] : [ended]
}

/** Locks and changes. */
export async function change(tx: Db, id: string, what: Change): Promise<ConversationRow> {
  const row = await lock(tx, id)
  refuseMerged(row)
  return (await changeLocked(tx, row, what)).row
}

/** What `category` means for the columns that must agree with it. */
export function asCategory(
  row: ConversationRow,
  category: ConversationRow['category'],
  actor: Actor,
  at: Date,
): ConversationFields {
  const closed = category === 'solved' || category === 'closed'
  const by = `${actor.kind}:${actor.id ?? ''}`
  return {
    category,
    status_name: null,
    closed_at: closed ? (row.closed_at ?? at) : null,
    closed_by: closed ? (row.closed_by ?? by) : null,
    locked_at: category === 'closed' ? at : null,
    snoozed_until: closed ? null : row.snoozed_until,
    snoozed_by: closed ? null : row.snoozed_by,
    // Closing ends the wait; the customer's next words begin a new one.
    waiting_since: closed || category === 'pending' ? null : row.waiting_since,
    thanks_at: closed ? row.thanks_at : null,
  }
}
