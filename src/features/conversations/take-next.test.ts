import assert from 'node:assert/strict'
import { test } from 'node:test'
import { smallHouse } from '#test/small-house.ts'

const desk = await smallHouse()
const [anna, boris, clara] = [await desk.agent('Anna'), await desk.agent('Boris'), await desk.agent('Clara')]
const team = await desk.team('Support', anna, boris)
const other = await desk.team('Sales', clara)
const inbox = await desk.inbox('Shop', team)
const elsewhere = await desk.inbox('Offers', other)
const customer = await desk.customer('Carla')
const later = () => desk.clock.set(new Date(desk.clock.now().getTime() + 60_000))
async function waiting(where = inbox): Promise<number> {
  later()
  return desk.conversation(where, customer)
}
const next = async (agent: string) =>
  (await desk.ask(agent, 'POST', '/queue/next', {})).body.conversation?.number ?? null

test('the most urgent of one’s teams that nobody has, then who waits longest; nothing of other teams', async () => {
  await waiting(elsewhere)
  const [first, second, urgent, taken, asked] = [
    await waiting(),
    await waiting(),
    await waiting(),
    await waiting(),
    await waiting(),
  ]
  await desk.ask(anna, 'PUT', `/conversations/${urgent}/priority`, { priority: 'urgent' })
  await desk.ask(anna, 'PUT', `/conversations/${taken}/assignee`, { agent: boris })
  await desk.db
    .updateTable('conversations')
    .set({ asked_kind: 'team', asked_id: other })
    .where('id', '=', String(asked))
    .execute()
  assert.deepEqual(
    [await next(anna), await next(boris), await next(anna), await next(boris)],
    [urgent, first, second, null],
  )
  const { body } = await desk.ask(anna, 'GET', `/conversations/${urgent}`)
  assert.equal(body.assignee.id, anna)
  await desk.ask(anna, 'PUT', `/conversations/${taken}/closure`, {})
})

test('who waits for a colleague who is away is offered, too', async () => {
  const number = await waiting()
  await desk.ask(anna, 'PUT', `/conversations/${number}/assignee`, { agent: anna })
  assert.equal(await next(boris), null)
  later()
  await desk.db.updateTable('agents').set({ away_from: desk.clock.now() }).where('id', '=', anna).execute()
  // Those of the test before are hers as well; theirs is the older wait.
  const got = [await next(boris), await next(boris), await next(boris)]
  assert.ok(got.includes(number), JSON.stringify(got))
  await desk.db.updateTable('agents').set({ away_from: null }).execute()
})

test('many who ask at once never get the same, and none is left out', async () => {
  const numbers: number[] = []
  for (let n = 0; n < 30; n += 1) numbers.push(await waiting())
  const got: number[] = []
  for (let round = 0; round < 20 && got.length < numbers.length; round += 1)
    got.push(
      ...(await Promise.all(Array.from({ length: 8 }, (_, n) => next(n % 2 ? anna : boris)))).filter(
        (one) => one !== null,
      ),
    )
  assert.equal(new Set(got).size, got.length)
  assert.deepEqual(
    got.filter((one) => numbers.includes(one)).sort((a, b) => a - b),
    numbers,
  )
})

test('the hand-offs say who had it and how long, the present one until now', async () => {
  const number = await waiting()
  const hour = (n: number) => desk.clock.set(new Date(desk.clock.now().getTime() + n * 3600_000))
  hour(1)
  await desk.ask(anna, 'PUT', `/conversations/${number}/assignee`, { agent: anna })
  hour(2)
  await desk.ask(anna, 'PUT', `/conversations/${number}/team`, { team: other })
  hour(3)
  const { body } = await desk.ask(clara, 'GET', `/conversations/${number}/handoffs`)
  assert.deepEqual(
    body.items.map((one: { holder: { name: string }; seconds: number; until: string | null }) => [
      one.holder.name,
      one.seconds / 3600,
      one.until === null,
    ]),
    [
      ['Support', 1, false],
      ['Anna', 2, false],
      ['Sales', 3, true],
    ],
  )
  assert.deepEqual(
    body.totals.map((one: { holder: { name: string } }) => one.holder.name),
    ['Sales', 'Anna', 'Support'],
  )
})
