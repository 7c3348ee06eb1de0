// Two customers become one, and two again whenever somebody finds that they are not.
//
// Nothing is copied and nothing is lost: whatever belongs to the one who is joined goes to the survivor and remembers in
// `origin` whose it was; taking them apart gives it back by that, and with it what came since on his addresses. The
// joined customer's own row stays as it was, so his old id leads to the survivor and his name is there again after.
//
// Locks are always taken in the same order: conversations by id, customers by id, then what belongs to them.
import { sql } from 'kysely'
import { type Db, json } from '#platform/db/db.ts'
import { refuse, refuseField } from '#platform/errors/refuse.ts'
import { type Actor, append, type By } from '#platform/events/events.ts'
import { lockAllOf, regive, settleOrigins } from '../conversations/conversations.ts'
import { backToEmpty, type Filled, fill } from './fill.ts'
import { everyoneIn } from './survivor-of.ts'

export type JoinReason = 'by_hand' | 'verified'
const said = ({ kind, id }: Actor) => `${kind}:${id ?? ''}`

/** `other` becomes part of `survivor`; both must be nobody's part yet (409 `changed_since` when a race made them so). */
export async function join(
  tx: Db,
  { survivor, other, reason }: { survivor: string; other: string; reason: JoinReason },
  by: By,
): Promise<void> {
  if (survivor === other) refuseField('customer', 'same')
  await lockBoth(tx, survivor, other)
  await settleOrigins(tx, survivor)
  await settleOrigins(tx, other)
  const filled = await fill(tx, survivor, other)
  await tx.updateTable('customers').set({ joined_into: survivor }).where('id', '=', other).execute()
  await moveAll(tx, { from: other, to: survivor, origins: null }, 'customer_joined', by)
  await tx
    .insertInto('customer_joins')
    .values({
      survivor,
      joined: other,
      reason,
      filled: json(filled),
      joined_at: by.at,
      joined_by: said(by.actor),
    })
    .execute()
  await append(tx, { ...by, kind: 'customer_joined', after: { customer: survivor, joined: other, reason } })
}

/**
 * Takes `joined` out again, with everybody who had been joined into him before.
 * @param within whose page it is asked on: the survivor at the end of all joins
 */
export async function undoJoin(tx: Db, joined: string, by: By, within: string): Promise<void> {
  const { rows } = await sql<{ id: string; survivor: string }>`
    select id, survivor from customer_joins where joined = ${joined} and undone_at is null`.execute(tx)
  const known = rows[0] ?? refuse('not_found')
  const root = await rootOf(tx, joined)
  if (root !== within) refuse('not_found')
  await lockBoth(tx, root, joined, false)
  if ((await rootOf(tx, joined)) !== root) refuse('changed_since')
  await settleOrigins(tx, root)
  const done = await tx
    .updateTable('customer_joins')
    .set({ undone_at: by.at, undone_by: said(by.actor) })
    .where('id', '=', known.id)
    .where('undone_at', 'is', null)
    .returning(['survivor', 'filled'])
    .executeTakeFirst()
  if (!done) return refuse('changed_since')
  const origins = await everyoneIn(tx, joined)
  await tx.updateTable('customers').set({ joined_into: null }).where('id', '=', joined).execute()
  await moveAll(tx, { from: root, to: joined, origins }, 'customer_separated', by)
  await backToEmpty(tx, done.survivor, done.filled as Filled)
  await append(tx, { ...by, kind: 'customer_separated', after: { customer: root, joined } })
  await append(tx, { ...by, kind: 'customer_separated', after: { customer: joined, from: root } })
}

/** Both customers and all their conversations, in the one order; new ones that came while we waited, too. */
async function lockBoth(tx: Db, one: string, other: string, free = true): Promise<void> {
  await lockAllOf(tx, [one, other])
  const { rows } = await sql<{ joined_into: string | null }>`
    select joined_into from customers where id in (${one}, ${other}) order by id for update`.execute(tx)
  if (rows.length < 2) refuse('not_found')
  if (free && rows.some(({ joined_into }) => joined_into !== null)) refuse('changed_since')
  await lockAllOf(tx, [one, other])
}

async function rootOf(tx: Db, id: string): Promise<string> {
  let next: string | null = id
  for (let root = id; ; root = next) {
    const row: { joined_into: string | null } = await tx
      .selectFrom('customers')
      .select('joined_into')
      .where('id', '=', root)
      .executeTakeFirstOrThrow()
    next = row.joined_into
    if (next === null) return root
  }
}

interface Moving {
  from: string
  to: string
  origins: string[] | null
}

async function moveAll(tx: Db, moving: Moving, kind: string, by: By): Promise<void> {
  const { from, to, origins } = moving
  await regive(tx, moving, kind, by)
  for (const table of ['customer_identities', 'customer_notes'])
    await sql`
      update ${sql.table(table)} set customer = ${to}, origin = nullif(coalesce(origin, ${from}), ${to}::bigint)
      where customer = ${from} and (${origins}::bigint[] is null
        or coalesce(origin, ${from}) = any(${origins}::bigint[]))`.execute(tx)
}
