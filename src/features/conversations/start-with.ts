// New conversations with their first messages, as `start` and `append` would make them, all in one statement: mail that
// begins a conversation is the busiest way in, and each round trip to the database counts there.
import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import { keepPlan } from '#platform/db/kept-plans.ts'
import { eventRow, type NewEvent } from '#platform/events/events.ts'
import {
  type AppendOptions,
  addFiles,
  arrivedEvent,
  messageValues,
  type NewMessageRow,
  showsFiles,
} from './append.ts'
import type { ConversationRow } from './change.ts'
import { type Beginning, firstRow, startedEvent } from './start.ts'

/** A conversation as it begins, with its first message. */
export interface Begun extends Omit<AppendOptions, 'thanks'> {
  beginning: Beginning
  message: NewMessageRow
}
/** Taken ahead, so that every row can name the others. */
interface Ids {
  conversation: string
  message: string
  /** the event that says it began */
  started: string
}

/** @returns the conversations in the order given, each with its first message as `last_item` */
export async function startWith(tx: Db, begun: Begun[]): Promise<ConversationRow[]> {
  if (begun.length === 0) return []
  const ids = await takeIds(tx, begun.length)
  const rows = begun.map((one, n) => conversationRow(one, ids[n]!))
  const handoffs = rows.flatMap(({ id, holder_kind, holder_id, created_at }, n) =>
    holder_kind
      ? [{ conversation: id, holder_kind, holder_id, began_at: created_at, event: ids[n]!.started }]
      : [],
  )
  const write = tx
    .with('message', (db) =>
      db.insertInto('messages').values(
        begun.map(({ message }, n) => ({
          ...messageValues(ids[n]!.conversation, 1, message),
          id: ids[n]!.message,
        })),
      ),
    )
    .with('told', (db) => db.insertInto('events').values(begun.flatMap((one, n) => eventsOf(one, ids[n]!))))
  const withHandoffs =
    handoffs.length > 0 ? write.with('held', (db) => db.insertInto('handoffs').values(handoffs)) : write
  const kept = await withHandoffs.insertInto('conversations').values(rows).returningAll().execute()
  for (const [n, { message, now }] of begun.entries()) await addFiles(tx, ids[n]!.message, message, now)
  const byId = new Map(kept.map((row) => [row.id, row]))
  return ids.map(({ conversation }) => byId.get(conversation)!)
}

async function takeIds(tx: Db, n: number): Promise<Ids[]> {
  const { rows } = await sql<Ids>`${keepPlan}
    select nextval(pg_get_serial_sequence('conversations', 'id')) as conversation,
      nextval('item_ids') as message, nextval('item_ids') as started
    from generate_series(1, ${n}::int)`.execute(tx)
  return rows
}

const wakes = ({ message, silent = false }: Begun) => message.direction === 'in' && !silent

function conversationRow(one: Begun, ids: Ids) {
  const { message, now } = one
  const first = firstRow(one.beginning)
  if (wakes(one) && first.category !== 'new') throw new Error('a closed conversation begins in silence')
  return {
    ...first,
    id: ids.conversation,
    last_item: ids.message,
    last_position: 1,
    preview: message.preview,
    last_activity_at: message.at > first.last_activity_at ? message.at : first.last_activity_at,
    has_attachments: showsFiles(message),
    updated_at: now,
    last_in_position: wakes(one) ? 1 : 0,
    waiting_since: wakes(one) ? now : null,
  }
}

/** What is told of it: it began, its message arrived, and (when somebody is woken) the wait began. */
function eventsOf(one: Begun, { conversation, message, started }: Ids) {
  const { beginning, now, ...options } = one
  const actor = { kind: one.message.author.kind, id: one.message.author.id }
  const arrived = arrivedEvent(conversation, 1, one.message, { now, ...options })
  const waits: NewEvent = {
    at: now,
    kind: 'waiting_began',
    actor,
    conversation,
    before: { waiting_since: null },
    after: { waiting_since: now },
  }
  const id = sql<string>`nextval('item_ids')`
  return [
    { ...eventRow({ ...startedEvent(beginning), conversation }), id: started },
    { ...eventRow({ ...arrived, item: message }), id },
    ...(wakes(one) ? [{ ...eventRow(waits), id }] : []),
  ]
}
