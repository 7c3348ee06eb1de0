import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { snoozed } from '#features/conversations/snooze.ts'
import { days, hours, after as later, minutes } from '#platform/clock/clock.ts'
import { openSharedTestClock } from '#platform/clock/shared-test-clock.ts'
import { openDatabase } from '#platform/db/db.ts'
import { openWire } from '#platform/db/listen.ts'
import { startDue } from '#platform/due/due.ts'
import { silence } from '#platform/log/log.ts'
import { cloneDatabase } from '../../test/database.ts'
import { startDesk } from '../../test/desk.ts'
import { mailIn } from '../../test/post.ts'
import { startFoyer } from '../../test/process.ts'
import { advance, dueChannel } from './settle.ts'

const url = await cloneDatabase()

/** Two processes in one: a pool, a wire and a clock each. */
async function openSide(onSet = () => {}) {
  const db = openDatabase({ url, size: 3 })
  const wire = openWire(url)
  after(async () => {
    await wire.close()
    await db.destroy()
  })
  return { db, wire, clock: await openSharedTestClock(db, wire, onSet) }
}

test('turning the clock does what is due at its own time, what it makes due on the way too, in every process', async () => {
  const worker = await openSide()
  const web = await openSide()
  const { db } = web
  const start = web.clock.now()
  const team = await db
    .insertInto('teams')
    .values({ name: 'T', created_at: start })
    .returning('id')
    .executeTakeFirstOrThrow()
  const inbox = await db
    .insertInto('inboxes')
    .values({ name: 'I', address: 'i@desk.test', team: team.id, created_at: start })
    .returning('id')
    .executeTakeFirstOrThrow()
  const customer = await db
    .insertInto('customers')
    .values({ created_at: start })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db
    .insertInto('conversations')
    .values({
      inbox: inbox.id,
      customer: customer.id,
      team: team.id,
      subject: 'later',
      holder_kind: 'team',
      holder_id: team.id,
      snoozed_until: later(start, hours(1)),
      last_activity_at: start,
      created_at: start,
      updated_at: start,
    })
    .execute()
  // The work runs in the worker only: the first time it puts the conversation off for another twenty minutes.
  const done: Date[] = []
  const due = startDue(
    {
      snoozed: {
        async work(now) {
          const rows = await worker.db
            .updateTable('conversations')
            .set({ snoozed_until: done.length === 0 ? later(now, minutes(20)) : null })
            .where('snoozed_until', '<=', now)
            .returning('id')
            .execute()
          for (const _row of rows) done.push(now)
          return rows.length
        },
      },
    },
    worker.clock,
    silence,
  )
  worker.wire.on(dueChannel, () => void due.settle())
  const settling = {
    db,
    followers: [],
    kinds: { snoozed: { rows: snoozed } },
    now: () => web.clock.now(),
    work: async () => {},
  }
  const pending = await advance(settling, web.clock, later(start, hours(3)))
  await due.close()
  assert.deepEqual(pending, {})
  assert.deepEqual(done, [later(start, hours(1)), later(start, minutes(80))])
  assert.equal(worker.clock.now().getTime(), later(start, hours(3)).getTime())
})

test('a process that starts later joins the test clock where it stands', async () => {
  const first = await openSide()
  await first.clock.setEverywhere(later(first.clock.now(), hours(5)))
  const second = await openSide()
  assert.equal(second.clock.now().getTime(), first.clock.now().getTime())
})

test('with --test-clock two web processes and a worker share the time that a script sets', async () => {
  const data = mkdtempSync(join(tmpdir(), 'foyer-clock-'))
  const env = { DATABASE_URL: await cloneDatabase() }
  const start = (role: string) => startFoyer(['--test-clock', '--role', role, '--data', data], { env })
  const running = await Promise.all([start('web'), start('web'), start('worker')])
  try {
    const clock = (address: string) => `${address}/api/v1/test/clock`
    const [a, b] = running
    const read = async (address: string) => (await (await fetch(clock(address))).json()).now
    const before = await read(a!.address)
    assert.equal(await read(b!.address), before)
    const now = later(new Date(before), hours(48)).toISOString()
    const put = (time: string) =>
      fetch(clock(a!.address), {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ now: time }),
      })
    assert.deepEqual(await (await put(now)).json(), { now, settled: true, pending: {} })
    assert.equal(await read(b!.address), now)
    const back = await put(before)
    assert.equal(back.status, 422)
    assert.equal((await back.json()).errors[0].field, 'now')
  } finally {
    await Promise.all(running.map((foyer) => foyer.stop()))
    rmSync(data, { recursive: true })
  }
})

test('turned by weeks, the clock stops for what closed locks as well, on the day it is due', async () => {
  const testDesk = await startDesk({ config: { testClock: true } })
  const { house, stranger, admin } = testDesk
  const { number } = await mailIn(testDesk)
  const closed = await admin.put<{ updatedAt: string }>(`/conversations/${number}/closure`, {})
  assert.equal(closed.status, 200)
  const start = house.clock.now()
  const now = later(start, days(45)).toISOString()
  const { body } = await stranger.put<{ settled: boolean }>('/test/clock', { now })
  assert.equal(body.settled, true)
  const { category, locked_at } = await house.db
    .selectFrom('conversations')
    .selectAll()
    .where('id', '=', String(number))
    .executeTakeFirstOrThrow()
  assert.equal(category, 'closed')
  const after30 = locked_at!.getTime() - later(start, days(30)).getTime()
  assert.ok(after30 >= 0 && after30 <= days(1), `locked ${after30} ms after its day`)
})

test('without --test-clock there is no such route', async () => {
  const data = mkdtempSync(join(tmpdir(), 'foyer-clock-'))
  const foyer = await startFoyer(['--role', 'web', '--data', data], {
    env: { DATABASE_URL: await cloneDatabase() },
  })
  try {
    assert.equal((await fetch(`${foyer.address}/api/v1/test/clock`)).status, 404)
  } finally {
    await foyer.stop()
    rmSync(data, { recursive: true })
  }
})
