import type { NewMessage } from '#features/conversations/conversations.contract.ts'
import { refuse } from '#platform/errors/refuse.ts'
import type { Writing } from '../send-reply.ts'
import { deskOf, replySubject, senderOf, write } from './letter.ts'
import { type Mailbox, recipientsOn } from './recipients.ts'
import { threadOf } from './thread.ts'
import { wayOut } from './way-out.ts'
import { wordsOf } from './words.ts'

export interface Previewed {
  from: Mailbox
  to: Mailbox[]
  cc: Mailbox[]
  subject: string
  text: string
  html: string
}

/** The letter as the customer would get it; nothing is locked, nothing changes. */
export async function previewReply(
  { house, channels, writer }: Writing,
  conversation: string,
  input: NewMessage,
): Promise<Previewed> {
  const { db } = house
  const row = await db
    .selectFrom('conversations')
    .selectAll()
    .where('id', '=', conversation)
    .executeTakeFirst()
  if (!row) refuse('not_found')
  const way = await wayOut(db, row.inbox, row.channel)
  const { limits } = channels(way.kind)
  const { to, cc } = await recipientsOn(db, row, way, input, limits)
  const words = wordsOf(input, limits)
  const desk = await deskOf(db, row.id, writer)
  const position = row.last_position + 1
  const { subject } = await threadOf(db, row.id, position)
  const quote = input.quote ?? desk.inbox.quote
  const letter = limits.subject
    ? await write(house, db, desk, { ...words, conversation, position, quote })
    : { text: words.text, html: words.html ?? '' }
  return {
    from: senderOf(desk),
    to,
    cc,
    subject: subject === null ? row.subject : replySubject(subject || row.subject),
    ...letter,
  }
}
