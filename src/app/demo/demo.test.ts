import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type RawBuilder, sql } from 'kysely'
import { sightOf } from '#features/conversations/conversations.ts'
import { findMatches, type Match } from '#features/search/find-matches.ts'
import { search } from '#features/search/search.ts'
import { countBuiltIn, countByWalking } from '#features/views/views.ts'
import type { Db } from '#platform/db/db.ts'
import { append, readStream, system } from '#platform/events/events.ts'
import { sequence } from '#platform/events/sequencer.ts'
import type { House } from '#platform/house.ts'
import { testDatabase } from '#test/database.ts'
import { startDesk } from '#test/desk.ts'
import { makeCast } from './cast.ts'
import { fillWhenEmpty } from './demo.ts'
import { fillLarge } from './fill-large.ts'

/** All there is, five at a time, from slices as narrow as they get. */
async function inSlices(db: Db, words: string, condition: RawBuilder<boolean>): Promise<Match[]> {
  const tuning = { few: -1, shortestWalk: 3, longestWalk: 3, growth: 2 }
  const found: Match[] = []
  for (;;) {
    const wanted = { words, conditions: [condition], limit: 5, after: found.at(-1) ?? null }
    const { matches } = await findMatches(db, wanted, tuning)
    found.push(...matches)
    if (matches.length < 5) return found
  }
}

async function sound({ db, clock }: House) {
  const one = async (query: ReturnType<typeof sql<{ n: string }>>) =>
    Number((await query.execute(db)).rows[0]!.n)
  assert.equal(
    await one(sql`select (select coalesce(sum(received), 0) from door_counts where door = 'demo')
      - (select count(*) from ledger where door = 'demo') as n`),
    0,
    'every mail that was taken in is in the ledger',
  )
  assert.equal(
    await one(
      sql`select (select coalesce(sum(total), 0) from delivery_counts) - (select count(*) from deliveries) as n`,
    ),
    0,
    'every recipient is counted',
  )
  assert.equal(
    await one(sql`select count(*) as n from (
      select conversation, position from (
        select conversation, position from messages union all select conversation, position from comments
        union all select conversation, position from events where position is not null) items
      group by 1, 2 having count(*) > 1) twice`),
    0,
    'no two items share a place',
  )
  assert.equal(
    await one(sql`select count(*) as n from conversations c where (c.holder_kind is not null) <>
      (select count(*) = 1 from handoffs h where h.conversation = c.id and h.ended_at is null)`),
    0,
    'who holds a conversation has one open interval',
  )
  assert.equal(
    await one(sql`select count(*) as n from conversations where last_activity_at > ${clock.now()}`),
    0,
  )
  for (const { id } of await db.selectFrom('agents').select('id').execute()) {
    const sight = await sightOf(db, id)
    assert.deepEqual(await countBuiltIn(db, sight, clock.now()), await countByWalking(db, sight, clock.now()))
  }
}

test('the small desk is lively, whole, and filled once', async () => {
  const { house, desk, admin } = await startDesk()
  await fillWhenEmpty(house)
  await desk.settle()
  await sound(house)
  const { body } = await admin.get<{ items: { id: string; count: number }[] }>('/views')
  const count = Object.fromEntries(body.items.map((view) => [view.id, view.count]))
  for (const view of [
    'open',
    'unassigned',
    'pending',
    'snoozed',
    'closed',
    'spam',
    'trash',
    'thanks',
    'stuck',
  ])
    assert.ok(count[view]! > 0, view)
  const { body: found } = await admin.get<{ items: unknown[] }>('/search', { query: { q: 'новые фичи' } })
  assert.equal(found.items.length, 1)
  const states = await house.db.selectFrom('deliveries').select('state').distinct().execute()
  for (const state of ['sent', 'failed', 'scheduled', 'held'])
    assert.ok(
      states.some((row) => row.state === state),
      state,
    )
  for (const table of [
    'drafts',
    'views',
    'saved_replies',
    'blocked_addresses',
    'customer_joins',
    'customer_notes',
    'partners',
  ] as const)
    assert.ok(await house.db.selectFrom(table).selectAll().limit(1).executeTakeFirst(), table)
  const asked = await house.db.selectFrom('consults').select('state').execute()
  assert.deepEqual(asked.map(({ state }) => state).sort(), ['answered', 'open', 'withdrawn'])
  const late = house.db
    .selectFrom('conversations')
    .select('waiting_since')
    .where('waiting_since', '>', house.clock.now())
  assert.equal(await late.executeTakeFirst(), undefined, 'who waits has waited since his mail')
  await fillWhenEmpty(house)
  assert.equal((await house.db.selectFrom('conversations').select('id').execute()).length, 111)
})

test('a large desk is whole, can be searched, and stands before the beginning of the stream', async () => {
  const { house, admin, desk } = await startDesk()
  const cast = await makeCast(house)
  await fillLarge(house, cast, { conversations: 400, seed: 7 })
  await sound(house)
  const { id: agent } = cast.agents[0]!
  const { items } = await search(house.db, agent, { q: 'спасибо заказ', limit: 5 }, house.clock.now())
  assert.equal(items.length, 5)
  assert.ok(items.every((item) => item.snippets.length > 0))
  for (const [words, condition] of [
    ["'спасиб'", sql<boolean>`true`],
    ["'заказ' & 'спасиб'", sql<boolean>`c.bucket = 'closed'`],
    ["'refund'", sql<boolean>`c.id % 7 = 0`],
    ["'nobody-wrote-this'", sql<boolean>`true`],
  ] as const)
    assert.deepEqual(
      await inSlices(house.db, words, condition),
      (await findMatches(house.db, { words, conditions: [condition], limit: 1000, after: null })).matches,
      'slices of time, page by page, hold what the index answers at once',
    )
  await desk.settle()
  const before = (await readStream(house.db, 0)).length
  await append(house.db, { at: house.clock.now(), kind: 'told', actor: system })
  await sequence(house.db)
  assert.equal(
    (await readStream(house.db, 0)).length,
    before + 1,
    'what happens next has its place after zero',
  )
  const { body } = await admin.get<{ items: { number: number }[] }>('/conversations', {
    query: { view: 'open' },
  })
  const opened = await admin.get<{ items: { type: string }[] }>(`/conversations/${body.items[0]!.number}`)
  assert.equal(opened.status, 200)
  assert.ok(opened.body.items.some((item) => item.type === 'message'))
})

test('the first event after a past without a stream has place one', async () => {
  const db = await testDatabase()
  await db
    .insertInto('events')
    .values({ seq: '-1', at: new Date(), kind: 'past', actor_kind: 'system' })
    .execute()
  await append(db, { at: new Date(), kind: 'told', actor: system })
  await sequence(db)
  assert.deepEqual(
    (await readStream(db, 0)).map(({ seq, kind }) => ({ seq, kind })),
    [{ seq: 1, kind: 'told' }],
  )
})

test('the same seed makes the same desk', async () => {
  const subjects = async () => {
    const { house } = await startDesk()
    await fillLarge(house, await makeCast(house), { conversations: 50, seed: 3 })
    return (await house.db.selectFrom('conversations').select('subject').orderBy('id').execute()).map(
      (row) => row.subject,
    )
  }
  assert.deepEqual(await subjects(), await subjects())
})
