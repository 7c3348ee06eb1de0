import assert from 'node:assert/strict'
import { test } from 'node:test'
import { TestClock } from '#platform/clock/clock.ts'
import { startDesk } from '#test/desk.ts'
import { mailIn } from '#test/post.ts'
import { chance } from './random.ts'
import { openSimulator } from './simulate.ts'

test('what an agent sends is answered by its customer, only while somebody looks and nobody paused it', async () => {
  const clock = new TestClock(new Date('2026-05-04T10:00:00Z'))
  const desk = await startDesk({ clock })
  const { house, receiver } = desk.desk
  let watched = 0
  const simulator = openSimulator({ house, receiver, watched: () => watched, chance: chance(3) })
  await simulator.step(clock.now())
  const { number, item } = await mailIn(desk)
  const sent = await desk.admin.post(`/conversations/${number}/messages`, {
    text: 'It is on its way.',
    lastSeen: item,
  })
  assert.equal(sent.status, 201)
  const at = (seconds: number) => new Date(Date.parse('2026-05-04T10:01:00Z') + seconds * 1000)
  clock.set(at(0))
  await desk.desk.settle()
  const inbound = async () => {
    await desk.desk.settle()
    return Number(
      (
        await house.db
          .selectFrom('messages')
          .select(({ fn }) => fn.countAll<string>().as('n'))
          .where('conversation', '=', String(number))
          .where('direction', '=', 'in')
          .executeTakeFirstOrThrow()
      ).n,
    )
  }
  assert.equal(await simulator.step(at(1)), 0)
  assert.equal(await simulator.step(at(45)), 0, 'nobody looks')
  watched = 1
  simulator.pause(true)
  assert.equal(await simulator.step(at(46)), 0, 'paused')
  simulator.pause(false)
  assert.ok((await simulator.step(at(47))) > 0)
  assert.equal(await inbound(), 2)
  let all = 0
  for (let n = 0; n < 30; n += 1) all += await simulator.step(at(50 + n * 2))
  assert.ok(all <= 4, `${all} in a minute`)
  assert.equal(await simulator.step(at(3700)), 0, 'after an hour it is over')
  simulator.close()
})

test('where a real mail server is set, nobody is played', async () => {
  const clock = new TestClock(new Date('2026-05-04T10:00:00Z'))
  const desk = await startDesk({ clock })
  const { house, receiver } = desk.desk
  const simulator = openSimulator({ house, receiver, watched: () => 1, chance: chance(3) })
  const later = (minutes: number) => new Date(clock.now().getTime() + minutes * 60_000)
  assert.equal(await simulator.step(later(3)), 1, 'somebody new writes')
  const inbox = await house.db.selectFrom('inboxes').select('id').executeTakeFirstOrThrow()
  const made = await desk.admin.post<{ id: string }>('/channels', {
    kind: 'mail',
    inbox: inbox.id,
    smtp: { host: '127.0.0.1', port: 2, security: 'none' },
  })
  assert.equal(made.status, 201)
  assert.equal(await simulator.step(later(10)), 0)
  assert.equal(simulator.state().on, false)
  assert.equal((await desk.admin.delete(`/channels/${made.body.id}`)).status, 204)
  assert.equal(await simulator.step(later(20)), 1)
  simulator.close()
})
