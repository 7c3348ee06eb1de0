// The journey of a message from outside:
//
//   keep      raw bytes as a file, a ledger row, the door's count: one small transaction; only then may the source
//             forget the message (SMTP 250, IMAP position, exit 0, HTTP 202): receive/receiver.ts
//   read      bytes → message, in a worker thread with limits; what breaks is tried again, then quarantined
//   classify  own loop and duplicate are ignored; a bounce goes to the message it speaks of
//   thread    an ordered list of small finders; the first that answers wins, else a new conversation
//   identify  who wrote: an agent, a customer, a participant, a stranger; the author is never rewritten
//   append    the message takes its position; the conversation wakes
//   announce  is no step: everything above wrote events, and what must react follows them
//
// From classify to the ledger's outcome is one transaction: a message is in completely, or will be tried again.
// The steps stand in the files of receive/ and in the features; this file is the order of things.
import { readHead } from '#channels/email/read-head.ts'
import * as conversations from '#features/conversations/conversations.ts'
import * as ledger from '#features/ledger/ledger.ts'
import { type Db, inTransaction, twiceOnDeadlock } from '#platform/db/db.ts'
import type { House } from '#platform/house.ts'
import { takeBounce } from './receive/bounce.ts'
import { findConversation } from './receive/find-conversation/find-conversation.ts'
import type { Found } from './receive/find-conversation/finder.ts'
import { identify } from './receive/identify.ts'
import { keepAttachments } from './receive/keep-attachments.ts'
import { type Around, lookAround } from './receive/look-around.ts'
import { isOwnLoop, ownLoop } from './receive/own-loop.ts'
import { join, open } from './receive/place.ts'
import type { Placed, ReadChannel, Receiving, Settled, Wish } from './receive/receiving.ts'
import { unreadable } from './receive/unreadable.ts'

/**
 * Works on one kept message until it is at rest, or until its next try. Never throws for what is in the message.
 * @param raw its bytes where the caller still holds them
 * @param wish where a person wants it; then nothing is ignored, and what cannot be read is attached as it came
 * @returns null: another process has settled it meanwhile
 */
export async function receiveMessage(
  house: House,
  channel: ReadChannel,
  entry: ledger.Entry,
  raw?: Uint8Array,
  wish: Wish | null = null,
): Promise<Settled | null> {
  try {
    const bytes = raw ?? (await house.files.read(entry.sha256))
    const read = await channel(entry.kind ?? 'mail').read(bytes, entry)
    if (!read.ok && !wish) return giveUp(house, entry, read.reason, read.kind === 'limit', bytes)
    const message = read.ok ? read.message : unreadable(bytes, entry, read.reason)
    const attachments = await keepAttachments(house, message)
    return await twiceOnDeadlock(() =>
      inTransaction(house.db, (tx) =>
        takeIn({ tx, house, channel, entry, message, attachments, now: house.clock.now(), wish }),
      ),
    )
  } catch (error) {
    house.log.warn('mail not taken in', { ledger: entry.id, try: entry.tries, error })
    return giveUp(house, entry, error instanceof Error ? error.message : String(error), false, raw)
  }
}

async function takeIn(receiving: Receiving): Promise<Settled | null> {
  const { tx, entry, message, wish } = receiving
  if (!(await ledger.claim(tx, entry.id, [message.messageId, ...message.references]))) return null
  const around = await lookAround(receiving)
  const elsewhere = wish ? null : await classify(receiving, around)
  if (elsewhere) return settle(receiving, elsewhere)
  const found = wish ? await wished(tx, wish) : await findConversation(receiving, around)
  const author = await identify(receiving, around, found)
  const placed = found ? await join(receiving, around, found, author) : await open(receiving, around, author)
  await conversations.rememberIds(tx, entry.inbox, placed.conversation, message)
  return settle(receiving, placed)
}

/** What never becomes a message: our own mail come back, one we have already, one of somebody blocked, a report. */
async function classify(receiving: Receiving, { first, blocked }: Around): Promise<Placed | null> {
  if (isOwnLoop(receiving)) return ownLoop
  if (first) return duplicateOf(receiving.tx, first)
  if (blocked) return { outcome: 'quarantined', reason: 'blocked', conversation: null, item: null }
  return receiving.message.bounce ? takeBounce(receiving) : null
}

async function wished(tx: Db, wish: Wish): Promise<Found | null> {
  const conversation = wish.do === 'join' ? await conversations.survivor(tx, wish.conversation) : null
  return conversation && { conversation, by: 'person' }
}

async function duplicateOf(tx: Db, first: string): Promise<Placed> {
  const row = await tx
    .selectFrom('ledger')
    .select(['conversation', 'item'])
    .where('id', '=', first)
    .executeTakeFirstOrThrow()
  return { outcome: 'ignored', reason: 'duplicate', duplicateOf: first, ...row }
}

async function settle({ tx, entry, message, now }: Receiving, placed: Placed): Promise<Settled> {
  await ledger.settle(tx, entry.id, now, {
    ...placed,
    messageId: message.messageId,
    from: message.from?.value ?? null,
    subject: message.subject,
  })
  const { outcome, reason = null, conversation = null, item = null } = placed
  return { outcome, reason, conversation, item }
}

/** Another try later, or quarantine: at once where a limit was passed, else after the last try. */
async function giveUp(
  { db, clock }: House,
  { id, tries }: ledger.Entry,
  reason: string,
  atOnce: boolean,
  raw?: Uint8Array,
): Promise<Settled> {
  const final = atOnce || tries >= ledger.maxTries
  const note = final ? ledger.quarantine : ledger.fail
  await note(db, { id, tries, reason, at: clock.now(), ...(raw ? readHead(raw) : {}) })
  return { outcome: final ? 'quarantined' : 'failed', reason, conversation: null, item: null }
}
