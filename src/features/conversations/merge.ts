// One conversation goes on in another. Its messages and comments move (nothing is copied), its events stay where they
// happened; the merged one stays as a stub that leads to the survivor, so its number, links and reply tokens work on.
// What the survivor was is kept beside, so that it can be undone at any time: unmerge.ts.
//
// Locks: both conversations in the order of their numbers, whoever merges or undoes.
import { sql } from 'kysely'
import { type Db, json } from '#platform/db/db.ts'
import { refuse, refuseField } from '#platform/errors/refuse.ts'
import { type By, type ConversationRow, changeLocked, refuseMerged } from './change.ts'
import { doneBy, mergedFields } from './merge-fields.ts'
import { askedIn, markRead, moveItems, settleItems } from './move-items.ts'

/** What a merge put into the survivor that was not there before. */
export interface Brought {
  tags: string[]
  participants: string[]
  followers: string[]
  access: { agent: string; because: string }[]
  drafts?: unknown[]
}

/** Drafts that went over whole: they go back with an undo. */
export async function rememberDrafts(tx: Db, merge: string, drafts: readonly object[]): Promise<void> {
  if (drafts.length > 0)
    await sql`update conversation_merges set brought = brought || ${json({ drafts })} where id = ${merge}`.execute(
      tx,
    )
}

/** 422 for itself; 409 where one is merged already, or the survivor is locked. */
export function refuseMerge(other: ConversationRow, survivor: ConversationRow): void {
  if (other.id === survivor.id) refuseField('into', 'same')
  refuseMerged(other)
  refuseMerged(survivor)
  if (survivor.category === 'closed') refuse('conversation_closed')
}

/** Both rows are locked. @returns the survivor as it stands now, and the merge's id */
export async function merge(
  tx: Db,
  other: ConversationRow,
  survivor: ConversationRow,
  by: By,
): Promise<{ row: ConversationRow; merge: string }> {
  refuseMerge(other, survivor)
  const newestIn = await newsOf(tx, other)
  const readers = await readersOf(tx, survivor, other)
  await moveItems(tx, {
    from: other,
    to: survivor,
    origin: sql<string>`coalesce(i.origin, ${other.id}::bigint)`,
  })
  await sql`update conversations set by_time = true where id in (${other.id}, ${survivor.id})`.execute(tx)
  const brought = await bring(tx, other, survivor, by)
  const settled = await settleItems(tx, survivor.id)
  const set = {
    ...mergedFields(settled, other, by),
    ...(await askedIn(tx, survivor.id)),
    channel: await channelNow(tx, settled, other),
    last_in_position: newestIn ? await positionOf(tx, newestIn) : settled.last_in_position,
  }
  const told = { ...by, always: true }
  const { row } = await changeLocked(tx, settled, {
    ...told,
    kind: 'merged_in',
    set,
    after: { other: Number(other.id) },
  })
  const stub = await changeLocked(tx, other, { ...told, kind: 'merged', set: { merged_into: survivor.id } })
  await markRead(tx, row, readers, by.at)
  const { id } = await tx
    .insertInto('conversation_merges')
    .values({
      merged: other.id,
      survivor: survivor.id,
      merged_at: by.at,
      merged_by: `${by.actor.kind}:${by.actor.id ?? ''}`,
      event: stub.event!,
      fields: json(doneBy(settled, row)),
      brought: json(brought),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { row, merge: id }
}

/** The message that makes it unread, where it is not over. */
async function newsOf(tx: Db, { id, category, last_in_position }: ConversationRow): Promise<string | null> {
  if (category === 'solved' || category === 'closed' || last_in_position === 0) return null
  const row = await tx
    .selectFrom('messages')
    .select('id')
    .where('conversation', '=', id)
    .where('position', '<=', last_in_position)
    .where('direction', '=', 'in')
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.id ?? null
}

async function positionOf(tx: Db, message: string): Promise<number> {
  const row = await tx
    .selectFrom('messages')
    .select('position')
    .where('id', '=', message)
    .executeTakeFirstOrThrow()
  return row.position
}

/** Agents who have read all there is in both: one that is over is read by everybody. */
async function readersOf(tx: Db, one: ConversationRow, other: ConversationRow): Promise<string[]> {
  const read = ({ id, category, last_in_position }: ConversationRow) =>
    category === 'solved' || category === 'closed' || last_in_position === 0
      ? sql`true`
      : sql`exists (select from read_positions r where r.conversation = ${id} and r.agent = a.agent
          and r.position >= ${last_in_position})`
  const { rows } = await sql<{ agent: string }>`
    select distinct a.agent from read_positions a
    where a.conversation in (${one.id}, ${other.id}) and ${read(one)} and ${read(other)}`.execute(tx)
  return rows.map(({ agent }) => agent)
}

/** Tags, participants, followers and whoever was mentioned or asked; the merged one keeps its own for the undo. */
async function bring(
  tx: Db,
  other: ConversationRow,
  survivor: ConversationRow,
  { at }: By,
): Promise<Brought> {
  const [from, to] = [other.id, survivor.id]
  // Whom one customer's matter was confirmed for is a stranger to the other's.
  const same = other.customer === survivor.customer
  const tags = await sql<{ tag: string }>`
    insert into conversation_tags (conversation, tag, tagged_at)
    select ${to}, tag, ${at} from conversation_tags where conversation = ${from}
    on conflict do nothing returning tag`.execute(tx)
  const participants = await sql<{ address: string }>`
    insert into participants (conversation, customer, address, name, confirmed_at, confirmed_by, added_at, origin)
    select distinct on (p.address) ${to}::bigint, p.customer, p.address, p.name,
      case when ${same} then p.confirmed_at end, case when ${same} then p.confirmed_by end, ${at}::timestamptz, p.origin
    from (
      select customer, address, name, confirmed_at, confirmed_by, origin, 1 as place from participants
        where conversation = ${from} and removed_at is null
      union all
      -- Somebody else's conversation: he takes part, and gets our replies once an agent says so.
      select c.customer, lower(c.customer_address), u.name, null, null, c.origin, 2 from conversations c
        join customers u on u.id = c.customer where c.id = ${from} and c.customer_address like '%@%') p
    where p.address <> coalesce(lower(${survivor.customer_address}::text), '') and p.customer <> ${survivor.customer}
    order by p.address, p.place
    on conflict do nothing returning address`.execute(tx)
  const followers = await sql<{ agent: string }>`
    insert into followers (conversation, agent, followed_at)
    select ${to}, agent, ${at} from (
      select agent from followers where conversation = ${from}
      union select assignee from conversations where id = ${from} and assignee is not null
        and assignee is distinct from ${survivor.assignee}::bigint) f
    on conflict do nothing returning agent`.execute(tx)
  const access = await sql<{ agent: string; because: string }>`
    insert into conversation_access (conversation, agent, because, granted_at)
    select ${to}, agent, because, ${at} from conversation_access where conversation = ${from}
    on conflict do nothing returning agent, because`.execute(tx)
  return {
    tags: tags.rows.map(({ tag }) => tag),
    participants: participants.rows.map(({ address }) => address),
    followers: followers.rows.map(({ agent }) => agent),
    access: access.rows,
  }
}

/** Where its customer wrote last: that is where he is answered. */
async function channelNow(tx: Db, survivor: ConversationRow, other: ConversationRow): Promise<string | null> {
  if (survivor.channel === other.channel || survivor.customer !== other.customer) return survivor.channel
  const last = await tx
    .selectFrom('messages')
    .select('channel')
    .where('conversation', '=', survivor.id)
    .where('direction', '=', 'in')
    .where('author_kind', '=', 'customer')
    .where('automatic', 'is', null)
    .where('medium', '<>', 'phone')
    .orderBy('at', 'desc')
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last ? last.channel : survivor.channel
}
