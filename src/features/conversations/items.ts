// The timeline: messages, comments and the events that are shown, by position. Where conversations were merged it is
// read by time, and the place an item has there is told as its position.
import { atOnce, type Db } from '#platform/db/db.ts'
import { foldHtml } from '#platform/html/fold-html.ts'
import { safeHtml, safeHtmlVersion } from '#platform/html/safe-html.ts'
import { decodeCursor, encodeCursor } from '#platform/http/paging.ts'
import { text as say } from '#platform/texts/texts.ts'
import { findPrivate } from '#shared/text/find-private.ts'
import {
  type Comment,
  type Delivery,
  type Item,
  type Message,
  type TimelineEvent,
  worstFirst,
} from './conversations.contract.ts'
import {
  arrangementOf,
  type CommentRow,
  commentsById,
  type DeliveryRow,
  type EventRow,
  eventsById,
  type MessageRow,
  messagesById,
  type Place,
  placeOf,
  placesAt,
  placesByTime,
  ranksOf,
  type Stretch,
} from './items.queries.ts'
import { type Names, namesIn, showTold } from './show-event.ts'

export interface Timeline {
  /** oldest first */
  items: Item[]
  olderCursor: string | null
  newerCursor: string | null
  /** how often items came or went by merging and splitting: with another number the places of before mean nothing */
  arranged: number
}

/** The newest items, or those before a cursor. */
export async function itemsBefore(
  db: Db,
  conversation: string,
  cursor: string | undefined,
  limit: number,
  language: string,
): Promise<Timeline> {
  const before = cursor === undefined ? newest : positionOf(cursor)
  const { places, arranged } = await placesFrom(db, conversation, { before }, limit + 1)
  const shown = places.slice(0, limit).reverse()
  const more = { older: places.length > limit, newer: before !== newest }
  return timeline(db, shown, language, { ...more, arranged })
}

/** Items after a cursor, towards the newest. */
export async function itemsAfter(
  db: Db,
  conversation: string,
  cursor: string,
  limit: number,
  language: string,
): Promise<Timeline> {
  const { places, arranged } = await placesFrom(db, conversation, { from: positionOf(cursor) }, limit + 1)
  const more = { older: true, newer: places.length > limit }
  return timeline(db, places.slice(0, limit), language, { ...more, arranged })
}

/** A stretch with one item in its middle, for a permalink; undefined when it stands elsewhere. */
export async function itemsAround(
  db: Db,
  conversation: string,
  item: string,
  limit: number,
  language: string,
): Promise<Timeline | undefined> {
  const place = await placeOf(db, item)
  if (place?.conversation !== conversation) return undefined
  const position = (await arrangementOf(db, conversation)).by_time
    ? ((await ranksOf(db, [item])).get(item) ?? place.position)
    : place.position
  const half = Math.ceil(limit / 2)
  const { places: older } = await placesFrom(db, conversation, { before: position }, half + 1)
  const { places: newer, arranged } = await placesFrom(db, conversation, { from: position }, half + 1)
  const shown = [...older.slice(0, half).reverse(), ...newer.slice(0, half)]
  return timeline(db, shown, language, { older: older.length > half, newer: newer.length > half, arranged })
}

/**
 * By position; where conversations were merged, by time. Only there the way costs more than the page: the newest items
 * say themselves which it is, further ones ask before.
 */
async function placesFrom(
  db: Db,
  conversation: string,
  stretch: Stretch,
  limit: number,
): Promise<{ places: Place[]; arranged: number }> {
  const first = 'before' in stretch && stretch.before === newest
  const byTime = async (arranged: number) => ({
    places: await placesByTime(db, conversation, stretch, limit),
    arranged,
  })
  const known = first ? null : await arrangementOf(db, conversation)
  if (known?.by_time) return byTime(known.arranged)
  const places = await placesAt(db, conversation, stretch, limit)
  const arranged = places[0]?.arranged ?? known?.arranged ?? 0
  return places[0]?.by_time ? byTime(arranged) : { places, arranged }
}

/** These items as they cross the wire to a reader of `language`, in this order; ids of nothing are left out. */
export async function showItems(
  db: Db,
  places: Pick<Place, 'type' | 'id'>[],
  language: string,
): Promise<Item[]> {
  const idsOf = (type: Place['type']) => places.filter((place) => place.type === type).map(({ id }) => id)
  const [messages, comments, events] = await atOnce(
    db,
    () => messagesById(db, idsOf('message')),
    () => commentsById(db, idsOf('comment')),
    () => eventsById(db, idsOf('event')),
  )
  const names = await namesIn(
    db,
    events.flatMap(({ before, after }) => [before, after]),
  )
  const byTime = [...messages, ...comments, ...events].filter(({ by_time }) => by_time)
  if (byTime.length > 0) {
    const ranks = await ranksOf(
      db,
      byTime.map(({ id }) => id),
    )
    for (const row of byTime) row.position = ranks.get(row.id) ?? row.position
  }
  const shown = new Map<string, Item>([
    ...messages.map((row) => [row.id, showMessage(row, language)] as const),
    ...comments.map((row) => [row.id, showComment(row)] as const),
    ...events.map((row) => [row.id, showEvent(row, names, language)] as const),
  ])
  return places.flatMap(({ id }) => shown.get(id) ?? [])
}

const newest = 2 ** 31 - 1
const positionOf = (cursor: string) => Number(decodeCursor(cursor, 1, [/^\d{1,9}$/])[0])

async function timeline(
  db: Db,
  places: Place[],
  language: string,
  { older, newer, arranged }: { older: boolean; newer: boolean; arranged: number },
): Promise<Timeline> {
  const [first, last] = [places[0], places.at(-1)]
  return {
    items: await showItems(db, places, language),
    olderCursor: older && first ? encodeCursor([String(first.position)]) : null,
    newerCursor: newer && last ? encodeCursor([String(last.position + 1)]) : null,
    arranged,
  }
}

function base(row: MessageRow | CommentRow | EventRow) {
  const address = 'author_address' in row ? row.author_address : null
  return {
    id: row.id,
    position: row.position,
    at: row.at.toISOString(),
    author: { kind: row.author_kind, id: row.author_id, name: row.author_name, address },
  }
}

function showMessage(row: MessageRow, language: string): Message {
  return {
    ...base(row),
    type: 'message',
    origin: row.origin === null ? null : Number(row.origin),
    direction: row.direction,
    medium: row.medium,
    subject: row.subject,
    text: row.text,
    html: shownHtml(row),
    fold: row.fold_from === null ? null : { from: row.fold_from, to: row.fold_to ?? row.text.length },
    from: row.sender,
    to: row.recipients,
    cc: row.copies,
    automatic: row.automatic !== null,
    verified: row.verified,
    evidence: row.evidence,
    attachments: row.attachments,
    state: worstFirst.find((state) => row.deliveries.some((delivery) => delivery.state === state)) ?? null,
    undoUntil: row.stopped ? null : (row.undo_until?.toISOString() ?? null),
    sendAt: row.send_at?.toISOString() ?? null,
    callSeconds: row.call_seconds,
    stopped: row.stopped,
    erased: row.erased_at && {
      at: row.erased_at.toISOString(),
      by: row.erased_by,
      reason: row.erased_because,
    },
    sealed: row.sealed,
    hints: hintsOf(row),
    deliveries: row.deliveries.map((delivery) => showDelivery(delivery, language)),
  }
}

/** What a customer should not have sent, until somebody has checked it. */
const hintsOf = ({ direction, checked_at, text, fold_from, attachments }: MessageRow) =>
  direction === 'out' || checked_at !== null
    ? []
    : findPrivate(
        text.slice(0, fold_from ?? undefined),
        attachments.filter(({ inline }) => !inline).map(({ name }) => name),
      )

/** The server's words as they are; ours in the reader's language. */
export const showDelivery = ({ attempts, ...delivery }: DeliveryRow, language: string): Delivery => ({
  ...delivery,
  attempts: attempts.map(({ at, code, text, own, params }) => ({
    at,
    code,
    text: own ? say(language, own, params ?? {}) : text,
  })),
})

export function showComment(row: CommentRow): Comment {
  const deleted = row.deleted_at !== null
  return {
    ...base(row),
    type: 'comment',
    origin: row.origin === null ? null : Number(row.origin),
    text: deleted ? '' : row.text,
    html: deleted ? null : row.html,
    consults: row.consults,
    answers:
      row.answers === null
        ? null
        : {
            consult: row.answers,
            invited: row.invited,
            verified: row.verified,
            byMail: row.by_mail,
          },
    mentions: deleted ? [] : row.mentions,
    stop: row.stop && !deleted,
    attachments: deleted ? [] : row.attachments,
    editedAt: row.edited_at?.toISOString() ?? null,
    deletedAt: row.deleted_at?.toISOString() ?? null,
    deletedBy: row.deleted_by,
  }
}

const showEvent = (row: EventRow, names: Names, language: string): TimelineEvent => ({
  ...base(row),
  type: 'event',
  kind: row.kind,
  before: showTold(row.before, names, language),
  after: showTold(row.after, names, language),
})

/** HTML that was made safe once serves again; some 30 MB of it at the most, the oldest goes first. */
const madeSafe = new Map<string, string>()
let kept = 0
function shownHtml({ html, html_safe, direction, subject }: MessageRow): string | null {
  if (html === null || (direction === 'out' && html_safe >= safeHtmlVersion)) return html
  const known = madeSafe.get(html)
  if (known !== undefined) return known
  const safe = foldHtml(html_safe >= safeHtmlVersion ? html : safeHtml(html), { subject: subject ?? '' })
  madeSafe.set(html, safe)
  kept += html.length + safe.length
  for (const [oldest, value] of madeSafe) {
    if (kept <= 15_000_000) break
    madeSafe.delete(oldest)
    kept -= oldest.length + value.length
  }
  return safe
}
