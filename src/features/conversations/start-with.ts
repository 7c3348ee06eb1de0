// A new conversation with its first message, as `start` and `append` would make it, in one statement: mail that begins
// a conversation is the busiest way in, and each round trip to the database counts there.
import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
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

const newConversation = sql<string>`(select id from conversation)`
const newMessage = sql<string>`(select id from fresh)`
const startedAt = sql<string>`(select id from told where kind = 'conversation_started')`

export async function startWith(
  tx: Db,
  beginning: Beginning,
  message: NewMessageRow,
  options: Omit<AppendOptions, 'thanks'>,
): Promise<{ message: string; conversation: ConversationRow }> {
  const { now, silent = false } = options
  const first = firstRow(beginning)
  const wakes = message.direction === 'in' && !silent
  if (wakes && first.category !== 'new') throw new Error('a closed conversation begins in silence')
  const begun = {
    ...first,
    last_position: 1,
    preview: message.preview,
    last_activity_at: message.at > first.last_activity_at ? message.at : first.last_activity_at,
    has_attachments: showsFiles(message),
    updated_at: now,
    ...(wakes ? { last_in_position: 1, waiting_since: now } : {}),
  }
  const events: NewEvent[] = [startedEvent(beginning), arrivedEvent(null, 1, message, options)]
  const actor = { kind: message.author.kind, id: message.author.id }
  if (wakes)
    events.push({
      at: now,
      kind: 'waiting_began',
      actor,
      before: { waiting_since: null },
      after: { waiting_since: now },
    })
  const query = tx
    .with('fresh', (db) => db.selectNoFrom(sql<string>`nextval('item_ids')`.as('id')))
    .with('conversation', (db) =>
      db
        .insertInto('conversations')
        .values({ ...begun, last_item: newMessage })
        .returningAll(),
    )
    .with('message', (db) =>
      db
        .insertInto('messages')
        .values({ ...messageValues('0', 1, message), id: newMessage, conversation: newConversation })
        .returning('id'),
    )
    .with('told', (db) =>
      db
        .insertInto('events')
        .values(
          events.map((event) => ({
            ...eventRow(event),
            conversation: newConversation,
            item: event.kind.startsWith('message_') ? newMessage : null,
          })),
        )
        .returning(['id', 'kind']),
    )
    .with('held', (db) =>
      db
        .insertInto('handoffs')
        .columns(['conversation', 'holder_kind', 'holder_id', 'began_at', 'event'])
        .expression((from) =>
          from
            .selectFrom('conversation')
            .select([
              'conversation.id',
              sql<string>`conversation.holder_kind`.as('holder_kind'),
              'conversation.holder_id',
              'conversation.created_at',
              startedAt.as('event'),
            ])
            .where('conversation.holder_kind', 'is not', null),
        ),
    )
    .selectFrom('conversation')
    .selectAll()
  const conversation = await query.executeTakeFirstOrThrow()
  await addFiles(tx, conversation.last_item!, message, now)
  return { message: conversation.last_item!, conversation }
}
