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
import * as conversations from '#features/conversations/conversations.ts'
import * as ledger from '#features/ledger/ledger.ts'
import { type Db, inTransaction, sqlState } from '#platform/db/db.ts'
import type { House } from '#platform/house.ts'
import { takeBounce } from './receive/bounce.ts'
import { findConversation } from './receive/find-conversation/find-conversation.ts'
import { identify } from './receive/identify.ts'
import { keepAttachments } from './receive/keep-attachments.ts'
import { lockThread } from './receive/lock-thread.ts'
import { lookAround } from './receive/look-around.ts'
import { isOwnLoop, ownLoop } from './receive/own-loop.ts'
import { join, open } from './receive/place.ts'
import type { Placed, ReadChannel, Receiving, Settled } from './receive/receiving.ts'

/**
 * Works on one kept message until it is at rest, or until its next try. Never throws for what is in the message.
 * @param raw its bytes where the caller still holds them
 * @returns null: another process has settled it meanwhile
 */
export async function receiveMessage(
  house: House,
  channel: ReadChannel,
  entry: ledger.Entry,
  raw?: Uint8Array,
): Promise<Settled | null> {
  try {
    const read = await channel(entry.kind ?? 'mail').read(
      raw ?? (await house.files.read(entry.sha256)),
      entry,
    )
    if (!read.ok) return giveUp(house, entry, read.reason, read.kind === 'limit')
    const attachments = await keepAttachments(house, read.message)
    return await twiceOnDeadlock(() =>
      inTransaction(house.db, (tx) =>
        takeIn({ tx, house, entry, message: read.message, attachments, now: house.clock.now() }),
      ),
    )
  } catch (error) {
    house.log.warn('mail not taken in', { ledger: entry.id, try: entry.tries, error })
    return giveUp(house, entry, error instanceof Error ? error.message : String(error), false)
  }
}

async function takeIn(receiving: Receiving): Promise<Settled | null> {
  const { tx, entry, message } = receiving
  if (!(await ledger.claim(tx, entry.id))) return null
  await lockThread(tx, message)
  if (isOwnLoop(receiving)) return settle(receiving, ownLoop)
  const first = await ledger.recognise(tx, entry.inbox, message.fingerprint, entry.id)
  if (first) return settle(receiving, await duplicateOf(tx, first))
  if (message.bounce) return settle(receiving, await takeBounce(receiving))
  const around = await lookAround(receiving)
  const found = await findConversation(receiving, around)
  const author = await identify(receiving, around, found)
  const placed = found ? await join(receiving, around, found, author) : await open(receiving, around, author)
  await conversations.rememberIds(tx, entry.inbox, placed.conversation, message)
  return settle(receiving, placed)
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
async function giveUp(house: House, entry: ledger.Entry, reason: string, atOnce: boolean): Promise<Settled> {
  const final = atOnce || entry.tries >= ledger.maxTries
  const note = final ? ledger.quarantine : ledger.fail
  await note(house.db, entry.id, entry.tries, house.clock.now(), reason)
  return { outcome: final ? 'quarantined' : 'failed', reason, conversation: null, item: null }
}

/** Two transactions in each other's way are nobody's fault: the one that lost goes again at once. */
async function twiceOnDeadlock<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (sqlState(error) !== '40P01') throw error
    return work()
  }
}
