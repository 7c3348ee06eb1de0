import Type, { type Static } from 'typebox'
import { Id, Named, Nullable, OneOf, Page, Time } from '../../shared/wire.ts'

/** At rest every message is exactly one of these; `waiting` and `failed` have another try due. */
export const outcomes = [
  'waiting',
  'failed',
  'threaded',
  'started',
  'comment',
  'bounce',
  'ignored',
  'quarantined',
  'refused',
] as const
export const Outcome = OneOf(
  'waiting',
  'failed',
  'threaded',
  'started',
  'comment',
  'bounce',
  'ignored',
  'quarantined',
  'refused',
)
export type Outcome = Static<typeof Outcome>
export const MailLogRow = Type.Object({
  id: Id,
  receivedAt: Time,
  door: OneOf('smtp', 'imap', 'pipe', 'import', 'webhook', 'outbox'),
  inbox: Named,
  from: Nullable(Type.String()),
  subject: Nullable(Type.String()),
  /** why subject and source are not here */
  gone: Nullable(OneOf('sealed', 'erased')),
  size: Type.Integer({ description: 'bytes' }),
  sha256: Type.String(),
  outcome: Outcome,
  reason: Nullable(Type.String()),
  tries: Type.Integer(),
  nextTryAt: Nullable(Time),
  conversation: Nullable(Type.Integer()),
  message: Nullable(Id),
})
export type MailLogRow = Static<typeof MailLogRow>
export const MailLogEntry = Type.Object({
  ...MailLogRow.properties,
  envelopeFrom: Nullable(Type.String()),
  envelopeTo: Type.Array(Type.String()),
  messageId: Nullable(Type.String()),
  settledAt: Nullable(Time),
  erasedBecause: Nullable(Type.String({ description: 'its source was erased' })),
  duplicateOf: Nullable(Type.String({ description: 'the entry that brought the same message first' })),
  history: Type.Array(Type.Object({ try: Type.Integer(), at: Time, error: Type.String() }), {
    description: 'tries that failed',
  }),
})
export type MailLogEntry = Static<typeof MailLogEntry>
export const MailLogPage = Page(MailLogRow)
export const LedgerSums = Type.Object({
  received: Type.Object({
    total: Type.Integer(),
    threaded: Type.Integer(),
    started: Type.Integer(),
    comment: Type.Integer(),
    bounce: Type.Integer(),
    ignored: Type.Integer(),
    quarantined: Type.Integer(),
    failed: Type.Integer(),
    waiting: Type.Integer(),
    difference: Type.Integer(),
  }),
  outgoing: Type.Object({
    total: Type.Integer(),
    sent: Type.Integer(),
    delivered: Type.Integer(),
    bounced: Type.Integer(),
    failed: Type.Integer(),
    cancelled: Type.Integer(),
    waiting: Type.Integer(),
    difference: Type.Integer(),
  }),
  demo: Type.Object(
    { total: Type.Integer(), difference: Type.Integer() },
    { description: 'what foyer demo made, counted apart' },
  ),
})
export type LedgerSums = Static<typeof LedgerSums>

/** What the doors counted and the rows there are differ. */
export const LedgerAlarm = Type.Object({
  since: Time,
  received: Type.Integer({ description: 'mails without a row; below 0: rows that were counted nowhere' }),
  outgoing: Type.Integer({ description: 'recipients without a delivery' }),
  seen: Nullable(Type.Object({ by: Type.String(), at: Time })),
})
export type LedgerAlarm = Static<typeof LedgerAlarm>
