// The message takes its place: in the conversation that was found, or in a new one.
import * as conversations from '#features/conversations/conversations.ts'
import * as inboxes from '#features/inboxes/inboxes.ts'
import type { Db } from '#platform/db/db.ts'
import { stopWaiting } from '../sending/stop-at-news.ts'
import { addressed } from './addressed.ts'
import type { Found } from './find-conversation/finder.ts'
import { takesPart } from './find-conversation/takes-part.ts'
import { history } from './history.ts'
import type { Author } from './identify.ts'
import { tellSpam } from './judge-spam.ts'
import type { Around } from './look-around.ts'
import { messageRow } from './message-row.ts'
import type { Opening } from './opening.ts'
import type { PlacedInConversation, Receiving } from './receiving.ts'
import { senderOf } from './sender.ts'
import { isSentCopy } from './sent-copy.ts'
import { noteSentElsewhere } from './sent-elsewhere.ts'
import { whoAsks } from './who-asks.ts'

export async function join(
  receiving: Receiving,
  around: Around,
  found: Found,
  author: Author,
): Promise<PlacedInConversation> {
  const live = receiving.entry.mode === 'live'
  // Locked: what comes now begins a new conversation that is linked to the old one.
  if (found.conversation.category === 'closed' && live && found.by !== 'person')
    return (await open(receiving.tx, [{ receiving, around, author, before: found }]))[0]!
  const row =
    live && !receiving.message.automatic ? await untrash(receiving, found, author) : found.conversation
  const via = found.via ?? null
  const item = await add(receiving, around, row, author, via)
  await linkChildren(receiving, around, row.id, author)
  return {
    outcome: 'threaded',
    conversation: row.id,
    via,
    item,
    verdict: { by: found.by, author: author.actor.kind },
  }
}

/**
 * The middle of a thread that arrives last: what answered it has begun a conversation of its own meanwhile, and the two
 * are linked; only where the sender is on both.
 */
async function linkChildren(receiving: Receiving, around: Around, conversation: string, { actor }: Author) {
  const { tx, message, now: at } = receiving
  const child = around.known.get(message.messageId)
  if (!child || child.carried || child.conversation === conversation) return
  const other = await conversations.survivor(tx, child.conversation)
  if (!other || other.id === conversation) return
  if (!(await takesPart(tx, around, senderOf(receiving, around), other, false))) return
  await conversations.link(tx, { conversation, other: other.id, kind: 'same_thread', actor, at })
}

/** New conversations, all in one statement. @returns in the order given */
export async function open(tx: Db, openings: Opening[]): Promise<PlacedInConversation[]> {
  const begun: conversations.Begun[] = []
  for (const opening of openings) begun.push(await beginningOf(opening))
  const rows = await conversations.startWith(tx, begun)
  for (const [n, opening] of openings.entries()) await welcome(opening, rows[n]!)
  await tellSpam(
    tx,
    openings.map((opening, n) => ({ opening, row: rows[n]! })),
  )
  return rows.map(({ id, last_item }, n) => ({
    outcome: 'started',
    conversation: id,
    item: last_item!,
    verdict: {
      author: openings[n]!.author.actor.kind,
      ...contentOf(openings[n]!),
    },
  }))
}

const contentOf = ({ receiving: { message } }: Opening) =>
  message.content ? { content: message.content } : {}

async function beginningOf({ receiving, around, author, spam }: Opening): Promise<conversations.Begun> {
  const { entry, message, now } = receiving
  const asking = await whoAsks(receiving, around, author)
  const beginning: conversations.Beginning = {
    at: entry.mode === 'live' ? now : history.timeOf(receiving),
    actor: author.actor,
    inbox: entry.inbox,
    channel: entry.channel,
    customer: asking.customer,
    customerAddress: (entry.kind ?? 'mail') === 'mail' ? asking.address : null,
    subject: message.subject ?? '',
    team: around.inbox.team,
    medium: entry.kind ?? 'mail',
    spam: message.spam || spam !== undefined,
    ...(entry.mode === 'history' ? await history.closing(receiving) : {}),
  }
  const silent = isSilent(receiving, author, asking.address)
  return { beginning, message: messageRow(receiving, author), now, silent }
}

/** Who else is on the mail takes part; what belongs together is linked. */
async function welcome(
  { receiving, around, author, before }: Opening,
  row: conversations.ConversationRow,
): Promise<void> {
  const { tx, now } = receiving
  const people = await addressed(receiving, around, row, author)
  await conversations.takePart(tx, row, people, { actor: author.actor, at: now })
  const link = (other: string, kind: conversations.LinkKind) =>
    conversations.link(tx, { conversation: row.id, other, kind, actor: author.actor, at: now })
  if (isSentCopy(receiving) && receiving.entry.mode === 'live')
    await noteSentElsewhere(receiving, row, row.last_item!, author)
  await noteWhatLooksLikeAForm(receiving, around, row.id)
  if (before) await link(before.conversation.id, 'follows')
  for (const other of await sameMessageElsewhere(receiving, around)) await link(other, 'same_message')
}

/** A person's mail that asks to be answered elsewhere; a list does that of its nature. */
async function noteWhatLooksLikeAForm(receiving: Receiving, around: Around, conversation: string) {
  const { tx, entry, message, now } = receiving
  const { identity, byForm, ours } = senderOf(receiving, around)
  const other = message.replyTo.find(({ value }) => value !== identity.value && !around.ownInboxes.has(value))
  if (byForm || ours || !other || message.automatic === 'list' || message.automatic === 'auto_reply') return
  const { value: replyTo, name } = other
  const reply = { conversation, inbox: entry.inbox, sender: identity.value, replyTo, name }
  await inboxes.noteFormReply(tx, reply, now)
}

/** People on the mail take part, then the message gets its position in a conversation that was there. */
async function add(
  receiving: Receiving,
  around: Around,
  row: conversations.ConversationRow,
  author: Author,
  via: string | null,
): Promise<string> {
  const { tx, entry, message, now } = receiving
  const people = await addressed(receiving, around, row, author)
  const joined = await conversations.takePart(tx, row, people, { actor: author.actor, at: now })
  const past = entry.mode === 'history'
  const silent = isSilent(receiving, author, row.customer_address)
  const { message: item, conversation } = await conversations.append(
    tx,
    joined,
    { ...messageRow(receiving, author), origin: via },
    {
      now,
      silent,
      thanks: !past && message.thanks && joined.category === 'solved',
    },
  )
  if (past) await history.close(receiving, conversation)
  const elsewhere = !past && isSentCopy(receiving)
  if (elsewhere) await noteSentElsewhere(receiving, conversation, item, author)
  if (!silent || elsewhere) await stopWaiting(tx, receiving.channel, row.id, now)
  return item
}

/**
 * Nobody is woken by history, by a machine's answer, nor by an agent who wrote to the customer and copied us: he has
 * answered.
 */
function isSilent({ entry, message }: Receiving, { actor }: Author, customerAddress: string | null): boolean {
  if (entry.mode === 'history' || message.automatic === 'auto_reply') return true
  const addressed = [...message.to, ...message.cc].some(({ address }) => address === customerAddress)
  return actor.kind === 'agent' && addressed
}

/** What the customer writes to is no rubbish any more. */
async function untrash({ tx, now }: Receiving, { conversation }: Found, { actor }: Author) {
  if (!conversation.trashed_at) return conversation
  const set = { trashed_at: null, trashed_by: null }
  return (await conversations.changeLocked(tx, conversation, { actor, at: now, kind: 'untrashed', set })).row
}

/** Conversations that the same mail has in the other inboxes it was addressed to. */
async function sameMessageElsewhere({ tx, entry, message }: Receiving, around: Around): Promise<string[]> {
  const others = [...new Set(around.ownInboxes.values())].filter((inbox) => inbox !== entry.inbox)
  if (others.length === 0) return []
  const rows = await tx
    .selectFrom('known_message_ids')
    .select('conversation')
    .where('inbox', 'in', others)
    .where('message_id', '=', message.messageId)
    .execute()
  return rows.map((row) => row.conversation)
}
