// The undo of a merge, whenever somebody finds that the two are two after all: what came from the merged one goes back,
// and what has since come in by its number, its reply tokens and its Message-IDs; fields of the survivor return where
// nobody has changed them since.
import { sql } from 'kysely'
import { type Db, json } from '#platform/db/db.ts'
import { refuse } from '#platform/errors/refuse.ts'
import { asCategory, type By, type ConversationRow, changeLocked, holderOf } from './change.ts'
import type { Brought } from './merge.ts'
import { type MergeDone, undoneFields } from './merge-fields.ts'
import { askedIn, markRead, moveItems, moveKnownIds, settleItems, waitingNow } from './move-items.ts'
import { unansweredSince } from './set-status.ts'
import { mergedUnder } from './survivor.ts'

interface MergeRow {
  id: string
  merged: string
  survivor: string
  merged_at: Date
  event: string
  fields: MergeDone
  brought: Brought
}

/**
 * @param root where it goes on now, at the end of all merges. Both are locked
 * @returns both as they stand now, and the drafts that had moved as they were
 */
export async function unmerge(
  tx: Db,
  stub: ConversationRow,
  root: ConversationRow,
  by: By,
): Promise<{ merged: ConversationRow; survivor: ConversationRow; moved: unknown[] }> {
  const known = await standing(tx, stub.id)
  if (!known) return refuse('not_found')
  await tx
    .updateTable('conversation_merges')
    .set({ undone_at: by.at, undone_by: `${by.actor.kind}:${by.actor.id ?? ''}` })
    .where('id', '=', known.id)
    .execute()
  const under = await mergedUnder(tx, stub.id)
  const readers = { merged: await readersOf(tx, stub), survivor: await readersOf(tx, root) }
  const { items } = await moveItems(tx, {
    from: root,
    to: stub,
    which: sql<boolean>`i.origin = any(${under}::bigint[])`,
    origin: sql<string | null>`nullif(i.origin, ${stub.id}::bigint)`,
  })
  const since = items.filter((item) => BigInt(item) > BigInt(known.event))
  await moveKnownIds(tx, items, [root.id], stub.id)
  await returnNotifications(tx, under, root.id, stub.id)
  await takeBackUp(tx, known, items)
  await goAlong(tx, since, root, stub)
  const survivor = await settleSurvivor(tx, root, known, stub, by)
  const merged = await settleMerged(tx, stub, since, by)
  const woken = merged.waiting_since !== null && since.length > 0
  const read = woken ? readers.survivor : [...new Set([...readers.merged, ...readers.survivor])]
  await markRead(tx, merged, read, by.at)
  return { merged, survivor, moved: known.brought.drafts ?? [] }
}

/** Agents who have read all there is in it. */
async function readersOf(tx: Db, { id, last_in_position }: ConversationRow): Promise<string[]> {
  const rows = await tx
    .selectFrom('read_positions')
    .select('agent')
    .where('conversation', '=', id)
    .where('position', '>=', last_in_position)
    .execute()
  return rows.map(({ agent }) => agent)
}

async function standing(tx: Db, merged: string): Promise<MergeRow | undefined> {
  const row = await tx
    .selectFrom('conversation_merges')
    .selectAll()
    .where('merged', '=', merged)
    .where('undone_at', 'is', null)
    .executeTakeFirst()
  return row as MergeRow | undefined
}

/** News that is about the conversation itself, not about an item. */
async function returnNotifications(tx: Db, under: string[], from: string, to: string): Promise<void> {
  await sql`
    update notifications n set conversation = ${to} from events e
    where n.conversation = ${from} and n.item is null and e.id = n.event
      and e.conversation = any(${under}::bigint[])`.execute(tx)
}

/**
 * What the merge brought leaves the survivor, and whatever that one was merged into since; what was put there by hand
 * later stays.
 */
async function takeBackUp(tx: Db, merge: MergeRow, items: string[]): Promise<void> {
  let first = true
  for (let next: MergeRow | undefined = merge; next; next = await standing(tx, next.survivor)) {
    await takeBack(tx, next, first, items)
    first = false
  }
}

async function takeBack(
  tx: Db,
  { merged, survivor, merged_at: at, brought }: MergeRow,
  all: boolean,
  items: string[],
) {
  /** further up only what the one below has lost */
  const lost = (table: string, column: string) =>
    all
      ? sql`true`
      : sql`not exists (select from ${sql.table(table)} b where b.conversation = ${merged}
          and b.${sql.ref(column)} = t.${sql.ref(column)})`
  await sql`
    delete from conversation_tags t where t.conversation = ${survivor} and t.tagged_at = ${at}
      and t.tag = any(${brought.tags}::bigint[]) and ${lost('conversation_tags', 'tag')}`.execute(tx)
  await sql`
    delete from participants t where t.conversation = ${survivor} and t.added_at = ${at}
      and (t.confirmed_at is null or t.confirmed_at <= ${at})
      and t.address = any(${brought.participants}::text[]) and ${lost('participants', 'address')}
      and not exists (select from messages m where m.conversation = ${survivor} and m.direction = 'in'
        and lower(m.author_address) = t.address)`.execute(tx)
  await sql`
    delete from followers t where t.conversation = ${survivor} and t.followed_at = ${at}
      and t.agent = any(${brought.followers}::bigint[]) and ${lost('followers', 'agent')}`.execute(tx)
  // Whoever is mentioned or asked in what stays goes on seeing it.
  await sql`
    delete from conversation_access t where t.conversation = ${survivor} and t.granted_at = ${at}
      and (t.agent, t.because) in (select (x ->> 'agent')::bigint, x ->> 'because'
        from jsonb_array_elements(${JSON.stringify(brought.access)}::jsonb) x)
      and ${lost('conversation_access', 'agent')}
      and not exists (select from comments k where k.conversation = ${survivor} and k.deleted_at is null
        and t.agent = any(k.mentions) and k.id <> all(${items}::bigint[]))
      and not exists (select from consults q where q.conversation = ${survivor} and q.kind = 'agent'
        and q.whom = t.agent)`.execute(tx)
}

/** Whoever takes part since then by what goes back alone goes with it. */
async function goAlong(tx: Db, since: string[], root: ConversationRow, stub: ConversationRow): Promise<void> {
  const on = sql`m.direction = 'in' and (lower(m.author_address) = p.address
    or (m.recipients || m.copies) @> jsonb_build_array(jsonb_build_object('address', p.address)))`
  await sql`
    with gone as (
      delete from participants p where p.conversation = ${root.id}
        and coalesce(p.confirmed_by, '') not like 'agent:%'
        and exists (select from messages m where m.id = any(${since}::bigint[]) and ${on})
        and not exists (select from messages m where m.conversation = ${root.id} and ${on})
      returning *)
    insert into participants (conversation, customer, address, name, confirmed_at, confirmed_by, removed_at, added_at, origin)
    select ${stub.id}, customer, address, name, confirmed_at, confirmed_by, removed_at, added_at, origin from gone
    where customer <> ${stub.customer}
    on conflict do nothing`.execute(tx)
}

async function settleSurvivor(
  tx: Db,
  root: ConversationRow,
  known: MergeRow,
  stub: ConversationRow,
  by: By,
): Promise<ConversationRow> {
  await sql`
    update conversations c set last_in_position = coalesce((
      select max(m.position) from messages m where m.conversation = c.id and m.direction = 'in'
        and m.automatic is null and m.position <= c.last_in_position), 0)
    where c.id = ${root.id}`.execute(tx)
  const settled = await settleItems(tx, root.id)
  const own = known.survivor === root.id
  const fields = own ? undoneFields(settled, await stillTrue(tx, root.id, known), by) : {}
  const next = { ...settled, ...fields } as ConversationRow
  const waits = await waitingNow(tx, next, by.at)
  const set = {
    ...fields,
    ...(await askedIn(tx, root.id)),
    waiting_since: next.waiting_since && waits,
  }
  const told = { ...by, kind: 'merge_undone', set, always: true, after: { other: Number(stub.id) } }
  const { row } = await changeLocked(tx, settled, told)
  if (!own) await returnBelow(tx, known, by)
  return row
}

/** Where its own customer has written since, it would be open and awake by that alone: that stays. */
async function stillTrue(tx: Db, root: string, { fields, event }: MergeRow): Promise<MergeDone> {
  const { rows } = await sql`
    select from messages where conversation = ${root} and direction = 'in' and automatic is null
      and author_kind in ('customer', 'participant') and id > ${event} limit 1`.execute(tx)
  if (rows.length === 0) return fields
  const {
    category: _1,
    status_name: _2,
    waiting_since: _3,
    snoozed_until: _4,
    snoozed_by: _5,
    ...columns
  } = fields.columns
  return { ...fields, columns }
}

/** The one it was merged into is merged itself by now: what it was before waits there for the undo of that. */
async function returnBelow(tx: Db, { survivor, fields }: MergeRow, by: By): Promise<void> {
  const row = await tx
    .selectFrom('conversations')
    .selectAll()
    .where('id', '=', survivor)
    .executeTakeFirstOrThrow()
  const set = undoneFields(row, fields, by)
  const holder = holderOf({ ...row, ...set } as ConversationRow)
  await tx
    .updateTable('conversations')
    .set({ ...set, fields: json(set.fields ?? row.fields), holder_kind: holder.kind, holder_id: holder.id })
    .where('id', '=', survivor)
    .execute()
}

async function settleMerged(
  tx: Db,
  stub: ConversationRow,
  since: string[],
  by: By,
): Promise<ConversationRow> {
  const settled = await settleItems(tx, stub.id)
  const { newest, woke } = await newsIn(tx, stub.id, since)
  const over = stub.category === 'solved' || stub.category === 'closed'
  // A reply of ours may have been undone meanwhile: then he waits.
  const unanswered = stub.category === 'pending' && (await unansweredSince(tx, stub.id, by.at)) !== null
  const opens = (woke && (over || stub.category === 'pending')) || unanswered
  const opened = opens ? asCategory(settled, 'open', by.actor, by.at) : {}
  const waits = await waitingNow(tx, { ...settled, ...opened } as ConversationRow, by.at)
  const set = {
    ...opened,
    ...(woke ? { snoozed_until: null, snoozed_by: null } : {}),
    ...(await askedIn(tx, stub.id)),
    ...(await stillThere(tx, stub)),
    merged_into: null,
    waiting_since: waits,
    last_in_position: stub.last_in_position === 0 && !woke ? 0 : newest,
  }
  const told = { ...by, kind: 'unmerged', set, always: true }
  return (await changeLocked(tx, settled, told)).row
}

/** Who had it may have gone meanwhile: then its team has it, and without that the inbox's. */
async function stillThere(
  tx: Db,
  { id }: ConversationRow,
): Promise<Pick<ConversationRow, 'assignee' | 'team'>> {
  const { rows } = await sql<Pick<ConversationRow, 'assignee' | 'team'>>`
    select (select a.id from agents a where a.id = c.assignee and a.removed_at is null) as assignee,
      coalesce((select t.id from teams t where t.id = c.team and t.removed_at is null), i.team) as team
    from conversations c join inboxes i on i.id = c.inbox where c.id = ${id}`.execute(tx)
  return rows[0]!
}

/** Where its newest words from outside stand, and whether some came since it was merged. */
async function newsIn(
  tx: Db,
  conversation: string,
  since: string[],
): Promise<{ newest: number; woke: boolean }> {
  const { rows } = await sql<{ newest: number | null; woke: boolean | null }>`
    select max(position) as newest, bool_or(id = any(${since}::bigint[])) as woke from messages
    where conversation = ${conversation} and direction = 'in' and automatic is null`.execute(tx)
  return { newest: rows[0]?.newest ?? 0, woke: rows[0]?.woke === true }
}
