// The journey of a reply:
//
//   write     under the conversation's lock: the send guard, the message row, one delivery row per recipient
//   hold      the undo window or "send later": a due time by our clock; undo is a conditional update, one winner
//   queue     due: the delivery waits for a worker; somebody outside who wrote before stops it (stop-at-news.ts)
//   claim     one worker takes the message's queued deliveries
//   channel   bytes leave; expected failures come back as values
//   settle    states and attempts with the server's words; back-off, or final
//   announce  is no step: settle wrote events
//
// write, hold and queue stand here; claim, channel and settle in sending/send.ts, driven by sending/sender.ts.
import type { FastifyRequest } from 'fastify'
import { newMessageId } from '#channels/email/tokens.ts'
import type { Item, NewMessage } from '#features/conversations/conversations.contract.ts'
import * as conversations from '#features/conversations/conversations.ts'
import * as deliveries from '#features/deliveries/deliveries.ts'
import * as drafts from '#features/drafts/drafts.ts'
import { after, minutes, seconds } from '#platform/clock/clock.ts'
import { type Db, inTransaction } from '#platform/db/db.ts'
import { refuse, refuseField } from '#platform/errors/refuse.ts'
import { append, system } from '#platform/events/events.ts'
import type { House } from '#platform/house.ts'
import { callerOf } from '#platform/http/http.ts'
import {
  type Afterwards,
  afterwardsOf,
  type Done,
  doAfterwards,
  stillToDo,
  takeBack,
} from './sending/afterwards.ts'
import { lockFor, type Settling } from './sending/announce.ts'
import { guard, refuseRepeated } from './sending/guard.ts'
import { deskOf, replySubject, senderOf, undoSeconds } from './sending/letter.ts'
import { everybody, recipientsOn } from './sending/recipients.ts'
import { stopAtNews } from './sending/stop-at-news.ts'
import { threadOf } from './sending/thread.ts'
import { picturesIn } from './sending/uploads.ts'
import { type SendingChannel, type SendingChannels, wayOut } from './sending/way-out.ts'
import { wordsOf } from './sending/words.ts'

export interface Writing {
  house: House
  /** what each kind of channel obeys */
  channels: (kind: string) => Pick<SendingChannel, 'limits'>
  /** the writer's agent id */
  writer: string
  /** what he reads of ours is in his language */
  language: string
}
/** What every route of the way out knows of its caller. */
export const writingOf = (request: FastifyRequest, house: House, channels: SendingChannels): Writing => {
  const { id, language } = callerOf(request)
  return { house, channels, writer: id, language }
}

/** write: in one transaction. @returns the message as it stands in the timeline */
export async function write(
  tx: Db,
  { house, channels, writer, language }: Writing,
  number: string,
  input: NewMessage,
): Promise<Item> {
  const now = house.clock.now()
  const by = { actor: { kind: 'agent' as const, id: writer }, at: now }
  const row = await conversations.findLocked(tx, writer, number)
  conversations.refuseFinished(row)
  const way = await wayOut(tx, row.inbox, row.channel)
  const { limits } = channels(way.kind)
  const desk = await deskOf(tx, row.id, writer)
  const watch = { conversation: row.id, writer, language, lastSeen: input.lastSeen, level: desk.guard }
  await guard(tx, { ...watch, customerStops: limits.guardsCustomerMessages }, input.sendAnyway ?? false)
  const domain = desk.inbox.address.split('@').at(-1) ?? 'localhost'
  const uploads = input.attachments ?? []
  if (uploads.length > 0 && !limits.attachments)
    refuse('channel_limit', { errors: [{ field: 'attachments', code: 'not_allowed' }] })
  const { html, pictures } = picturesIn(house.secrets, input.html, uploads, domain)
  const words = wordsOf({ text: input.text, html }, limits)
  if (!input.sendAnyway) await refuseRepeated(tx, row.id, words.text, after(now, -minutes(2)))
  const addressed = await recipientsOn(tx, row, way, input, limits)
  const holding = hold(input, Math.min(undoSeconds(desk), limits.undoSeconds), now)
  const then = await afterwardsOf(tx, input.then, writer, holding.dueAt)
  const thread = await threadOf(tx, row.id, row.last_position + 1)
  const appended = await conversations.append(
    tx,
    row,
    {
      ...words,
      ...addressed,
      direction: 'out',
      medium: way.kind,
      channel: way.channel,
      at: now,
      author: { ...by.actor, name: null, address: null },
      subject: thread.subject === null ? row.subject : replySubject(thread.subject || row.subject),
      from: senderOf(desk),
      messageId: newMessageId(house.secrets, row.id, domain),
      inReplyTo: thread.inReplyTo,
      undoUntil: holding.state === 'held' ? holding.dueAt : null,
      sendAt: holding.state === 'scheduled' ? holding.dueAt : null,
      unlessCustomerWrites: input.unlessCustomerWrites ?? desk.guard !== 'off',
      attachments: [],
      uploads,
      pictures,
    },
    { now },
  )
  // What a later sending does to the conversation, it does when it leaves.
  const later = holding.state === 'scheduled'
  const finished = later ? null : await doAfterwards(tx, appended.conversation, then, writer, by)
  await deliveries.plan(tx, {
    ...holding,
    message: appended.message,
    channel: way.channel,
    kind: 'reply',
    agent: writer,
    recipients: everybody(addressed),
    quote: input.quote ?? desk.inbox.quote,
    then: later ? then : null,
    done: finished?.done ?? null,
  })
  await conversations.read(tx, finished?.row ?? appended.conversation, writer, by)
  await drafts.discard(tx, row.id, writer, 'reply', now)
  return shown(tx, appended.message, language)
}

/** hold: until the undo window ends, or until the time named. Without either it is queued at once. */
export function hold(
  { sendAt }: Pick<NewMessage, 'sendAt'>,
  undoSeconds: number,
  now: Date,
): { state: 'held' | 'scheduled' | 'queued'; dueAt: Date } {
  if (sendAt) {
    const dueAt = new Date(sendAt)
    return dueAt > now ? { state: 'scheduled', dueAt } : refuseField('sendAt', 'in_past')
  }
  return undoSeconds > 0
    ? { state: 'held', dueAt: after(now, seconds(undoSeconds)) }
    : { state: 'queued', dueAt: now }
}

/** Undo: one winner; 409 `already_sending` when a worker was first. Puts back what nobody has changed since. */
export async function undo(
  tx: Db,
  { house, writer }: Pick<Writing, 'house' | 'writer'>,
  message: string,
): Promise<void> {
  const by = { actor: { kind: 'agent' as const, id: writer }, at: house.clock.now() }
  const { sending, row } = await lockVisible(tx, writer, message)
  await deliveries.cancel(tx, message, by.at)
  if (sending.done) await takeBack(tx, row, sending.done as Done, by)
  if (row.last_item === message) await conversations.retell(tx, row.id)
  await append(tx, { ...by, kind: 'sending_cancelled', conversation: row.id, item: message })
}

/**
 * A person lets a held one leave now, or tries a failed one again. The undo window is its writer's alone (409
 * `in_undo_window`), administrators included: it ends by itself in seconds, and nobody gains by ending it for him.
 */
export async function release(
  tx: Db,
  { house, writer }: Pick<Writing, 'house' | 'writer'>,
  message: string,
): Promise<void> {
  const by = { actor: { kind: 'agent' as const, id: writer }, at: house.clock.now() }
  const settling = await lockVisible(tx, writer, message)
  const { agent, inUndoWindow } = settling.sending
  if (inUndoWindow && agent !== writer) refuse('in_undo_window')
  const moved = await deliveries.release(tx, message, by.at)
  if (moved === 0) refuse(settling.sending.states.includes('cancelled') ? 'not_found' : 'already_sending')
  await leaveBehind(tx, settling, by)
  await append(tx, { ...by, kind: 'sending_released', conversation: settling.row.id, item: message })
}

/** queue: what is due leaves, unless somebody outside has written since; then a person decides. */
export async function queueDue(
  { house, channels }: Pick<Writing, 'house' | 'channels'>,
  now: Date,
): Promise<number> {
  let left = 0
  for (const message of await deliveries.dueToLeave(house.db, now))
    try {
      await inTransaction(house.db, (tx) => letLeave(tx, channels, message, now))
      left += 1
    } catch (error) {
      // One that cannot leave must not keep back those behind it.
      house.log.error('leaving', { message, error })
    }
  return left
}

async function letLeave(tx: Db, channels: Writing['channels'], message: string, now: Date): Promise<void> {
  const settling = await lockFor(tx, message)
  if (await stopAtNews(tx, channels, settling, now)) return
  if (await deliveries.leave(tx, message, now))
    await leaveBehind(tx, settling, { actor: { kind: 'agent', id: settling.sending.agent }, at: now })
}

/** A later sending leaves: now it does to its conversation what its writer chose. */
async function leaveBehind(tx: Db, { sending, row }: Settling, by: conversations.By): Promise<void> {
  if (!sending.then) return
  const then = await stillToDo(tx, row, sending.then as Afterwards, by.at)
  const actor = sending.agent ? { kind: 'agent' as const, id: sending.agent } : system
  const finished = then && (await doAfterwards(tx, row, then, sending.agent ?? '', { ...by, actor }))
  await deliveries.noteDone(tx, sending.message, finished?.done ?? null)
}

async function lockVisible(tx: Db, agent: string, message: string): Promise<Settling> {
  const settling = await lockFor(tx, message)
  return (await conversations.sees(tx, agent, settling.row.id)) ? settling : refuse('not_found')
}

export async function shown(tx: Db, message: string, language: string): Promise<Item> {
  const [item] = await conversations.showItems(tx, [{ type: 'message', id: message }], language)
  return item ?? refuse('not_found')
}
