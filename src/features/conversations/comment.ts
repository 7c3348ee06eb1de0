// Internal words. No path leads from here to a customer: comments live in a table of their own, have a search column
// of their own, and nothing that sends reads them but flows/consult/post.ts, which mails a question to whom it asks.
import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import { Refusal } from '#platform/errors/refuse.ts'
import { eventRow, type NewEvent } from '#platform/events/events.ts'
import { preview } from '#shared/text/new-words.ts'
import { addToComment, claim, type NewAttachment } from '../attachments/attachments.ts'
import { type By, type ConversationRow, refuseMerged } from './change.ts'
import { follow } from './follow.ts'

export interface CommentWords {
  text: string
  /** made safe already */
  html: string | null
  /** agents' ids: they see the conversation from now on, and follow it */
  mentions: string[]
  /** stops replies of people who have not seen it */
  stop: boolean
  /** ids of the author's uploads */
  attachments: string[]
  /** the mail it was written by: its row in the ledger */
  ledger?: string
  /** an answer of somebody who was asked, where he is not at the desk */
  answer?: Answering
}

/** How somebody's answer came. */
export interface Answering {
  /** the consult's id; null: he answered something else that was mailed */
  consult: string | null
  name: string | null
  address: string
  /** he was asked himself; false: the question was forwarded to him; null: answered in the browser */
  invited: boolean | null
  /** his address is proven; null: not known */
  verified: boolean | null
  /** the mail's row in the ledger */
  ledger: string | null
  files: NewAttachment[]
}

/** Writes a comment of an agent's into a locked conversation; locked for the customer does not mean locked for it. */
export async function comment(
  tx: Db,
  row: ConversationRow,
  words: CommentWords,
  by: By,
): Promise<{ id: string; row: ConversationRow }> {
  refuseMerged(row)
  await checkMentions(tx, words.mentions)
  const position = row.last_position + 1
  const { answer } = words
  const told = {
    last_position: position,
    preview: preview(words.text),
    last_activity_at: by.at,
    has_attachments:
      row.has_attachments ||
      words.attachments.length > 0 ||
      (answer?.files.some(({ inline }) => !inline) ?? false),
    updated_at: by.at,
  }
  const event: NewEvent = {
    ...by,
    kind: 'comment_added',
    conversation: row.id,
    after: {
      position,
      mentions: words.mentions,
      stop: words.stop,
      ...(answer?.consult ? { consult: answer.consult } : {}),
    },
  }
  // One statement: comment, conversation and event are one round trip to the database.
  const { item } = await tx
    .with('comment', (db) =>
      db
        .insertInto('comments')
        .values({
          conversation: row.id,
          position,
          origin: answer?.consult ? originOfQuestion(answer.consult) : null,
          at: by.at,
          author_kind: by.actor.kind as 'agent',
          author_id: by.actor.id,
          author_name: answer && !by.actor.id ? (answer.name ?? answer.address) : null,
          author_address: answer?.address ?? null,
          consult: answer?.consult ?? null,
          invited: answer?.invited ?? null,
          verified: answer?.verified ?? null,
          ledger: answer?.ledger ?? words.ledger ?? null,
          text: words.text,
          html: words.html,
          stop: words.stop,
          mentions: words.mentions,
        })
        .returning('id'),
    )
    .with('told', (db) =>
      db
        .updateTable('conversations')
        .set({ ...told, last_item: newComment })
        .where('id', '=', row.id),
    )
    .insertInto('events')
    .values({ ...eventRow(event), item: newComment })
    .returning('item')
    .executeTakeFirstOrThrow()
  const id = item!
  if (words.attachments.length > 0) await claim(tx, words.attachments, by.actor.id ?? '', { comment: id })
  if (answer) await addToComment(tx, id, answer.files, by.at)
  const next = { ...row, ...told, last_item: id }
  for (const agent of words.mentions) await mention(tx, next, agent, position, by)
  return { id, row: next }
}

/** An answer stands where its question does, and goes back with it should a merge be undone. */
const originOfQuestion = (consult: string) => sql<string | null>`(
  select q.origin from consults k join comments q on q.id = k.question where k.id = ${consult})`

/** The comment that the statement's first part has just written. */
const newComment = sql<string>`(select id from comment)`

/** Somebody mentioned sees the conversation and follows it. */
export async function mention(
  tx: Db,
  row: ConversationRow,
  agent: string,
  position: number,
  by: By,
): Promise<void> {
  await tx
    .insertInto('conversation_access')
    .values({ conversation: row.id, agent, because: 'mentioned', granted_at: by.at, position })
    .onConflict((known) =>
      known.columns(['conversation', 'agent', 'because']).doUpdateSet((set) => ({
        position: set.fn('greatest', ['excluded.position', 'conversation_access.position']),
      })),
    )
    .execute()
  await follow(tx, row, agent, by)
}

/**
 * A mention taken back: the newest one left counts; without any the conversation leaves the view of mentions, and is
 * seen no longer by whoever saw it by that alone, unless he has written there himself.
 */
export async function mentionNoMore(tx: Db, conversation: string, agents: string[]): Promise<void> {
  for (const agent of agents) {
    const left = await tx
      .selectFrom('comments')
      .select(({ fn }) => fn.max('position').as('position'))
      .where('conversation', '=', conversation)
      .where('deleted_at', 'is', null)
      .where(sql<boolean>`${agent}::bigint = any(mentions)`)
      .executeTakeFirstOrThrow()
    const access = { conversation, agent, because: 'mentioned' } as const
    const { position } = left
    if (position === null) {
      await sql`insert into conversation_access (conversation, agent, because, granted_at)
        select conversation, agent, 'asked', granted_at from conversation_access a
        where conversation = ${conversation} and agent = ${agent} and because = 'mentioned' and exists (
          select from comments c where c.conversation = a.conversation
            and c.author_kind = 'agent' and c.author_id = a.agent)
        on conflict do nothing`.execute(tx)
      await tx
        .deleteFrom('conversation_access')
        .where((of) => of.and(access))
        .execute()
    } else
      await tx
        .updateTable('conversation_access')
        .set({ position })
        .where((of) => of.and(access))
        .execute()
  }
}

/** 422 for mentions that are no agents (any more). */
export async function checkMentions(db: Db, agents: string[]): Promise<void> {
  if (agents.length === 0) return
  const found = await db
    .selectFrom('agents')
    .select('id')
    .where('id', 'in', agents)
    .where('removed_at', 'is', null)
    .execute()
  const known = new Set(found.map(({ id }) => id))
  const errors = agents.flatMap((agent, at) =>
    known.has(agent) ? [] : [{ field: `mentions.${at}`, code: 'unknown' }],
  )
  if (errors.length > 0) throw new Refusal('invalid', { errors })
}
