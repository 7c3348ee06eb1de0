import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { asCategory, change, sightOf, start } from '#features/conversations/conversations.ts'
import { type Db, inTransaction } from '#platform/db/db.ts'
import { type Actor, system } from '#platform/events/events.ts'
import { testDatabase } from '#test/database.ts'
import { countBuiltIn, countByWalking } from './count-built-in.ts'
import { foldCounts } from './fold-counts.ts'

const at = new Date('2026-05-04T10:00:00Z')

/** Three teams, five agents of different sights, an inbox for all and two for teams. */
async function house(db: Db) {
  const ids = async (table: 'teams' | 'agents' | 'inboxes' | 'customers', rows: object[]) =>
    (
      await db
        .insertInto(table)
        .values(rows.map((row) => ({ ...row, created_at: at })) as never)
        .returning('id')
        .execute()
    ).map((row) => row.id)
  const teams = await ids('teams', [{ name: 'A' }, { name: 'B' }, { name: 'C' }])
  const agents = await ids(
    'agents',
    ['all', 'a', 'b', 'ab', 'none'].map((name) => ({ name, address: `${name}@example.com` })),
  )
  const member = (team: number, agent: number) => ({ team: teams[team]!, agent: agents[agent]! })
  await db
    .insertInto('team_members')
    .values([
      member(0, 0),
      member(1, 0),
      member(2, 0),
      member(0, 1),
      member(1, 2),
      member(0, 3),
      member(1, 3),
    ])
    .execute()
  const inbox = (n: number, seen_by: string) => ({
    name: `inbox ${n}`,
    address: `inbox${n}@example.com`,
    team: teams[n]!,
    seen_by,
  })
  const inboxes = await ids('inboxes', [inbox(0, 'teams'), inbox(1, 'teams'), inbox(2, 'teams')])
  await db
    .insertInto('inbox_teams')
    .values(inboxes.map((id, i) => ({ inbox: id, team: teams[i]! })))
    .execute()
  const [customer] = await ids('customers', [{ name: 'Somebody' }])
  return { teams, agents, inboxes, customer: customer! }
}

test('after any changes, the counts of every agent are the numbers of conversations he sees', async () => {
  const db = await testDatabase()
  const { teams, agents, inboxes, customer } = await house(db)
  const begin = (n: number) =>
    inTransaction(db, (tx) =>
      start(tx, {
        at,
        actor: system,
        inbox: inboxes[n % 3]!,
        channel: null,
        customer,
        customerAddress: null,
        subject: `number ${n}`,
        team: teams[n % 3]!,
        medium: 'mail',
      }),
    )
  const conversations: string[] = []
  for (let n = 0; n < 12; n += 1) conversations.push((await begin(n)).id)
  const actor: Actor = { kind: 'agent', id: agents[0]! }
  const some = <T>(values: T[]) => fc.constantFrom(...values)
  const set = fc.oneof(
    some(['new', 'open', 'pending', 'on_hold', 'solved', 'closed'] as const).map((category) => ({
      category,
    })),
    some([null, ...agents]).map((assignee) => ({ assignee })),
    some(teams).map((team) => ({ team })),
    some(inboxes).map((inbox) => ({ inbox })),
    some([null, at]).map((snoozed_until) => ({ snoozed_until })),
    some([null, at]).map((spam_at) => ({ spam_at })),
    some([null, at]).map((trashed_at) => ({ trashed_at })),
    some([null, at]).map((thanks_at) => ({ thanks_at })),
  )
  const grant = fc.record({ mention: some(agents) })
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(some(conversations), fc.oneof({ weight: 5, arbitrary: set }, grant)), {
        maxLength: 25,
      }),
      fc.boolean(),
      async (steps, fold) => {
        for (const [id, step] of steps)
          if ('mention' in step)
            await db
              .insertInto('conversation_access')
              .values({ conversation: id, agent: step.mention, because: 'mentioned', granted_at: at })
              .onConflict((conflict) => conflict.doNothing())
              .execute()
          else
            await inTransaction(db, async (tx) => {
              const row = await tx
                .selectFrom('conversations')
                .selectAll()
                .where('id', '=', id)
                .executeTakeFirstOrThrow()
              const fields = 'category' in step ? asCategory(row, step.category, actor, at) : step
              await change(tx, id, { actor, at, kind: 'changed', set: fields })
            })
        if (fold) await Promise.all([foldCounts(db, 1), foldCounts(db, 1)])
        for (const agent of agents) {
          const sight = await sightOf(db, agent)
          assert.deepEqual(await countBuiltIn(db, sight, at), await countByWalking(db, sight, at))
        }
      },
    ),
    { numRuns: 25 },
  )
})

test('folding while others write loses nothing and leaves one row for each place', async () => {
  const db = await testDatabase()
  const { teams, inboxes, agents, customer } = await house(db)
  const beginning = {
    at,
    actor: system,
    inbox: inboxes[0]!,
    channel: null,
    customer,
    customerAddress: null,
    subject: 'one of many',
    team: teams[0]!,
    medium: 'mail',
  }
  const write = async () => {
    for (let n = 0; n < 60; n += 1) await inTransaction(db, (tx) => start(tx, beginning))
  }
  const fold = async () => {
    for (let n = 0; n < 40; n += 1) await foldCounts(db, 1)
  }
  await Promise.all([write(), write(), fold(), fold(), fold()])
  assert.equal((await countBuiltIn(db, await sightOf(db, agents[0]!), at)).open, 120)
  await foldCounts(db, 1)
  assert.equal((await db.selectFrom('conversation_counts').selectAll().execute()).length, 1)
})
