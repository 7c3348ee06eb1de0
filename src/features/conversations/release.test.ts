import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inTransaction } from '#platform/db/db.ts'
import { system } from '#platform/events/events.ts'
import { startDesk } from '../../../test/desk.ts'
import { assign, close, lock, start } from './conversations.ts'

test('what a removed agent was responsible for goes back to its team, in the timeline, solved ones too', async () => {
  const { addAgent, admin, desk, house, inbox, team } = await startDesk()
  const { db } = house
  const [anna, bob] = [await addAgent({ name: 'Anna' }), await addAgent({ name: 'Bob' })]
  const at = house.clock.now()
  const by = { at, actor: system }
  const { id: customer } = await db
    .insertInto('customers')
    .values({ name: 'Carla', created_at: at })
    .returning('id')
    .executeTakeFirstOrThrow()
  const begin = (assignee: string, lockedAt: Date | null = null) =>
    inTransaction(db, async (tx) => {
      const beginning = { inbox, customer, team, channel: null, customerAddress: null, medium: 'mail' }
      const row = await start(tx, { ...by, ...beginning, subject: 'Hello', closedAt: lockedAt, lockedAt })
      await tx.updateTable('conversations').set({ assignee }).where('id', '=', row.id).execute()
      return row.id
    })
  const open = await begin(bob.id)
  await inTransaction(db, async (tx) => assign(tx, await lock(tx, open), anna.id, by))
  const solved = await begin(anna.id)
  await inTransaction(db, async (tx) => close(tx, await lock(tx, solved), by))
  const locked = await begin(anna.id, at)
  const others = await begin(bob.id)
  await admin.delete(`/agents/${anna.id}`)
  await desk.settle()
  const rows = await db
    .selectFrom('conversations')
    .select(['id', 'assignee', 'holder_kind', 'holder_id'])
    .orderBy('id')
    .execute()
  const found = Object.fromEntries(rows.map((row) => [row.id, row]))
  assert.deepEqual(found[open], { id: open, assignee: null, holder_kind: 'team', holder_id: team })
  assert.equal(found[solved]!.assignee, null)
  assert.equal(found[locked]!.assignee, anna.id, 'what is locked stays as it was')
  assert.equal(found[others]!.assignee, bob.id)
  const told = await db
    .selectFrom('events')
    .select(['kind', 'actor_kind', 'before'])
    .where('conversation', '=', open)
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow()
  assert.deepEqual([told.kind, told.actor_kind, told.before.assignee], ['unassigned', 'agent', anna.id])
})
