import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ApiKey } from '#features/agents/agents.contract.ts'
import { after as later, seconds, TestClock } from '#platform/clock/clock.ts'
import { openClient, startDesk } from '../../../test/desk.ts'

const clock = new TestClock()
const { addAgent, admin, url, house } = await startDesk({ clock })
interface List {
  items: ApiKey[]
}

test('a key is shown once, acts as its agent, is kept as a hash, and ends when it is revoked', async () => {
  const anna = await addAgent({ name: 'Anna' })
  const made = await anna.client.post<ApiKey & { key: string }>('/api-keys', { name: 'Shop' })
  assert.equal(made.status, 201)
  assert.match(made.body.key, /^fy_[a-z2-7]{32}$/)
  const script = openClient(url, made.body.key)
  assert.equal((await script.get<{ id: string }>('/me')).body.id, anna.id)
  const listed = (await anna.client.get<List>('/api-keys')).body.items[0]!
  assert.deepEqual([listed.name, listed.start], ['Shop', made.body.key.slice(0, 7)])
  assert.ok(!JSON.stringify(listed).includes(made.body.key))
  const rows = await house.db.selectFrom('api_keys').selectAll().execute()
  const events = await house.db.selectFrom('events').selectAll().execute()
  assert.ok(!JSON.stringify([rows, events]).includes(made.body.key))
  assert.equal((await admin.delete(`/api-keys/${made.body.id}`)).status, 404, 'not his')
  assert.equal((await anna.client.delete(`/api-keys/${made.body.id}`)).status, 204)
  assert.equal((await script.get('/me')).status, 401)
  assert.equal((await anna.client.delete(`/api-keys/${made.body.id}`)).status, 404)
})

test('the last use is noted once a minute', async () => {
  const { body } = await admin.post<ApiKey & { key: string }>('/api-keys', { name: 'Clock' })
  const script = openClient(url, body.key)
  const lastUsed = async () =>
    (await admin.get<List>('/api-keys')).body.items.find(({ id }) => id === body.id)!.lastUsedAt
  assert.equal(await lastUsed(), null)
  const first = clock.now().toISOString()
  await script.get('/me')
  assert.equal(await lastUsed(), first)
  clock.set(later(clock.now(), seconds(59)))
  await script.get('/me')
  assert.equal(await lastUsed(), first)
  clock.set(later(clock.now(), seconds(1)))
  await script.get('/me')
  assert.equal(await lastUsed(), clock.now().toISOString())
})

test('a wrong key is nobody, whatever cookie comes with it', async () => {
  for (const authorization of ['Bearer fy_wrong', 'Bearer ', 'Basic abc', 'fy_x', ''])
    assert.equal((await openClient(url, '', { authorization }).get('/me')).status, 401)
})
