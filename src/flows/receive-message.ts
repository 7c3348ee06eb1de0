// The journey of a message from outside:
//
//   keep      raw bytes as a file, a ledger row, the door's count: one small transaction; only then may the source
//             forget the message (SMTP 250, IMAP position, exit 0, HTTP 202): receive/receiver.ts
//   read      bytes → message, in a worker thread with limits; what breaks is tried again, then quarantined
//   classify  own loop and duplicate are ignored; a bounce goes to the message it speaks of
//   consult   an answer to an internal mail becomes a comment, before anything else looks where it belongs
//   thread    an ordered list of small finders; the first that answers wins, else a new conversation
//   identify  who wrote: an agent, a customer, a participant, a stranger; the author is never rewritten
//   append    the message takes its position; the conversation wakes
//   announce  is no step: everything above wrote events, and what must react follows them
//
// From classify to the ledger's outcome is one transaction: a message is in completely, or will be tried again. When
// many come at once, those of different threads share a transaction; should it fail, each is taken in alone.
// The steps stand in the files of receive/ and in the features; this file is the order of things.
import { readHead } from '#channels/email/read-head.ts'
import * as conversations from '#features/conversations/conversations.ts'
import * as ledger from '#features/ledger/ledger.ts'
import { type Db, inTransaction, isHouseTrouble, twiceOnDeadlock } from '#platform/db/db.ts'
import type { House } from '#platform/house.ts'
import { takePlusProbe } from './probe-plus.ts'
import { takeAgentMail } from './receive/agent-mail.ts'
import { takeBounce } from './receive/bounce.ts'
import { takeConsultAnswer, takeInside } from './receive/consult-answer.ts'
import { findConversation, viaOf } from './receive/find-conversation/find-conversation.ts'
import type { Found } from './receive/find-conversation/finder.ts'
import { openGroups } from './receive/groups.ts'
import { identify, meetSenders } from './receive/identify.ts'
import { judgeSpam } from './receive/judge-spam.ts'
import { keepAttachments } from './receive/keep-attachments.ts'
import { type Around, lookAround } from './receive/look-around.ts'
import type { Opening } from './receive/opening.ts'
import { isOwnLoop, ownLoop } from './receive/own-loop.ts'
import { join, open } from './receive/place.ts'
import type { Arrived, Placed, ReadChannel, Receiving, Settled, Wish } from './receive/receiving.ts'
import { takeSameWords, wordsKey } from './receive/same-words.ts'
import { type Sender, senderOf } from './receive/sender.ts'
import { isSentCopy } from './receive/sent-copy.ts'
import { isAmongUs } from './receive/sent-elsewhere.ts'
import { heldAsAlike, isOneTooMany } from './receive/too-many-alike.ts'
import { unreadable } from './receive/unreadable.ts'

export type TakeIn = (message: Arrived) => Promise<Settled | null>

/** Works on kept messages until they are at rest, or until their next try. */
export function openReceiving(house: House, channel: ReadChannel) {
  const takeIn: TakeIn = openGroups({
    width: 2,
    crowd: 8,
    most: 16,
    keysOf: threadsOf,
    work: (arrived) =>
      twiceOnDeadlock(() => inTransaction(house.db, (tx) => takeInTogether({ tx, house, channel }, arrived))),
  })
  return (entry: ledger.Entry, raw?: Uint8Array, wish: Wish | null = null) =>
    receiveMessage(house, channel, takeIn, { entry, raw, wish })
}

/**
 * Never throws for what is in the message.
 * @param raw its bytes where the caller still holds them
 * @param wish where a person wants it; then nothing is ignored, and what cannot be read is attached as it came
 * @returns null: another process has settled it meanwhile, or the house cannot work just now and it waits
 */
async function receiveMessage(
  house: House,
  channel: ReadChannel,
  takeIn: TakeIn,
  { entry, raw, wish }: { entry: ledger.Entry; raw: Uint8Array | undefined; wish: Wish | null },
): Promise<Settled | null> {
  try {
    const bytes = raw ?? (await house.files.read(entry.sha256))
    const read = await channel(entry.kind ?? 'mail').read(bytes, entry)
    if (!read.ok && !wish) return giveUp(house, entry, read.reason, read.kind === 'limit', bytes)
    const message = read.ok ? read.message : unreadable(bytes, entry, read.reason)
    const attachments = await keepAttachments(house, message)
    // Their bytes are in files now; a message that waits need not hold them.
    return await takeIn({ entry, message: { ...message, attachments: [] }, attachments, wish })
  } catch (error) {
    house.log.warn('mail not taken in', { ledger: entry.id, try: entry.tries, error })
    if (isHouseTrouble(error)) return postpone(house, entry)
    return giveUp(house, entry, error instanceof Error ? error.message : String(error), false, raw)
  }
}

/** Messages of different threads in one transaction: what can be asked and written for all of them at once, is. */
async function takeInTogether(
  { tx, house, channel }: Pick<Receiving, 'tx' | 'house' | 'channel'>,
  arrived: Arrived[],
): Promise<(Settled | null)[]> {
  const now = house.clock.now()
  const ids = arrived.map(({ entry }) => entry.id)
  const claimed = await ledger.claim(tx, ids, arrived.flatMap(threadsOf))
  const receivings = arrived
    .filter(({ entry }) => claimed.has(entry.id))
    .map((one): Receiving => ({ ...one, tx, house, channel, now }))
  const places = await place(tx, receivings, now)
  await settle(tx, places, now)
  const outcomes = new Map([...places].map(([{ entry }, placed]) => [entry.id, settledAs(placed)]))
  return ids.map((id) => outcomes.get(id) ?? null)
}

/** Where each of them belongs: nowhere, in a conversation that is there, or in a new one. */
async function place(tx: Db, receivings: Receiving[], now: Date): Promise<Map<Receiving, Placed>> {
  const places = new Map<Receiving, Placed>()
  const staying: [Receiving, Around][] = []
  for (const [n, around] of (await lookAround(tx, receivings)).entries()) {
    const receiving = receivings[n]!
    const elsewhere = receiving.wish
      ? ((await takeAgentMail(receiving, around)) ?? (await takeInside(receiving, around)))
      : await classify(receiving, around)
    if (elsewhere) places.set(receiving, elsewhere)
    else staying.push([receiving, around])
  }
  const newcomers = newcomersIn(staying)
  await meetSenders(tx, staying, now)
  const openings: Opening[] = []
  for (const [receiving, around] of staying) {
    const { wish } = receiving
    const found = wish ? await wished(tx, wish) : await findConversation(receiving, around)
    if (
      !found &&
      !wish &&
      (await isOneTooMany(receiving, around, newcomers.has(receiving), begun(openings)))
    ) {
      places.set(receiving, heldAsAlike)
      continue
    }
    const same = found || wish ? null : await takeSameWords(receiving, around)
    if (same) {
      places.set(receiving, same)
      continue
    }
    const author = await identify(receiving, around, found)
    if (found) places.set(receiving, await join(receiving, around, found, author))
    else openings.push({ receiving, around, author })
  }
  await judgeSpam(tx, openings)
  for (const [n, placed] of (await open(tx, openings)).entries()) places.set(openings[n]!.receiving, placed)
  return places
}

const begun = (openings: Opening[]) => openings.map(({ receiving }) => receiving)

/** Those whose senders nobody here knows yet. */
const newcomersIn = (staying: [Receiving, Around][]) =>
  new Set(
    staying.flatMap(([receiving, around]) =>
      isKnown(senderOf(receiving, around), around) ? [] : [receiving],
    ),
  )

const isKnown = ({ identity, ours }: Sender, { customers }: Around) => ours || customers.has(identity.value)

/** What never becomes a message: our own mail come back, one we have already, one of somebody blocked, a report. */
async function classify(receiving: Receiving, around: Around): Promise<Placed | null> {
  const { first, blocked } = around
  const sentCopy = isSentCopy(receiving)
  if (isOwnLoop(receiving) || (sentCopy && isAmongUs(receiving, around))) {
    if (!sentCopy) await takePlusProbe(receiving)
    return ownLoop
  }
  if (first) return duplicateOf(receiving.tx, first)
  if (sentCopy) return null
  if (blocked) return { outcome: 'quarantined', reason: 'blocked', conversation: null, item: null }
  if (receiving.message.bounce) return takeBounce(receiving)
  return (await takeAgentMail(receiving, around)) ?? takeConsultAnswer(receiving, around)
}

async function wished(tx: Db, wish: Wish): Promise<Found | null> {
  const conversation = wish.do === 'join' ? await conversations.survivor(tx, wish.conversation) : null
  if (!conversation || wish.do === 'start') return null
  return { conversation, by: 'person', via: viaOf(wish.conversation, conversation) }
}

async function duplicateOf(tx: Db, first: string): Promise<Placed> {
  const row = await tx
    .selectFrom('ledger')
    .select(['conversation', 'item'])
    .where('id', '=', first)
    .executeTakeFirstOrThrow()
  return { outcome: 'ignored', reason: 'duplicate', duplicateOf: first, ...row }
}

/** Their Message-IDs are known from now on, and the ledger says what became of them. */
async function settle(tx: Db, places: Map<Receiving, Placed>, now: Date): Promise<void> {
  await conversations.rememberIds(
    tx,
    [...places].flatMap(([{ entry, message }, { outcome, conversation, via }]) =>
      conversation && (outcome === 'threaded' || outcome === 'started')
        ? [{ ...message, inbox: entry.inbox, conversation: via ?? conversation }]
        : [],
    ),
  )
  await ledger.settle(
    tx,
    now,
    [...places].map(([{ entry, message }, placed]) => ({
      ...placed,
      ledger: entry.id,
      messageId: message.messageId,
      from: message.from?.value ?? null,
      subject: message.subject,
    })),
  )
}

const settledAs = ({ outcome, reason = null, conversation, item }: Placed): Settled => ({
  outcome,
  reason,
  conversation,
  item,
})

/** The Message-IDs that tie a message to others: those that share one are taken in one after the other. */
const threadsOf = ({ message }: Arrived) => [
  message.messageId,
  ...message.references,
  ...wordsKey(message.content),
]

/** Nothing is wrong with the message: this was no try of it, however often it happens. */
async function postpone({ db, clock }: House, { id, tries }: ledger.Entry): Promise<null> {
  await ledger.postpone(db, { id, tries, at: clock.now() })
  return null
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
