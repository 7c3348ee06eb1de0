// What crosses the wire about a conversation. The shapes are those of the guide docs/guides/api.md;
// scripts of other people rely on them: add, never rename.
import Type, { type Static } from 'typebox'
import { Id, Named, Nullable, OneOf, Page, PageQuery, Person, Time } from '../../shared/wire.ts'
import { TagName } from '../tags/tags.contract.ts'

export const categories = ['new', 'open', 'pending', 'on_hold', 'solved', 'closed'] as const
export type Category = (typeof categories)[number]
export const Category = OneOf('new', 'open', 'pending', 'on_hold', 'solved', 'closed')
export const Priority = OneOf('low', 'normal', 'high', 'urgent')
export type Priority = Static<typeof Priority>

export const Holder = Type.Object({
  kind: OneOf('agent', 'team', 'collaborator', 'partner', 'customer'),
  id: Nullable(Id),
  name: Nullable(Type.String()),
})
export type Holder = Static<typeof Holder>

/** A question to people inside or partners outside; answered by mail or in the browser, as a comment. */
export const Consult = Type.Object({
  id: Id,
  state: OneOf('open', 'answered', 'withdrawn'),
  to: Type.Object({
    kind: OneOf('agent', 'team', 'partner'),
    id: Id,
    name: Type.String(),
    address: Nullable(Type.String()),
  }),
  askedBy: Named,
  askedAt: Time,
  answerBy: Time,
  endedAt: Nullable(Time),
  nudges: Type.Integer({ description: 'how often they were reminded' }),
  question: Id,
  answer: Nullable(Id),
  failed: Nullable(
    Type.String({ description: "a mail of it came back or did not leave: the server's words" }),
  ),
})
export type Consult = Static<typeof Consult>

const seconds = {
  seconds: Type.Integer({ description: 'by the clock' }),
  workingSeconds: Type.Integer({ description: "in the working time of the inbox's calendar" }),
}
export const Held = Type.Object({ holder: Holder, from: Time, until: Nullable(Time), ...seconds })
export type Held = Static<typeof Held>
export const Handoffs = Type.Object({
  items: Type.Array(Held),
  totals: Type.Array(Type.Object({ holder: Holder, ...seconds }), { description: 'the longest first' }),
})
export type Handoffs = Static<typeof Handoffs>

export const DeliveryState = OneOf(
  'scheduled',
  'held',
  'queued',
  'sending',
  'uncertain',
  'sent',
  'delivered',
  'read',
  'failed',
  'bounced',
  'cancelled',
)
export type DeliveryState = Static<typeof DeliveryState>
/** The message shows the worst state of its recipients: the first of this list that occurs. */
export const worstFirst: DeliveryState[] = [
  'failed',
  'bounced',
  'uncertain',
  'sending',
  'queued',
  'held',
  'scheduled',
  'cancelled',
  'sent',
  'delivered',
  'read',
]

export const Attachment = Type.Object({
  id: Id,
  name: Type.String(),
  type: Type.String({ description: 'media type, as declared by the sender' }),
  size: Type.Integer({ description: 'bytes' }),
  inline: Type.Boolean({ description: 'shown inside the text by Content-ID' }),
  contentId: Nullable(Type.String({ description: 'what the HTML calls it: cid:…' })),
  mark: Nullable(Type.String({ description: 'calendar, smime, pgp, tnef: told beside its name' })),
  seal: Nullable(
    Type.String({ description: 'the seal it is behind: without name and kind, not to be fetched' }),
  ),
})
export type Attachment = Static<typeof Attachment>

export const Delivery = Type.Object({
  recipient: Type.String(),
  state: DeliveryState,
  attempts: Type.Array(
    Type.Object({
      at: Time,
      code: Nullable(Type.String({ description: "the server's reply code, where there was one" })),
      text: Type.String({ description: "the server's words, or ours in your language" }),
    }),
  ),
})
export type Delivery = Static<typeof Delivery>

export const Author = Type.Object({
  kind: OneOf('customer', 'participant', 'agent', 'collaborator', 'rule', 'system'),
  id: Nullable(Id),
  name: Nullable(Type.String()),
  address: Nullable(Type.String()),
})
export type Author = Static<typeof Author>

/** A name and an address as they stood in the mail. */
export const Mailbox = Type.Object({ name: Nullable(Type.String()), address: Type.String() })
export type Mailbox = Static<typeof Mailbox>

const itemBase = {
  id: Id,
  position: Type.Integer({
    description: 'order in the conversation, from 1; after a merge by time, and so not the same for ever',
  }),
  at: Time,
  author: Author,
}
const origin = Nullable(
  Type.Integer({ description: 'the conversation it came from by merging, until that is undone' }),
)
export const Message = Type.Object({
  ...itemBase,
  type: Type.Literal('message'),
  origin,
  direction: OneOf('in', 'out'),
  medium: Type.String({ description: 'mail, phone, custom …' }),
  subject: Nullable(Type.String()),
  text: Type.String({ description: 'plain text, whole' }),
  html: Nullable(
    Type.String({
      description:
        'sanitised; pictures of the mail as cid:, remote ones untouched; history and signature carry class foyer-fold',
    }),
  ),
  /** Where the new words end and quoted history or the signature begin, as offsets into text; null: nothing to fold. */
  fold: Nullable(Type.Object({ from: Type.Integer(), to: Type.Integer() })),
  from: Nullable(Mailbox),
  to: Type.Array(Mailbox),
  cc: Type.Array(Mailbox),
  automatic: Type.Boolean({ description: 'sent by a machine: vacation text, list, notification' }),
  verified: Nullable(
    Type.Boolean({ description: 'DMARC-aligned (or signed by the channel); null: unknown' }),
  ),
  evidence: Nullable(
    Type.Object(
      {
        by: OneOf('door', 'server', 'signature'),
        server: Nullable(Type.String()),
        spf: Nullable(Type.String()),
        dkim: Nullable(Type.String()),
        dmarc: Nullable(Type.String()),
        arc: Nullable(Type.String()),
        sealer: Nullable(Type.String()),
      },
      { description: 'what was looked at to know whether it is its sender’s, in the words of RFC 8601' },
    ),
  ),
  attachments: Type.Array(Attachment),
  state: Nullable(DeliveryState),
  undoUntil: Nullable(Time),
  sendAt: Nullable(Time),
  callSeconds: Nullable(
    Type.Integer({ description: 'how long the call took; null: not a call, or not known' }),
  ),
  stopped: Type.Boolean({
    description: 'held back by something new: a person sends it anyway, or takes it back',
  }),
  erased: Nullable(
    Type.Object(
      { at: Time, by: Nullable(Type.String()), reason: Nullable(Type.String()) },
      { description: 'its words and files are nowhere any more' },
    ),
  ),
  hints: Type.Array(OneOf('card', 'passport'), {
    description: 'seems to carry a card number or a passport; until it is checked (PUT /messages/:id/check)',
  }),
  sealed: Nullable(
    Type.Object(
      { id: Id, at: Time, by: Nullable(Type.String()), reason: Type.String() },
      { description: 'its words are behind this seal: POST /seals/:id/openings' },
    ),
  ),
  deliveries: Type.Array(Delivery),
})
export type Message = Static<typeof Message>
export const Comment = Type.Object({
  ...itemBase,
  type: Type.Literal('comment'),
  origin,
  text: Type.String(),
  html: Nullable(Type.String()),
  consults: Type.Array(Consult, { description: 'whom it asks' }),
  answers: Nullable(
    Type.Object(
      {
        consult: Id,
        invited: Nullable(Type.Boolean({ description: 'false: the question was forwarded to its author' })),
        verified: Nullable(Type.Boolean({ description: "its author's address is proven" })),
        byMail: Type.Boolean(),
      },
      { description: 'it answers a consult' },
    ),
  ),
  mentions: Type.Array(Named),
  stop: Type.Boolean({ description: 'stops replies of people who have not seen it' }),
  attachments: Type.Array(Attachment),
  editedAt: Nullable(Time),
  deletedAt: Nullable(Time),
  deletedBy: Nullable(Named),
})
export type Comment = Static<typeof Comment>
export const TimelineEvent = Type.Object({
  ...itemBase,
  type: Type.Literal('event'),
  kind: Type.String({ description: 'what happened, e.g. status_changed' }),
  before: Type.Record(Type.String(), Type.Unknown()),
  after: Type.Record(Type.String(), Type.Unknown()),
})
export type TimelineEvent = Static<typeof TimelineEvent>
export const Item = Type.Union([Message, Comment, TimelineEvent])
export type Item = Static<typeof Item>

/** Custom fields by name; null removes one. */
export const Fields = Type.Record(
  Type.String({ pattern: '^[^\\s].{0,59}$' }),
  Nullable(Type.Union([Type.String({ maxLength: 2000 }), Type.Number(), Type.Boolean()])),
)
export type Fields = Static<typeof Fields>

export const Conversation = Type.Object({
  number: Type.Integer(),
  subject: Type.String(),
  status: Type.Object({ category: Category, name: Type.String() }),
  priority: Priority,
  holder: Nullable(Holder),
  holderSince: Nullable(Time),
  assignee: Nullable(Named),
  team: Nullable(Named),
  inbox: Type.Object({ id: Id, name: Type.String(), address: Type.String() }),
  customer: Type.Object({
    ...Person.properties,
    vip: Type.Boolean(),
    hint: Nullable(Type.String({ description: 'what everybody should know before he answers' })),
  }),
  participants: Type.Array(
    Type.Object({ ...Person.properties, confirmed: Type.Boolean({ description: 'gets our replies' }) }),
  ),
  tags: Type.Array(Type.String()),
  topic: Nullable(Type.String()),
  fields: Fields,
  links: Type.Array(Type.Object({ kind: Type.String(), number: Type.Integer() })),
  mergedInto: Nullable(Type.Integer()),
  merged: Type.Array(Type.Object({ number: Type.Integer(), subject: Type.String(), into: Type.Integer() }), {
    description: 'what was merged into it, the first first; `into`: one of those it was merged into before',
  }),
  snoozedUntil: Nullable(Time),
  waitingSince: Nullable(Time),
  consults: Type.Array(Consult, { description: 'the open ones, the first first' }),
  strayed: Type.Array(Named, { description: 'the teams that said "not ours", in order' }),
  spam: Type.Boolean(),
  spamVerdict: Nullable(
    Type.Object(
      {
        by: OneOf('learned', 'filter'),
        words: Type.Array(Type.String(), { description: 'what speaks most for spam; strongest first' }),
      },
      { description: 'why it began as spam: learned from what agents marked, or a filter before the desk' },
    ),
  ),
  trashed: Type.Boolean(),
  unread: Type.Boolean(),
  following: Type.Boolean(),
  /** The last words, one line, for the list. */
  preview: Type.String(),
  hasAttachments: Type.Boolean(),
  /** What the reader himself has begun here and not sent; stopped: the guard stopped it. */
  draft: Nullable(OneOf('reply', 'comment', 'stopped')),
  drafts: Type.Array(Type.Object({ agent: Named, since: Time }), {
    description: 'who has begun a reply and not sent it, the first first; what he writes is not told',
  }),
  lastItem: Nullable(Id),
  /** When the last words were said; changes of fields do not count. */
  lastActivityAt: Time,
  createdAt: Time,
  updatedAt: Time,
})
export type Conversation = Static<typeof Conversation>
export const OpenedConversation = Type.Object({
  ...Conversation.properties,
  items: Type.Array(Item, { description: 'the newest, oldest first' }),
  olderCursor: Nullable(Type.String({ description: 'pass as ?before= to go on towards the beginning' })),
  newerCursor: Nullable(Type.String({ description: 'pass as ?after= to go on towards the newest' })),
  arranged: Type.Integer({
    description:
      'how often items came or went by merging and splitting; with another number read all of it anew',
  }),
})
export type OpenedConversation = Static<typeof OpenedConversation>

/** What two conversations would be as one; `survivor` and `merged` as they are now. */
export const MergePreview = Type.Object({
  survivor: Conversation,
  merged: Conversation,
  result: Type.Object({
    status: Conversation.properties.status,
    priority: Priority,
    holder: Conversation.properties.holder,
    waitingSince: Nullable(Time),
    snoozedUntil: Nullable(Time),
    tags: Type.Array(Type.String()),
    participants: Conversation.properties.participants,
  }),
  warnings: Type.Array(OneOf('other_customer', 'other_inbox', 'fewer_see', 'locked'), {
    description:
      'other_customer: two people write here from now on. other_inbox: they came to different inboxes. fewer_see: ' +
      'somebody who sees the merged one will not see it any more. locked: the merged one is locked',
  }),
})
export type MergePreview = Static<typeof MergePreview>

/** Another conversation of the same customer that may be the same matter. */
export const MergeSuggestion = Type.Object({
  number: Type.Integer(),
  subject: Type.String(),
  createdAt: Time,
  reason: OneOf('same_words', 'same_number', 'same_subject'),
  what: Type.String({ description: 'same_number: the number' }),
})
export type MergeSuggestion = Static<typeof MergeSuggestion>
export const ConversationPage = Page(Conversation)

export const builtInViews = [
  'mine',
  'unassigned',
  'my-teams',
  'all',
  'open',
  'pending',
  'snoozed',
  'closed',
  'spam',
  'trash',
  'drafts',
  'mentioned',
  'thanks',
  'stuck',
] as const
export type BuiltInView = (typeof builtInViews)[number]

const list = (what: string) => Type.Optional(Type.String({ maxLength: 1000, description: what }))
/** Filters of a list and of a saved view: comma lists of ids or names, `me`, `none`. */
export const Filters = {
  status: list('categories or own status names'),
  assignee: list('agent ids, me, none'),
  team: list('team ids, mine, none'),
  inbox: list('inbox ids'),
  tag: list('tags, none'),
  priority: list('priorities'),
  customer: list('customer ids'),
  topic: list('topics, none'),
  q: list('search words'),
}
export const Sort = OneOf('due', 'waiting', 'priority', 'newest', 'oldest', 'updated')
export type Sort = Static<typeof Sort>
export const ConversationQuery = Type.Object({
  view: Type.Optional(Type.String({ maxLength: 60, description: 'a saved view id or a built-in view' })),
  ...Filters,
  numbers: list('only those of these conversations that are in the list'),
  sort: Type.Optional(Sort),
  ...PageQuery,
})
export type ConversationQuery = Static<typeof ConversationQuery>
/** Every number of a list, in its order: what "all of this view" means. */
export const ConversationNumbers = Type.Object({
  numbers: Type.Array(Type.Integer()),
  capped: Type.Boolean({ description: 'there are more; these are the first of them' }),
})

export const MailboxInput = Type.Union([
  Type.String({ maxLength: 500, description: 'address, or Name <address>' }),
  Type.Object({
    name: Type.Optional(Nullable(Type.String({ maxLength: 200 }))),
    address: Type.String({ maxLength: 320 }),
  }),
])
export type MailboxInput = Static<typeof MailboxInput>
const body = {
  text: Type.Optional(Type.String({ maxLength: 500_000 })),
  html: Type.Optional(Type.String({ maxLength: 1_000_000 })),
  attachments: Type.Optional(Type.Array(Id, { maxItems: 100 })),
}
export const Then = Type.Object({
  status: Type.Optional(Type.String()),
  assignee: Type.Optional(Nullable(Type.String())),
  snooze: Type.Optional(Time),
})
export type Then = Static<typeof Then>
/** What is said of a call beside its words. */
export const NewCall = Type.Object({
  seconds: Type.Optional(Type.Integer({ minimum: 0, maximum: 86_400, description: 'how long it took' })),
  summary: Type.Optional(
    Type.Object({
      text: Type.String({ minLength: 1, maxLength: 500_000, description: 'mailed to the customer' }),
    }),
  ),
})
export type NewCall = Static<typeof NewCall>
export const NewConversation = Type.Object({
  inbox: Type.String({ description: 'inbox id or address' }),
  customer: Type.Object({
    id: Type.Optional(Id),
    name: Type.Optional(Type.String({ maxLength: 200 })),
    address: Type.Optional(Type.String({ maxLength: 320 })),
    phone: Type.Optional(Type.String({ maxLength: 50 })),
  }),
  subject: Type.String({ minLength: 1, maxLength: 500 }),
  topic: Type.Optional(Type.String({ maxLength: 200 })),
  message: Type.Object({
    ...body,
    to: Type.Optional(Type.Array(MailboxInput, { maxItems: 100 })),
    cc: Type.Optional(Type.Array(MailboxInput, { maxItems: 100 })),
  }),
  direction: OneOf('out', 'in'),
  medium: Type.Optional(OneOf('mail', 'phone')),
  assignee: Type.Optional(Type.String({ description: 'agent id, me or address' })),
  team: Type.Optional(Id),
  tags: Type.Optional(Type.Array(TagName, { maxItems: 50 })),
  call: Type.Optional(NewCall),
  /** what becomes of it at once; after a mail to the customer `pending`, after a call as it is */
  then: Type.Optional(Then),
})
export type NewConversation = Static<typeof NewConversation>
export const Quote = OneOf('none', 'last', 'all')
export type Quote = Static<typeof Quote>
export const NewMessage = Type.Object({
  ...body,
  to: Type.Optional(Type.Array(MailboxInput, { maxItems: 100 })),
  cc: Type.Optional(Type.Array(MailboxInput, { maxItems: 100 })),
  bcc: Type.Optional(Type.Array(MailboxInput, { maxItems: 100 })),
  quote: Type.Optional(Quote),
  lastSeen: Type.Optional(Id),
  sendAnyway: Type.Optional(Type.Boolean()),
  sendAt: Type.Optional(Time),
  unlessCustomerWrites: Type.Optional(Type.Boolean()),
  then: Type.Optional(Then),
})
export type NewMessage = Static<typeof NewMessage>
export const NewForward = Type.Object({
  to: Type.Union([MailboxInput, Type.Array(MailboxInput, { minItems: 1, maxItems: 100 })]),
  text: Type.Optional(Type.String({ maxLength: 500_000, description: 'what you say about it' })),
  html: Type.Optional(Type.String({ maxLength: 1_000_000, description: 'the same with formatting' })),
  item: Type.Optional(Id),
  files: Type.Optional(
    Type.Array(Id, {
      maxItems: 100,
      description: "those of the message's attachments that go along; else all",
    }),
  ),
  attachments: Type.Optional(Type.Array(Id, { maxItems: 100, description: 'your own, uploaded before' })),
  asAttachment: Type.Optional(
    Type.Boolean({ description: 'the mail as it came, as a file, instead of its words' }),
  ),
})
export type NewForward = Static<typeof NewForward>
export const NewComment = Type.Object({
  ...body,
  mentions: Type.Optional(Type.Array(Id, { maxItems: 50, description: 'agents' })),
  stop: Type.Optional(Type.Boolean()),
})
export type NewComment = Static<typeof NewComment>
export const BulkChange = Type.Object({
  numbers: Type.Array(Type.Integer({ minimum: 1 }), { minItems: 1, maxItems: 500 }),
  do: Type.Object({
    assignee: Type.Optional(Nullable(Type.String())),
    team: Type.Optional(Nullable(Id)),
    status: Type.Optional(Type.String()),
    priority: Type.Optional(Priority),
    addTags: Type.Optional(Type.Array(TagName, { maxItems: 50 })),
    removeTags: Type.Optional(Type.Array(TagName, { maxItems: 50 })),
    snooze: Type.Optional(Nullable(Time)),
    spam: Type.Optional(Type.Boolean()),
    trash: Type.Optional(Type.Boolean()),
    read: Type.Optional(Type.Boolean()),
  }),
})
export type BulkChange = Static<typeof BulkChange>
export const BulkAnswer = Type.Object({
  id: Id,
  answers: Type.Array(
    Type.Object({
      number: Type.Integer(),
      ok: Type.Boolean(),
      code: Type.Optional(Type.String()),
      text: Type.Optional(Type.String()),
    }),
  ),
})
export type BulkAnswer = Static<typeof BulkAnswer>
export const SearchHit = Type.Object({
  conversation: Conversation,
  snippets: Type.Array(
    Type.Object({ item: Id, html: Type.String({ description: 'escaped, only <mark> is live' }) }),
  ),
})
export type SearchHit = Static<typeof SearchHit>
