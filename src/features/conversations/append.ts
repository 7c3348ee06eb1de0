// A message takes its place in a conversation: position under the row lock, then what it means for the conversation
// (waiting, reopening, waking from a snooze), then its event.
import { type Insertable, sql } from 'kysely'
import type { Evidence } from '#channels/channel.ts'
import { type Db, json } from '#platform/db/db.ts'
import { keepPlan } from '#platform/db/kept-plans.ts'
import type { MessagesTable } from '#platform/db/schema.gen.ts'
import { type Actor, eventRow, type NewEvent } from '#platform/events/events.ts'
import { add as addAttachments, claim, type NewAttachment } from '../attachments/attachments.ts'
import { asCategory, type ConversationRow, changeLocked } from './change.ts'

export interface NewMessageRow {
  direction: 'in' | 'out'
  medium: string
  channel: string | null
  /** shown in the timeline: when it was received, or written; the sender's date for history */
  at: Date
  author: Actor & { name: string | null; address: string | null }
  subject: string | null
  text: string
  html: string | null
  /** safeHtmlVersion when `html` came out of safeHtml already; else it is made safe whenever it is shown */
  htmlSafe?: number
  fold?: { from: number; to: number } | null
  from: { name: string | null; address: string } | null
  to: { name: string | null; address: string }[]
  cc: { name: string | null; address: string }[]
  bcc?: { name: string | null; address: string }[]
  automatic?: string | null
  /** its sender asks machines not to answer: told with the event, for those who would */
  noAutoAnswer?: boolean
  verified?: boolean | null
  /** what was looked at to know it */
  evidence?: Evidence | null
  ledger?: string | null
  messageId?: string | null
  inReplyTo?: string | null
  quote?: string | null
  undoUntil?: Date | null
  sendAt?: Date | null
  unlessCustomerWrites?: boolean
  /** the merged conversation it came in by */
  origin?: string | null
  /** how long a call took */
  callSeconds?: number | null
  attachments: NewAttachment[]
  /** ids of what the author (an agent) has uploaded */
  uploads?: string[]
  /** the agent who uploaded, where he notes down another's words */
  uploader?: string
  /** uploads shown inside the HTML, with their Content-IDs */
  pictures?: Map<string, string>
  /** one line of the new words, for lists */
  preview: string
}

export interface AppendOptions {
  /** now, by our clock */
  now: Date
  /** an automatic answer, history, or thanks joins without reopening or waking anybody */
  silent?: boolean
  thanks?: boolean
}

/** Appends to a locked conversation. @returns the message's id and the row as it stands now */
export async function append(
  tx: Db,
  conversation: ConversationRow,
  message: NewMessageRow,
  { now, silent = false, thanks = false }: AppendOptions,
): Promise<{ message: string; position: number; conversation: ConversationRow }> {
  const position = conversation.last_position + 1
  const wakes = message.direction === 'in' && !silent && !thanks
  const told = {
    last_position: position,
    preview: message.preview,
    last_activity_at: message.at > conversation.last_activity_at ? message.at : conversation.last_activity_at,
    has_attachments: conversation.has_attachments || showsFiles(message),
    updated_at: now,
    ...(thanks ? { thanks_at: now } : {}),
    ...(wakes ? { last_in_position: position } : {}),
    ...(wakes && message.author.kind === 'customer' ? answeredBy(conversation, message) : {}),
  }
  // One statement: message, conversation and event are one round trip to the database.
  const { item } = await tx
    .with('message', (db) =>
      db
        .insertInto('messages')
        .values(messageValues(conversation.id, position, message))
        .returning('id'),
    )
    .with('told', (db) =>
      db
        .updateTable('conversations')
        .set({ ...told, last_item: newMessage })
        .where('id', '=', conversation.id)
        .returning('id'),
    )
    .insertInto('events')
    .values({
      ...eventRow(arrivedEvent(conversation.id, position, message, { now, silent, thanks })),
      item: newMessage,
    })
    .returning('item')
    .modifyEnd(keepPlan)
    .executeTakeFirstOrThrow()
  const id = item!
  await addFiles(tx, id, message, now)
  let row: ConversationRow = { ...conversation, ...told, last_item: id }
  if (wakes) row = await wake(tx, row, message, now)
  return { message: id, position, conversation: row }
}

/** Where several channels were put together he is answered where he wrote last. */
const answeredBy = ({ by_time }: ConversationRow, { channel, medium }: NewMessageRow) =>
  by_time && medium !== 'phone' ? { channel } : {}

/** The message that the statement's first part has just written. */
const newMessage = sql<string>`(select id from message)`

/** Whether lists show the sign of an attachment: pictures inside the text are none. */
export const showsFiles = ({ uploads = [], pictures, attachments }: NewMessageRow): boolean =>
  uploads.some((upload) => !pictures?.has(upload)) || attachments.some((attachment) => !attachment.inline)

export const arrivedEvent = (
  conversation: string | null,
  position: number,
  message: NewMessageRow,
  { now, silent = false, thanks = false }: AppendOptions,
): NewEvent => ({
  at: now,
  kind: message.direction === 'in' ? 'message_received' : 'message_written',
  actor: { kind: message.author.kind, id: message.author.id },
  conversation,
  after: {
    position,
    automatic: message.automatic ?? null,
    silent,
    thanks,
    ...(message.noAutoAnswer ? { noAutoAnswer: true } : {}),
  },
})

export async function addFiles(tx: Db, id: string, message: NewMessageRow, now: Date): Promise<void> {
  await addAttachments(tx, id, message.attachments, now)
  const { uploads = [] } = message
  if (uploads.length > 0)
    await claim(tx, uploads, message.uploader ?? message.author.id ?? '', { message: id }, message.pictures)
}

/** A person outside wrote: the wait begins, a snooze ends, a closed or pending conversation is open again. */
async function wake(
  tx: Db,
  row: ConversationRow,
  message: NewMessageRow,
  now: Date,
): Promise<ConversationRow> {
  const actor = { kind: message.author.kind, id: message.author.id }
  const reopens = row.category === 'solved' || row.category === 'pending'
  const set = reopens ? asCategory(row, 'open', actor, now) : {}
  const { row: next } = await changeLocked(tx, row, {
    actor,
    at: now,
    kind: reopens ? (row.category === 'solved' ? 'reopened' : 'answered_by_customer') : 'waiting_began',
    // "Answered by the customer" is told by the message itself; only a reopening is a line of its own.
    shown: row.category === 'solved' || row.snoozed_until !== null,
    set: { ...set, waiting_since: row.waiting_since ?? now, snoozed_until: null, snoozed_by: null },
  })
  return next
}

export function messageValues(
  conversation: string,
  position: number,
  message: NewMessageRow,
): Insertable<MessagesTable> {
  return {
    conversation,
    position,
    origin: message.origin ?? null,
    direction: message.direction,
    medium: message.medium,
    channel: message.channel,
    at: message.at,
    author_kind: message.author.kind,
    author_id: message.author.id,
    author_name: message.author.name,
    author_address: message.author.address,
    subject: message.subject,
    text: message.text,
    html: message.html,
    html_safe: message.htmlSafe ?? 0,
    fold_from: message.fold?.from ?? null,
    fold_to: message.fold?.to ?? null,
    sender: message.from ? json(message.from) : null,
    recipients: json(message.to),
    copies: json(message.cc),
    blind_copies: json(message.bcc ?? []),
    automatic: message.automatic ?? null,
    verified: message.verified ?? null,
    evidence: message.evidence ? json(message.evidence) : null,
    ledger: message.ledger ?? null,
    message_id: message.messageId ?? null,
    in_reply_to: message.inReplyTo ?? null,
    quote: message.quote ?? null,
    undo_until: message.undoUntil ?? null,
    send_at: message.sendAt ?? null,
    unless_customer_writes: message.unlessCustomerWrites ?? false,
    call_seconds: message.callSeconds ?? null,
  }
}
