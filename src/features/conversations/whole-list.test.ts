import assert from 'node:assert/strict'
import { test } from 'node:test'
import { smallHouse } from '#test/small-house.ts'

const desk = await smallHouse()
const anna = await desk.agent('Anna')
const boris = await desk.agent('Boris')
const support = await desk.team('Support', anna, boris)
const inbox = await desk.inbox('Shop', support)
const customer = await desk.customer('Carla')

test('the numbers of a list are those of all its pages, in its order, filters included', async () => {
  const numbers: number[] = []
  for (let i = 0; i < 7; i += 1) numbers.push(await desk.conversation(inbox, customer))
  await desk.ask(anna, 'PUT', `/conversations/${numbers[2]}/priority`, { priority: 'urgent' })
  await desk.ask(anna, 'PUT', `/conversations/${numbers[4]}/closure`, {})
  const query = 'view=open&sort=priority'
  const pages: number[] = []
  let cursor = ''
  do {
    const { body } = await desk.ask(anna, 'GET', `/conversations?${query}&limit=2${cursor}`)
    pages.push(...body.items.map((each: { number: number }) => each.number))
    cursor = body.nextCursor ? `&cursor=${encodeURIComponent(body.nextCursor)}` : ''
  } while (cursor)
  const { body } = await desk.ask(anna, 'GET', `/conversations/numbers?${query}`)
  assert.deepEqual(body, { numbers: pages, capped: false })
  assert.equal(pages[0], numbers[2])
  const urgent = await desk.ask(anna, 'GET', '/conversations/numbers?view=open&priority=urgent')
  assert.deepEqual(urgent.body.numbers, [numbers[2]])
})

test('asked about some conversations, a list answers those that are in it, and none that one may not see', async () => {
  const open = await desk.conversation(inbox, customer)
  const closed = await desk.conversation(inbox, customer)
  await desk.ask(anna, 'PUT', `/conversations/${closed}/closure`, {})
  const stranger = await desk.agent('Stranger')
  const hidden = await desk.inbox('Hidden', support, { only: true })
  const secret = await desk.conversation(hidden, customer)
  const asked = `/conversations?view=open&numbers=${open},${closed},${secret}`
  const found = async (agent: string) =>
    (await desk.ask(agent, 'GET', asked)).body.items.map((each: { number: number }) => each.number).sort()
  assert.deepEqual(await found(anna), [open, secret].sort())
  assert.deepEqual(await found(stranger), [open])
  assert.equal((await desk.ask(anna, 'GET', '/conversations?numbers=x')).status, 422)
})

test('a row says what its reader has begun in it, and nobody else', async () => {
  const number = await desk.conversation(inbox, customer)
  const draftOf = async (agent: string) =>
    (await desk.ask(agent, 'GET', `/conversations?numbers=${number}`)).body.items[0].draft
  assert.equal(await draftOf(anna), null)
  await desk.ask(anna, 'PUT', `/conversations/${number}/draft`, { text: 'Dear' })
  assert.deepEqual([await draftOf(anna), await draftOf(boris)], ['reply', null])
})
