// One conversation of a large desk, as rows: who wrote when, what it came to.
import { createHash } from 'node:crypto'
import { after, days, hours, minutes } from '#platform/clock/clock.ts'
import type { Cast } from './cast.ts'
import { type Cell, Rows } from './copy.ts'
import type { Person } from './names.ts'
import type { Chance } from './random.ts'
import type { Speech, Tongue } from './vocabulary.ts'

export interface Customer extends Person {
  id: number
}
/** What all conversations are made from. */
export interface Making {
  chance: Chance
  speech: Record<Tongue, Speech>
  cast: Cast
  customers: Customer[]
  /** ids of tags and files that are there */
  tags: string[]
  files: { sha256: Buffer; size: number; name: string; type: string }[]
  now: Date
  /** the next id of messages, comments and events */
  nextItem(): number
  /** the next place before the beginning of the stream */
  nextSeq(): number
}

export const tables = () => ({
  conversations: new Rows(
    'conversations',
    `id inbox customer customer_address subject category priority assignee team holder_kind holder_id holder_since
     language snoozed_until waiting_since spam_at spam_by trashed_at trashed_by closed_at closed_by locked_at thanks_at
     last_position last_item last_in_position preview has_attachments last_activity_at created_at updated_at`,
  ),
  messages: new Rows(
    'messages',
    `id conversation position direction at author_kind author_id author_name author_address text html html_safe sender
     recipients message_id`,
  ),
  comments: new Rows('comments', 'id conversation position at author_kind author_id author_name text'),
  events: new Rows('events', 'id seq at kind actor_kind actor_id conversation item position before after'),
  handoffs: new Rows('handoffs', 'conversation holder_kind holder_id began_at ended_at event'),
  tags: new Rows('conversation_tags', 'conversation tag tagged_at'),
  attachments: new Rows('attachments', 'message file name type size created_at'),
  deliveries: new Rows('deliveries', 'message recipient state attempts first_tried_at settled_at'),
  ledger: new Rows(
    'ledger',
    'received_at door inbox sha256 size envelope_from mode outcome settled_at tries from_address subject conversation item',
  ),
})
export type Tables = ReturnType<typeof tables>

type Fate = 'new' | 'open' | 'pending' | 'on_hold' | 'snoozed' | 'closed' | 'thanks' | 'spam' | 'trash'

/** One in twenty is still open, nearly all of them among the newest tenth. @param age 0: the newest, 1: the oldest */
function fateOf(age: number, { chance }: Making): Fate {
  if (chance.happens(age < 0.1 ? 0.45 : 0.0055)) {
    const draw = chance.next()
    if (draw < 0.3) return 'new'
    if (draw < 0.65) return 'open'
    if (draw < 0.88) return 'pending'
    return draw < 0.92 ? 'on_hold' : 'snoozed'
  }
  if (chance.happens(0.01)) return 'spam'
  if (chance.happens(0.005)) return 'trash'
  return chance.happens(0.03) ? 'thanks' : 'closed'
}

/** About four: mostly few, now and then a long exchange. */
function messageCount(fate: Fate, { chance }: Making): number {
  if (fate === 'new' || fate === 'spam') return 1
  let n = chance.whole(2, 4)
  while (n < 40 && chance.happens(0.52)) n += 1
  return n
}

export function makeConversation(
  id: number,
  startedAt: Date,
  age: number,
  making: Making,
  into: Tables,
): void {
  const { chance, cast, now } = making
  const fate = fateOf(age, making)
  const customer = chance.pick(making.customers)
  const inbox = chance.pick(cast.inboxes)
  const team = cast.teams[inbox.team]
  const agent = chance.pick(cast.agents)
  const speech = making.speech[customer.tongue]
  const subject = speech.subject()
  const assignee =
    fate === 'new' || fate === 'spam' || (fate === 'open' && chance.happens(0.4)) ? null : agent.id
  const count = messageCount(fate, making)
  let position = 0
  let at = startedAt
  let lastText = ''
  let lastItem = 0
  let lastIn = 0
  let waitingSince: Date | null = null
  let attached = false
  const event = (kind: string, actor: [string, Cell], before: object, told: object, shown: boolean) => {
    const eventId = making.nextItem()
    if (shown) position += 1
    into.events.add(
      ...[eventId, making.nextSeq(), at, kind, ...actor, id, null, shown ? position : null],
      ...[JSON.stringify(before), JSON.stringify(told)],
    )
    return eventId
  }
  const started = event(
    'conversation_started',
    ['customer', customer.id],
    {},
    { inbox: inbox.id, team },
    false,
  )
  for (let n = 0; n < count; n += 1) {
    const incoming = n === 0 || (fate === 'pending' ? n % 2 === 0 && n < count - 1 : n % 2 === 0)
    if (n > 0)
      at = new Date(Math.min(now.getTime(), at.getTime() + minutes(10) + chance.next() ** 3 * days(2)))
    const who = incoming ? customer : agent
    const text = letter(incoming, customer, agent.name, making)
    const item = making.nextItem()
    position += 1
    into.messages.add(
      ...[item, id, position, incoming ? 'in' : 'out', at, incoming ? 'customer' : 'agent', who.id, who.name],
      ...[who.address, text, incoming && chance.happens(0.4) ? html(text) : null, 1],
      JSON.stringify({ name: who.name, address: incoming ? customer.address : inbox.address }),
      JSON.stringify([
        incoming
          ? { name: null, address: inbox.address }
          : { name: customer.name, address: customer.address },
      ]),
      `demo-${item}@example.com`,
    )
    if (incoming) {
      lastIn = position
      waitingSince ??= at
      into.ledger.add(
        ...[
          at,
          'demo',
          inbox.id,
          createHash('sha256').update(`demo ${item}`).digest(),
          text.length,
          customer.address,
        ],
        ...['live', n === 0 ? 'started' : 'threaded', at, 1, customer.address, subject, id, item],
      )
    } else {
      waitingSince = null
      into.deliveries.add(item, customer.address, 'sent', 1, at, at)
    }
    if (incoming && chance.happens(0.05)) {
      attached = true
      const file = chance.pick(making.files)
      into.attachments.add(item, file.sha256, file.name, file.type, file.size, at)
    }
    if (n === 0 && assignee) event('assigned', ['agent', assignee], { assignee: null }, { assignee }, true)
    if (chance.happens(0.06)) {
      const comment = making.nextItem()
      position += 1
      into.comments.add(
        comment,
        id,
        position,
        at,
        'agent',
        agent.id,
        agent.name,
        speech.sentences(chance.whole(5, 25)),
      )
    }
    lastText = text
    lastItem = item
  }
  const lastAt = at
  const isClosed = fate === 'closed' || fate === 'thanks' || fate === 'trash'
  const closedAt = isClosed
    ? new Date(Math.min(now.getTime(), at.getTime() + chance.next() * hours(20)))
    : null
  const lockedAt = closedAt && after(closedAt, days(30)) < now ? after(closedAt, days(30)) : null
  if (closedAt) {
    at = closedAt
    event('closed', ['agent', agent.id], { category: 'pending' }, { category: 'solved' }, true)
  }
  const category = lockedAt
    ? 'closed'
    : isClosed
      ? 'solved'
      : fate === 'snoozed'
        ? 'open'
        : fate === 'spam'
          ? 'new'
          : fate
  const holder: [Cell, Cell] = isClosed
    ? [null, null]
    : fate === 'pending'
      ? ['customer', customer.id]
      : assignee
        ? ['agent', assignee]
        : ['team', team]
  const by = `agent:${agent.id}`
  into.conversations.add(
    ...[id, inbox.id, customer.id, customer.address, subject, category, priority(chance), assignee, team],
    ...[...holder, isClosed ? null : lastAt, customer.tongue],
    ...[
      fate === 'snoozed' ? after(now, hours(chance.whole(2, 90))) : null,
      isClosed || fate === 'pending' ? null : waitingSince,
    ],
    ...[
      fate === 'spam' ? lastAt : null,
      fate === 'spam' ? by : null,
      fate === 'trash' ? at : null,
      fate === 'trash' ? by : null,
    ],
    ...[closedAt, closedAt && by, lockedAt, fate === 'thanks' ? lastAt : null, position, lastItem, lastIn],
    ...[lastText.slice(0, 160).replace(/\s+/g, ' '), attached, lastAt, startedAt, at],
  )
  into.handoffs.add(
    id,
    ...(isClosed ? ['team', team, startedAt, closedAt, started] : [...holder, lastAt, null, started]),
  )
  if (chance.happens(0.3)) into.tags.add(id, chance.pick(making.tags), startedAt)
}

const priority = (chance: Chance) => {
  const draw = chance.next()
  return draw < 0.9 ? 'normal' : draw < 0.96 ? 'high' : draw < 0.98 ? 'urgent' : 'low'
}

function letter(incoming: boolean, customer: Customer, agent: string, { chance, speech }: Making): string {
  const russian = customer.tongue === 'ru'
  const body = speech[customer.tongue].sentences(Math.round(12 + chance.next() ** 3 * 240))
  const order = chance.happens(0.15)
    ? `${russian ? '\n\nЗаказ' : '\n\nOrder'} ORD-${chance.whole(100_000, 999_999)}`
    : ''
  const [hello, bye] = russian
    ? [`Здравствуйте${incoming ? '' : `, ${customer.name.split(' ')[0]}`}!`, 'С уважением,']
    : [incoming ? 'Hello,' : `Dear ${customer.name.split(' ')[0]},`, 'Kind regards,']
  return `${hello}\n\n${body}${order}\n\n${bye}\n${incoming ? customer.name : agent}`
}

/** Letters, digits and punctuation only: nothing to escape. */
const html = (text: string) =>
  text
    .split('\n\n')
    .map((paragraph) => `<p>${paragraph.replaceAll('\n', '<br />')}</p>`)
    .join('')
