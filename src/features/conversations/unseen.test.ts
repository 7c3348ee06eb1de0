// An agent outside an inbox's teams gets no trace of what is in it, by any route there is: every path of the API
// that names a conversation, a message, a comment or a file is tried, so that a new route is tried, too.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { smallHouse } from '#test/small-house.ts'

const desk = await smallHouse()
const anna = await desk.agent('Anna')
const outsider = await desk.agent('Olga', 'admin')
const board = await desk.team('Board', anna)
await desk.team('Support', outsider)
const inbox = await desk.inbox('Board', board, { only: true })
const customer = await desk.customer('Carla')
const number = await desk.conversation(inbox, customer, 'Secret plan')
const message = await desk.message(number, { text: 'secret words' })
const file = (await desk.upload(anna, 'secret.txt', 'text/plain', Buffer.from('secret'))).body.id
const path = `/conversations/${number}`
const comment = (
  await desk.ask(anna, 'POST', `${path}/comments`, { text: 'secret comment', attachments: [file] })
).body.id
await desk.ask(anna, 'PUT', `${path}/tags/Lamp`, {})
await desk.ask(anna, 'PUT', `${path}/draft`, { text: 'secret draft' })
const untouched = JSON.stringify((await desk.ask(anna, 'GET', path)).body)

/** Whatever any of these routes demands in its body. */
const body = {
  agent: 'me',
  team: board,
  priority: 'low',
  status: 'open',
  until: '2030-01-01T00:00:00Z',
  customer,
  address: 'x@mail.example',
  text: 'x',
  to: ['x@mail.example'],
  lastSeen: message,
  items: [message],
  into: 1,
}
const bodies: Record<string, object> = {
  'PATCH /conversations/{number}': { subject: 'x' },
  'POST /conversations/{number}/draft/takeover': { agent: anna },
  'PUT /conversations/{number}/draft/asked': { agent: anna },
  'PUT /messages/{id}/erasure': { reason: 'x' },
  'PUT /comments/{id}/erasure': { reason: 'x' },
  'PUT /attachments/{id}/erasure': { reason: 'x' },
  'PUT /messages/{id}/seal': { reason: 'x' },
  'PUT /attachments/{id}/seal': { reason: 'x' },
  'POST /messages/{id}/recipients': { instead: 'x@mail.example', to: 'y@mail.example' },
}

interface Documented {
  paths: Record<string, Record<string, { parameters?: { in: string; name: string; required?: boolean }[] }>>
}

test('nothing of an unseen inbox is found by any route', async () => {
  const { paths } = desk.app.swagger() as unknown as Documented
  const ids: Record<string, string> = { messages: message, comments: comment, attachments: file }
  let tried = 0
  for (const [full, methods] of Object.entries(paths)) {
    const route = full.replace('/api/v1', '')
    const kind = route.split('/')[1]!
    const about = route.startsWith('/conversations/{number}') || (kind in ids && route.includes('{id}'))
    if (!about) continue
    const filled = route
      .replace('{number}', String(number))
      .replace('{id}', ids[kind] ?? '0')
      .replace('{tag}', 'Lamp')
      .replace('{other}', String(number))
      .replace('{person}', 'carla@mail.example')
    for (const method of Object.keys(methods).map((name) => name.toUpperCase())) {
      const sent = ['GET', 'DELETE'].includes(method) ? undefined : (bodies[`${method} ${route}`] ?? body)
      const query =
        method === 'DELETE' && route.endsWith('/participants')
          ? '?address=x@mail.example'
          : route.endsWith('/merge/preview')
            ? `?into=${number}`
            : ''
      const answer = await desk.ask(outsider, method, filled + query, sent)
      assert.equal(answer.status, 404, `${method} ${route}: ${JSON.stringify(answer.body)}`)
      tried += 1
    }
  }
  assert.ok(tried > 40, `only ${tried} routes were tried`)
  assert.equal(JSON.stringify((await desk.ask(anna, 'GET', path)).body), untouched)
})

test('nor in any list', async () => {
  const views = [
    'all',
    'open',
    'unassigned',
    'my-teams',
    'mine',
    'mentioned',
    'drafts',
    'closed',
    'spam',
    'trash',
    'stuck',
  ]
  for (const query of [
    ...views.map((view) => `?view=${view}`),
    '?q=secret',
    `?customer=${customer}`,
    `?inbox=${inbox}`,
    '?tag=lamp',
  ]) {
    const { status, body: list } = await desk.ask(outsider, 'GET', `/conversations${query}`)
    assert.equal(status, 200)
    assert.deepEqual(list.items, [], query)
  }
  assert.deepEqual((await desk.ask(outsider, 'GET', '/drafts')).body.items, [])
  assert.deepEqual((await desk.ask(outsider, 'GET', '/search?q=secret')).body.items, [])
  const bulk = await desk.ask(outsider, 'POST', '/conversations/bulk', {
    numbers: [number],
    do: { trash: true },
  })
  assert.equal(bulk.body.answers[0].code, 'not_found')
  assert.equal((await desk.ask(anna, 'GET', path)).body.trashed, false)
})

test('nor are his name and address told to whoever names the customer by his id', async () => {
  const mine = await desk.inbox('Mine', await desk.team('Mine', outsider), { only: true })
  const other = await desk.conversation(mine, await desk.customer('Pavel'))
  const asked = [
    await desk.ask(outsider, 'POST', `/conversations/${other}/participants`, { customer }),
    await desk.ask(outsider, 'PUT', `/conversations/${other}/customer`, { customer }),
    await desk.ask(outsider, 'POST', '/conversations', {
      inbox: mine,
      customer: { id: customer },
      subject: 'x',
      message: { text: 'x' },
      direction: 'out',
    }),
  ]
  for (const { status, body } of asked) {
    assert.equal(status, 422, JSON.stringify(body))
    assert.equal(body.errors[0].code, 'unknown')
  }
  assert.doesNotMatch(
    JSON.stringify((await desk.ask(outsider, 'GET', `/conversations/${other}`)).body),
    /Carla/i,
  )
})
