// Two conversations go on as one, and apart again; messages of one become a conversation of their own. What stands in
// features/conversations moves there; drafts and notifications follow here.
//
// Both conversations are locked first, in the order of their numbers: of two who merge at once one comes second and
// finds it done.
import * as conversations from '#features/conversations/conversations.ts'
import * as drafts from '#features/drafts/drafts.ts'
import * as notifications from '#features/notifications/notifications.ts'
import type { Db } from '#platform/db/db.ts'
import { refuse, refuseField } from '#platform/errors/refuse.ts'

type Row = conversations.ConversationRow

/** What the agent named `into`, or what that was merged into: its id. 422 where he may not see it. */
export async function survivorFor(db: Db, agent: string, into: number): Promise<string> {
  const named = String(into)
  if (!(await conversations.sees(db, agent, named))) refuseField('into', 'unknown')
  const root = (await conversations.rootOf(db, named)) ?? refuseField('into', 'unknown')
  return root === named || (await conversations.sees(db, agent, root)) ? root : refuseField('into', 'unknown')
}

/** @param number of what is merged. @returns the survivor's id */
export async function mergeInto(
  tx: Db,
  agent: string,
  number: string,
  into: number,
  by: conversations.By,
): Promise<string> {
  if (!(await conversations.sees(tx, agent, number))) refuse('not_found')
  const root = await survivorFor(tx, agent, into)
  if (root === number) refuseField('into', 'same')
  const { one: other, two: survivor } = await lockBoth(tx, number, root)
  if (survivor.merged_into || (await conversations.rootOf(tx, String(into))) !== root) refuse('changed_since')
  // Asked under the lock: he may have lost sight of one while we waited.
  for (const row of [other, survivor]) if (!(await conversations.sees(tx, agent, row.id))) refuse('not_found')
  const { row, merge } = await conversations.merge(tx, other, survivor, by)
  const moved = await drafts.bringTogether(tx, other.id, row.id, by.at)
  await notifications.moveAll(tx, other.id, row.id)
  await conversations.rememberDrafts(tx, merge, moved)
  return row.id
}

/** Undoes it, whenever. Again is a no-op. */
export async function takeApart(tx: Db, agent: string, number: string, by: conversations.By): Promise<void> {
  if (!(await conversations.sees(tx, agent, number))) refuse('not_found')
  const root = (await conversations.rootOf(tx, number)) ?? refuse('not_found')
  if (root === number) return
  const { one: stub, two: survivor } = await lockBoth(tx, number, root)
  if (!stub.merged_into) return
  if (survivor.merged_into || (await conversations.rootOf(tx, number)) !== survivor.id)
    refuse('changed_since')
  if (!(await conversations.sees(tx, agent, survivor.id))) refuse('not_found')
  const { moved } = await conversations.unmerge(tx, stub, survivor, by)
  await drafts.giveBack(tx, survivor.id, stub.id, moved as drafts.MovedDraft[], by.at)
}

async function lockBoth(tx: Db, one: string, two: string): Promise<{ one: Row; two: Row }> {
  const rows = await tx
    .selectFrom('conversations')
    .selectAll()
    .where('id', 'in', [one, two])
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()
  const found = (id: string) => rows.find((row) => row.id === id) ?? refuse('not_found')
  return { one: found(one), two: found(two) }
}
