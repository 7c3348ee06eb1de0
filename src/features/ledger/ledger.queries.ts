import { type RawBuilder, sql } from 'kysely'
import { type Sight, seenBy } from '#features/conversations/conversations.ts'
import type { Db } from '#platform/db/db.ts'
import { refuse } from '#platform/errors/refuse.ts'
import { decodeCursor, page } from '#platform/http/paging.ts'
import type { Entry } from './claim.ts'
import type { MailLogEntry, MailLogRow, Outcome } from './ledger.contract.ts'

/** A row belongs to who sees its conversation; without one, to who sees its inbox. */
const visible = (sight: Sight): RawBuilder<boolean> => sql<boolean>`case when l.conversation is null
  then l.inbox = any(${sight.inboxes}::bigint[])
  else exists (select from conversations c where c.id = l.conversation and ${seenBy(sight)}) end`

const rows = (db: Db, sight: Sight) =>
  db
    .selectFrom('ledger as l')
    .innerJoin('inboxes as i', 'i.id', 'l.inbox')
    .selectAll('l')
    .select('i.name as inbox_name')
    .where('l.door', '<>', 'demo')
    .where(visible(sight))
type Row = Awaited<ReturnType<ReturnType<typeof rows>['executeTakeFirstOrThrow']>>

export interface MailLogQuery {
  outcome?: string
  inbox?: string
  /** came at that moment or later */
  after?: string
  /** came before it */
  before?: string
  /** a part of subject, sender or recipient; a whole Message-ID or SHA-256 */
  q?: string
  limit?: number
  cursor?: string
}

/** Newest first. @param outcome a comma list */
export async function pageOfMailLog(
  db: Db,
  sight: Sight,
  { outcome, inbox, after, before, q, limit = 50, cursor }: MailLogQuery,
) {
  let query = rows(db, sight)
  if (outcome) query = query.where('l.outcome', 'in', outcome.split(',') as Outcome[])
  if (inbox) query = query.where('l.inbox', '=', inbox)
  if (after) query = query.where('l.received_at', '>=', new Date(after))
  if (before) query = query.where('l.received_at', '<', new Date(before))
  if (q?.trim()) query = query.where(holds(q.trim()))
  if (cursor) query = query.where('l.id', '<', decodeCursor(cursor, 1, [/^\d{1,18}$/])[0]!)
  const found = await query
    .orderBy('l.id', 'desc')
    .limit(limit + 1)
    .execute()
  return page(found, limit, show, ({ id }) => [id])
}

function holds(q: string): RawBuilder<boolean> {
  const like = `%${q.replace(/[\\%_]/g, '\\$&')}%`
  return sql<boolean>`(l.subject ilike ${like} or l.from_address ilike ${like} or l.envelope_from ilike ${like}
    or array_to_string(l.envelope_to, ' ') ilike ${like} or l.message_id = ${q.replace(/^<|>$/g, '')}
    or encode(l.sha256, 'hex') = ${q.toLowerCase()})`
}

export async function findMailLogEntry(db: Db, sight: Sight, id: string): Promise<MailLogEntry> {
  const row = await rows(db, sight).where('l.id', '=', id).executeTakeFirst()
  if (!row) refuse('not_found')
  const history = await db
    .selectFrom('ledger_tries')
    .select(['try', 'at', 'error'])
    .where('ledger', '=', id)
    .orderBy('try')
    .execute()
  return {
    ...show(row),
    envelopeFrom: row.envelope_from,
    envelopeTo: row.envelope_to,
    messageId: row.message_id,
    settledAt: row.settled_at?.toISOString() ?? null,
    erasedBecause: row.erased_at ? (row.erased_because ?? '') : null,
    duplicateOf: row.duplicate_of,
    history: history.map(({ try: number, at, error }) => ({ try: number, at: at.toISOString(), error })),
  }
}

/** The file with the raw source; null: it was erased, or never kept. */
export async function sourceOf(db: Db, sight: Sight, id: string): Promise<Buffer | null> {
  const row = await rows(db, sight).where('l.id', '=', id).executeTakeFirst()
  if (row?.seal) return refuse('sealed')
  return row && row.outcome !== 'refused' && !row.erased_at ? row.sha256 : null
}

/** As the receive flow takes it up. */
export async function entryOf(db: Db, id: string): Promise<Entry> {
  const { rows: found } = await sql<Entry>`
    select l.id, door, channel, (select kind from channels where id = l.channel) as kind, inbox, sha256, size::int,
      envelope_from as "envelopeFrom", envelope_to as "envelopeTo", mode, remote, received_at as "receivedAt", tries
    from ledger l where id = ${id}`.execute(db)
  return found[0] ?? refuse('not_found')
}

/** Where to ask again for a mail that its server did not hand out. @returns null: this is none */
export async function withheld(
  db: Db,
  id: string,
): Promise<{ channel: string | null; sourceKey: string | null } | null> {
  const row = await db
    .selectFrom('ledger')
    .select(['channel', 'source_key as sourceKey'])
    .where('id', '=', id)
    .where('outcome', '=', 'refused')
    .where('reason', '=', 'withheld')
    .executeTakeFirst()
  return row ?? null
}

const show = (row: Row): MailLogRow => ({
  id: row.id,
  receivedAt: row.received_at.toISOString(),
  door: row.door as MailLogRow['door'],
  inbox: { id: row.inbox, name: row.inbox_name },
  from: row.from_address ?? row.envelope_from,
  subject: row.subject,
  gone: row.erased_at ? 'erased' : row.seal ? 'sealed' : null,
  size: Number(row.size),
  sha256: row.sha256.toString('hex'),
  outcome: row.outcome,
  reason: row.reason,
  tries: row.tries,
  nextTryAt: row.next_try_at?.toISOString() ?? null,
  conversation: row.conversation === null ? null : Number(row.conversation),
  message: row.item,
})
