import assert from 'node:assert/strict'
import { test } from 'node:test'
import { indexConversations } from '#features/search/search.ts'
import { smallHouse } from '#test/small-house.ts'

const desk = await smallHouse()
const admin = await desk.agent('Admin', 'admin')
const anna = await desk.agent('Anna')
const boris = await desk.agent('Boris')
const support = await desk.team('Support', anna)
const inbox = await desk.inbox('Shop', support)
const customer = await desk.customer('Carla')

const viewsOf = async (agent: string) =>
  (await desk.ask(agent, 'GET', '/views?limit=100')).body.items as {
    id: string
    name: string
    builtIn: boolean
    count: number
    countCapped: boolean
  }[]
const countOf = async (agent: string, id: string) =>
  (await viewsOf(agent)).find((view) => view.id === id)?.count
const saved = async (agent: string) =>
  (await viewsOf(agent)).filter((view) => !view.builtIn).map((view) => view.name)

test('a count follows what is done', async () => {
  const number = await desk.conversation(inbox, customer)
  assert.equal(await countOf(anna, 'unassigned'), 1)
  assert.equal(await countOf(anna, 'my-teams'), 1)
  assert.equal(await countOf(boris, 'my-teams'), 0)
  await desk.ask(anna, 'PUT', `/conversations/${number}/assignee`, { agent: 'me' })
  assert.equal(await countOf(anna, 'unassigned'), 0)
  assert.equal(await countOf(anna, 'mine'), 1)
  assert.equal(await countOf(boris, 'mine'), 0)
  await desk.ask(anna, 'PUT', `/conversations/${number}/closure`, {})
  assert.equal(await countOf(anna, 'mine'), 0)
  assert.equal(await countOf(anna, 'closed'), 1)
})

test('each view counts what its list holds', async () => {
  for (const view of [
    'mine',
    'unassigned',
    'my-teams',
    'all',
    'open',
    'pending',
    'closed',
    'spam',
    'stuck',
  ]) {
    const { body } = await desk.ask(anna, 'GET', `/conversations?view=${view}&limit=100`)
    assert.equal(await countOf(anna, view), body.items.length, view)
  }
})

test('own views are seen by oneself, a team’s by its members, everybody’s by everybody', async () => {
  const make = (agent: string, body: object) => desk.ask(agent, 'POST', '/views', body)
  const filters = { priority: 'urgent' }
  assert.equal((await make(anna, { name: 'Own', filters })).status, 201)
  assert.equal((await make(anna, { name: 'Team', scope: 'team', team: support, filters })).status, 201)
  assert.equal(
    (await make(boris, { name: 'Not his team', scope: 'team', team: support, filters })).status,
    403,
  )
  assert.equal((await make(anna, { name: 'Not hers to give', scope: 'all', filters })).status, 403)
  assert.equal((await make(admin, { name: 'Everybody', scope: 'all', filters })).status, 201)
  assert.deepEqual(await saved(anna), ['Everybody', 'Own', 'Team'])
  assert.deepEqual(await saved(boris), ['Everybody'])
})

test('who may see a view uses it, who may not is told it is not there, and only some may change it', async () => {
  const number = await desk.conversation(inbox, customer, 'A purple lamp')
  await desk.ask(anna, 'PUT', `/conversations/${number}/priority`, { priority: 'high' })
  const { body: view } = await desk.ask(anna, 'POST', '/views', {
    name: 'Lamps',
    filters: { priority: 'high', customer },
    sort: 'oldest',
  })
  assert.equal(view.count, 1)
  const { body } = await desk.ask(anna, 'GET', `/conversations?view=${view.id}`)
  assert.deepEqual(
    body.items.map((item: { number: number }) => item.number),
    [number],
  )
  assert.equal((await desk.ask(boris, 'GET', `/conversations?view=${view.id}`)).status, 404)
  assert.equal((await desk.ask(boris, 'DELETE', `/views/${view.id}`)).status, 404)
  assert.equal((await desk.ask(anna, 'PATCH', `/views/${view.id}`, { scope: 'all' })).status, 403)
  const everybody = (await viewsOf(boris)).find((one) => one.name === 'Everybody')!
  assert.equal((await desk.ask(boris, 'PATCH', `/views/${everybody.id}`, { name: 'Mine now' })).status, 403)
  const { body: renamed } = await desk.ask(anna, 'PATCH', `/views/${view.id}`, { name: 'Bright lamps' })
  assert.equal(renamed.name, 'Bright lamps')
  assert.equal((await desk.ask(anna, 'DELETE', `/views/${view.id}`)).status, 204)
  assert.equal((await desk.ask(anna, 'GET', `/conversations?view=${view.id}`)).status, 404)
})

test('a filter that means nothing is named', async () => {
  const { status, body } = await desk.ask(anna, 'POST', '/views', {
    name: 'Odd',
    filters: { assignee: 'nobody' },
  })
  assert.equal(status, 422)
  assert.equal(body.errors[0].field, 'filters.assignee')
  assert.equal(
    (await desk.ask(anna, 'POST', '/views', { name: 'Odd', filters: { colour: 'red' } })).status,
    422,
  )
})

test('a saved view counts to 999 and says that there are more', async () => {
  await desk.db
    .insertInto('conversations')
    .values(
      Array.from({ length: 1001 }, () => ({
        inbox,
        customer,
        subject: 'one of many',
        team: support,
        priority: 'low' as const,
        holder_kind: 'team' as const,
        holder_id: support,
        last_activity_at: desk.clock.now(),
        created_at: desk.clock.now(),
        updated_at: desk.clock.now(),
      })),
    )
    .execute()
  const { body } = await desk.ask(anna, 'POST', '/views', { name: 'Many', filters: { priority: 'low' } })
  assert.equal(body.count, 999)
  assert.equal(body.countCapped, true)
})

test('words filter a list and its count like any other filter', async () => {
  const { body: lamp } = await desk.ask(anna, 'GET', '/conversations?priority=high')
  await indexConversations(
    desk.db,
    lamp.items.map((item: { number: number }) => String(item.number)),
  )
  const { body } = await desk.ask(anna, 'GET', '/conversations?q=purple%20LAMPS')
  assert.deepEqual(body.items, lamp.items)
  const { body: view } = await desk.ask(anna, 'POST', '/views', { name: 'Purple', filters: { q: 'purple' } })
  assert.equal(view.count, 1)
})

test('each orders the saved views for himself; one he does not name comes after, by name', async () => {
  const carl = await desk.agent('Carl')
  const dora = await desk.agent('Dora')
  const make = async (name: string) =>
    (await desk.ask(admin, 'POST', '/views', { name, scope: 'all', filters: { tag: name } })).body
      .id as string
  const [x, y, z] = [await make('x-ray'), await make('yellow'), await make('zebra')]
  assert.equal((await desk.ask(carl, 'PUT', '/views/order', { views: [z, '999999', x] })).status, 204)
  const mine = (names: string[]) => names.filter((name) => ['x-ray', 'yellow', 'zebra'].includes(name))
  assert.deepEqual(mine(await saved(carl)), ['zebra', 'x-ray', 'yellow'])
  assert.deepEqual(mine(await saved(dora)), ['x-ray', 'yellow', 'zebra'])
  assert.ok(y)
})
