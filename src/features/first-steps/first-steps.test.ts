import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Client, startDesk } from '#test/desk.ts'
import type { FirstSteps } from './first-steps.contract.ts'

const look = async (client: Client) => (await client.get<FirstSteps>('/first-steps')).body
const done = (given: FirstSteps) => given.steps.filter((step) => step.done).map(({ id }) => id)

test('every step of an administrator is ticked by what is there, and one mail to try comes in once', async () => {
  const { desk, admin, house } = await startDesk()
  assert.deepEqual(done(await look(admin)), [])
  const first = await admin.post<{ conversation: number }>('/first-steps/test-mail', {})
  const again = await admin.post<{ conversation: number }>('/first-steps/test-mail', {})
  assert.ok(first.body.conversation > 0)
  assert.equal(again.body.conversation, first.body.conversation)
  const after = await look(admin)
  assert.deepEqual(done(after), ['test-mail'])
  assert.equal(after.conversation, first.body.conversation)
  const opened = await admin.get<{ items: { id: string }[] }>(`/conversations/${after.conversation}`)
  await admin.patch('/me', { settings: { undoSeconds: 0, signature: 'Admin' } })
  const sent = await admin.post(`/conversations/${after.conversation}/messages`, {
    text: 'We do. Saturday is fine.',
    lastSeen: opened.body.items.at(-1)!.id,
  })
  assert.equal(sent.status, 201)
  await desk.settle()
  const { body: outbox } = await admin.get<{ items: { id: string }[] }>('/outbox')
  assert.equal((await admin.post(`/outbox/${outbox.items[0]!.id}/answer`, { text: 'See you.' })).status, 201)
  assert.equal((await admin.post('/agents', { name: 'Boris', address: 'boris@example.com' })).status, 201)
  await admin.post('/saved-replies', { name: 'Open on Saturday', text: 'Nine to two.', scope: 'all' })
  await admin.put('/first-steps/keyboard', {})
  await admin.patch('/me', { settings: { notifications: { assigned: false } } })
  const inbox = await house.db.selectFrom('inboxes').select('id').executeTakeFirstOrThrow()
  const smtp = { host: '127.0.0.1', port: 2, security: 'none' }
  assert.equal((await admin.post('/channels', { kind: 'mail', inbox: inbox.id, smtp })).status, 201)
  const all = await look(admin)
  assert.deepEqual(
    all.steps.filter((step) => !step.done),
    [],
  )
  assert.equal(all.leaves, true)
})

test('administrators put the desk’s steps away together, an agent his own', async () => {
  const { admin, addAgent } = await startDesk()
  const { client: second } = await addAgent({ name: 'Second', role: 'admin' })
  const { client: agent } = await addAgent({ name: 'Boris' })
  assert.equal((await look(agent)).steps.length, 4)
  assert.equal((await admin.put<FirstSteps>('/first-steps/dismissal', {})).body.dismissed, true)
  assert.equal((await look(second)).dismissed, true)
  assert.equal((await look(agent)).dismissed, false)
  assert.equal((await second.delete<FirstSteps>('/first-steps/dismissal')).body.dismissed, false)
  await agent.put('/first-steps/dismissal', {})
  assert.equal((await look(agent)).dismissed, true)
  assert.equal((await look(admin)).dismissed, false)
})

test('what others did does not tick an agent’s answer, and only an administrator lets a mail come in', async () => {
  const { admin, addAgent, stranger } = await startDesk()
  const { client: agent } = await addAgent({ name: 'Boris' })
  const { body } = await admin.post<{ conversation: number }>('/first-steps/test-mail', {})
  const opened = await admin.get<{ items: { id: string }[] }>(`/conversations/${body.conversation}`)
  await admin.post(`/conversations/${body.conversation}/messages`, {
    text: 'We do.',
    lastSeen: opened.body.items.at(-1)!.id,
  })
  assert.deepEqual(done(await look(agent)), [])
  assert.equal((await agent.post('/first-steps/test-mail', {})).status, 403)
  assert.equal((await stranger.get('/first-steps')).status, 401)
})

test('a page may ask who is signed in without being refused; /me refuses strangers as before', async () => {
  const { admin, stranger } = await startDesk()
  assert.deepEqual(await stranger.get('/session').then(({ status, body }) => ({ status, body })), {
    status: 200,
    body: { me: null },
  })
  assert.equal((await admin.get<{ me: { name: string } }>('/session')).body.me.name, 'Admin')
  assert.equal((await stranger.get('/me')).status, 401)
})
