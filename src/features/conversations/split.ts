// Chosen messages become a conversation of their own, linked both ways. They move, with their files, and so do the
// comments chosen with them; at least one message stays.
import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import { Refusal, refuseField } from '#platform/errors/refuse.ts'
import { asCategory, type By, type ConversationRow, changeLocked, refuseFinished } from './change.ts'
import { link } from './link.ts'
import { askedIn, markRead, moveItems, moveKnownIds, settleItems, waitingNow } from './move-items.ts'
import { unansweredSince } from './set-status.ts'
import { start } from './start.ts'
import { mergedUnder } from './survivor.ts'

interface Chosen {
  id: string
  type: 'message' | 'comment'
  direction: 'in' | 'out' | null
  author_kind: string
  author_id: string | null
  author_address: string | null
  subject: string | null
  channel: string | null
  medium: string | null
}

/**
 * @param row locked
 * @param items ids of messages and comments of it; 422 naming those that are none
 * @returns the new conversation
 */
export async function split(
  tx: Db,
  row: ConversationRow,
  { items, subject }: { items: string[]; subject?: string | undefined },
  by: By,
): Promise<ConversationRow> {
  refuseFinished(row)
  const chosen = await chosenOf(tx, row, items)
  const ids = chosen.map(({ id }) => id)
  const begun = await begin(tx, row, chosen, subject, by)
  await sql`
    insert into participants (conversation, customer, address, name, confirmed_at, confirmed_by, added_at, origin)
    select ${begun.id}, p.customer, p.address, p.name, p.confirmed_at, p.confirmed_by, ${by.at}, p.origin
    from participants p where p.conversation = ${row.id} and p.removed_at is null and p.customer <> ${begun.customer}
      and exists (select from messages m where m.id = any(${ids}::bigint[]) and (lower(m.author_address) = p.address
        or (m.recipients || m.copies) @> jsonb_build_array(jsonb_build_object('address', p.address))))`.execute(
    tx,
  )
  await sql`
    insert into conversation_access (conversation, agent, because, granted_at)
    select distinct ${begun.id}::bigint, a, 'mentioned', ${by.at}::timestamptz
    from comments k, unnest(k.mentions) a where k.id = any(${ids}::bigint[])`.execute(tx)
  const readers = await readersOf(tx, row)
  await moveItems(tx, {
    from: row,
    to: begun,
    which: sql<boolean>`i.id = any(${ids}::bigint[])`,
    origin: sql`null::bigint`,
  })
  await moveKnownIds(tx, ids, await mergedUnder(tx, row.id), begun.id)
  const made = await settleNew(tx, begun, row, by)
  await markRead(tx, made, readers, by.at)
  await settleOld(tx, row, made, ids.length, by)
  return made
}

async function chosenOf(tx: Db, row: ConversationRow, items: string[]): Promise<Chosen[]> {
  const { rows } = await sql<Chosen & { position: number }>`
    select id, 'message' as type, direction, author_kind, author_id, author_address, subject, channel, medium, at, position
      from messages where id = any(${items}::bigint[]) and conversation = ${row.id}
    union all select id, 'comment', null, author_kind, author_id, null, null, null, null, at, position
      from comments where id = any(${items}::bigint[]) and conversation = ${row.id} and deleted_at is null
    order by at, position`.execute(tx)
  const found = new Set(rows.map(({ id }) => id))
  const errors = items.flatMap((id, n) => (found.has(id) ? [] : [{ field: `items.${n}`, code: 'unknown' }]))
  if (errors.length > 0) throw new Refusal('invalid', { errors })
  const messages = rows.filter(({ type }) => type === 'message')
  if (messages.length === 0) refuseField('items', 'no_message')
  const { rows: whose } = await sql`
    select distinct h.customer from messages m join conversations h on h.id = coalesce(m.origin, m.conversation)
    where m.id = any(${items}::bigint[])`.execute(tx)
  // What one customer wrote would be quoted to the other.
  if (whose.length > 1) refuseField('items', 'several_customers')
  const { rows: stays } = await sql`
    select from messages where conversation = ${row.id} and id <> all(${items}::bigint[]) limit 1`.execute(tx)
  if (stays.length === 0) refuseField('items', 'all_chosen')
  return rows
}

/** Whose it is: the person outside who wrote first among the chosen; the subject is that of his message. */
async function begin(
  tx: Db,
  row: ConversationRow,
  chosen: Chosen[],
  subject: string | undefined,
  by: By,
): Promise<ConversationRow> {
  const messages = chosen.filter(({ type }) => type === 'message')
  const first = messages[0]!
  const writer = messages.find(
    ({ author_kind, author_id }) =>
      author_id && (author_kind === 'customer' || author_kind === 'participant'),
  )
  const known = writer ? await customerNow(tx, writer.author_id!) : null
  const customer = known ?? (await homeCustomer(tx, first.id))
  const own = customer === row.customer
  const address = writer?.author_address?.toLowerCase()
  return start(tx, {
    at: by.at,
    actor: by.actor,
    inbox: row.inbox,
    channel: writer ? writer.channel : row.channel,
    customer,
    customerAddress: address?.includes('@') ? address : own ? row.customer_address : null,
    subject: subject?.trim() || first.subject || row.subject,
    team: row.team,
    assignee: row.assignee,
    medium: first.medium ?? row.medium,
    language: own ? row.language : null,
  })
}

async function homeCustomer(tx: Db, message: string): Promise<string> {
  const { rows } = await sql<{ customer: string }>`
    select h.customer from messages m join conversations h on h.id = coalesce(m.origin, m.conversation)
    where m.id = ${message}`.execute(tx)
  return rows[0]!.customer
}

/** Joined customers go on as their survivor. */
async function customerNow(tx: Db, id: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    with recursive up (id, into_) as (
      select id, joined_into from customers where id = ${id}
      union select c.id, c.joined_into from up join customers c on c.id = up.into_)
    select id from up where into_ is null`.execute(tx)
  return rows[0]?.id ?? null
}

async function readersOf(tx: Db, { id, last_in_position }: ConversationRow): Promise<string[]> {
  const rows = await tx
    .selectFrom('read_positions')
    .select('agent')
    .where('conversation', '=', id)
    .where('position', '>=', last_in_position)
    .execute()
  return rows.map(({ agent }) => agent)
}

/** Open where its last words are the customer's; else as the old one is, where that waits for him or is closed. */
async function settleNew(
  tx: Db,
  begun: ConversationRow,
  row: ConversationRow,
  by: By,
): Promise<ConversationRow> {
  const settled = await settleItems(tx, begun.id)
  const since = await unansweredSince(tx, begun.id, by.at)
  const category = since ? 'open' : row.category === 'solved' ? 'solved' : 'pending'
  const { rows } = await sql<{ newest: number | null }>`
    select max(position) as newest from messages
    where conversation = ${begun.id} and direction = 'in' and automatic is null`.execute(tx)
  const set = {
    ...asCategory(settled, category, by.actor, by.at),
    ...(await askedIn(tx, begun.id)),
    waiting_since: since,
    last_in_position: rows[0]?.newest ?? 0,
  }
  await link(tx, { conversation: begun.id, other: row.id, kind: 'split_from', actor: by.actor, at: by.at })
  const told = { ...by, kind: 'split_off', set, always: true, after: { other: Number(row.id) } }
  return (await changeLocked(tx, settled, told)).row
}

async function settleOld(
  tx: Db,
  row: ConversationRow,
  made: ConversationRow,
  count: number,
  by: By,
): Promise<void> {
  await sql`
    update conversations c set last_in_position = coalesce((
      select max(m.position) from messages m where m.conversation = c.id and m.direction = 'in'
        and m.automatic is null and m.position <= c.last_in_position), 0)
    where c.id = ${row.id}`.execute(tx)
  const settled = await settleItems(tx, row.id)
  const set = {
    ...(await askedIn(tx, row.id)),
    waiting_since: settled.waiting_since && (await waitingNow(tx, settled, by.at)),
  }
  const told = { ...by, kind: 'split', set, always: true, after: { other: Number(made.id), count } }
  await changeLocked(tx, settled, told)
}
