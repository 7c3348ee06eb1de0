import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inTransaction } from '#platform/db/db.ts'
import { Refusal } from '#platform/errors/refuse.ts'
import { system } from '#platform/events/events.ts'
import { adminAddress, type Problem, startDesk } from '../../../test/desk.ts'
import type { Agent, Me } from './agents.contract.ts'
import { agentByAddress, changeAgent, removeAgent, resolveAgent, settingsOf } from './agents.ts'

interface List {
  items: Agent[]
  nextCursor: string | null
}
const kindsOf = async (house: { db: import('#platform/db/db.ts').Db }) =>
  (await house.db.selectFrom('events').select('kind').orderBy('id').execute()).map(({ kind }) => kind)

test('agents see who is here; only administrators invite, change and remove', async () => {
  const { addAgent, admin, stranger } = await startDesk()
  const anna = await addAgent({ name: 'Anna' })
  const bob = { name: 'Bob', address: 'bob@example.com' }
  assert.equal((await stranger.get('/agents')).status, 401)
  assert.equal((await anna.client.get<List>('/agents')).body.items.length, 2)
  for (const answer of [
    await anna.client.post('/agents', bob),
    await anna.client.patch(`/agents/${anna.id}`, { role: 'admin' }),
    await anna.client.delete(`/agents/${anna.id}`),
    await anna.client.post(`/agents/${anna.id}/invitation`),
  ])
    assert.deepEqual([answer.status, answer.body.code], [403, 'forbidden'])
  const changed = await admin.patch<Agent>(`/agents/${anna.id}`, { role: 'admin', name: 'Anna K.' })
  assert.deepEqual([changed.body.role, changed.body.name], ['admin', 'Anna K.'])
  assert.equal((await anna.client.post('/agents', bob)).status, 201)
  assert.equal((await admin.patch('/agents/999', { name: 'x' })).status, 404)
})

test('the list has pages that insertions do not shift, and shows removed agents only when asked', async () => {
  const { addAgent, admin } = await startDesk()
  for (const name of ['Dora', 'Boris', 'Егор', 'Clara'])
    await addAgent({ name, address: `${name.length}${name.charCodeAt(0)}@example.com` })
  const first = (await admin.get<List>('/agents', { query: { limit: 2 } })).body
  assert.deepEqual(
    first.items.map(({ name }) => name),
    ['Admin', 'Boris'],
  )
  const aaron = await addAgent({ name: 'Aaron' })
  const second = (await admin.get<List>('/agents', { query: { limit: 2, cursor: first.nextCursor! } })).body
  assert.deepEqual(
    second.items.map(({ name }) => name),
    ['Clara', 'Dora'],
  )
  const third = (await admin.get<List>('/agents', { query: { limit: 2, cursor: second.nextCursor! } })).body
  assert.deepEqual([third.items.map(({ name }) => name), third.nextCursor], [['Егор'], null])
  await admin.delete(`/agents/${aaron.id}`)
  const names = async (query: Record<string, string>) =>
    (await admin.get<List>('/agents', { query })).body.items.map(({ name }) => name)
  assert.ok(!(await names({})).includes('Aaron'))
  assert.deepEqual(await names({ state: 'removed' }), ['Aaron'])
  assert.equal((await admin.get('/agents', { query: { cursor: 'xxx' } })).status, 400)
})

test('an address is one of its kind, a mail address, and none of the desk itself', async () => {
  const { admin } = await startDesk()
  for (const [address, code] of [
    [adminAddress.toUpperCase(), 'taken'],
    ['support@example.com', 'own_address'],
    ['nobody', 'not_an_address'],
    ['r&d@example.com', 'not_an_address'],
  ]) {
    const { status, body } = await admin.post<Problem>('/agents', { name: 'X', address })
    assert.deepEqual([status, body.errors?.[0]?.field, body.errors?.[0]?.code], [422, 'address', code])
  }
  const several = await admin.post<Problem>('/agents', { name: '', address: 'support@example.com' })
  assert.deepEqual(
    several.body.errors?.map(({ field, code }) => `${field} ${code}`),
    ['name required', 'address own_address'],
  )
  const idn = await admin.post<Agent>('/agents', { name: 'X', address: 'вера@пример.рф' })
  assert.equal(idn.status, 422)
  const ascii = await admin.post<Agent>('/agents', { name: 'X', address: 'vera@пример.рф' })
  assert.equal(ascii.body.address, 'vera@xn--e1afmkfd.xn--p1ai')
})

test('the last administrator can neither step back nor be removed, also when two dismiss each other at once', async () => {
  const { admin, addAgent, house } = await startDesk()
  const { id } = (await admin.get<Me>('/me')).body
  const refused = (answer: { status: number; body: Problem }) => [answer.status, answer.body.code]
  assert.deepEqual(refused(await admin.patch(`/agents/${id}`, { role: 'agent' })), [409, 'last_admin'])
  assert.deepEqual(refused(await admin.delete(`/agents/${id}`)), [409, 'last_admin'])
  await admin.post('/agents', { name: 'Later', address: 'later@example.com', role: 'admin' })
  assert.deepEqual(
    refused(await admin.delete(`/agents/${id}`)),
    [409, 'last_admin'],
    'the invited one is not here yet',
  )
  const bea = await addAgent({ name: 'Bea', role: 'admin' })
  const by = { at: house.clock.now(), actor: system }
  const outcomes = await Promise.allSettled([
    inTransaction(house.db, (tx) => removeAgent(tx, by, id)),
    inTransaction(house.db, (tx) => changeAgent(tx, by, bea.id, { role: 'agent' })),
  ])
  assert.deepEqual(outcomes.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
  const { reason } = outcomes.find(({ status }) => status === 'rejected') as PromiseRejectedResult
  assert.ok(reason instanceof Refusal && reason.code === 'last_admin')
})

test('settings are the person’s own, keep what was not named, and change the language of the answers', async () => {
  const { addAgent, house } = await startDesk()
  const anna = await addAgent({ name: 'Anna' })
  const { client } = anna
  await client.patch('/me', { settings: { undoSeconds: 30, notifications: { assigned: false } } })
  const { body } = await client.patch<Me>('/me', {
    name: 'Аня',
    settings: { language: 'ru', notifications: { mentioned: true } },
  })
  assert.deepEqual(
    [body.name, body.settings.undoSeconds, body.settings.theme, body.settings.notifications],
    ['Аня', 30, 'system', { assigned: false, mentioned: true }],
  )
  assert.deepEqual(await settingsOf(house.db, anna.id), body.settings)
  // Two devices, each with another inbox on screen: neither forgets what the other chose.
  await client.patch('/me', { settings: { afterSending: { 1: 'close' } } })
  const both = await client.patch<Me>('/me', { settings: { afterSending: { 2: 'snooze.week' } } })
  assert.deepEqual(both.body.settings.afterSending, { 1: 'close', 2: 'snooze.week' })
  const refused = await client.post<Problem>('/agents', { name: 'x', address: 'x@example.com' })
  assert.equal(refused.body.title, 'Это может только администратор.')
  const wrong = await client.patch<Problem>('/me', { settings: { undoSeconds: 61 } })
  assert.deepEqual([wrong.status, wrong.body.errors![0]!.field], [422, 'settings.undoSeconds'])
})

test('an agent is named by me, an id or any of his addresses; a removed one by none', async () => {
  const { addAgent, house, admin } = await startDesk()
  const { db } = house
  const anna = await addAgent({ name: 'Anna' })
  await db.insertInto('agent_addresses').values({ address: 'anna@home.example', agent: anna.id }).execute()
  for (const named of ['me', anna.id, 'Anna@Example.com', 'anna@home.example'])
    assert.equal((await resolveAgent(db, named, { id: anna.id })).id, anna.id)
  assert.equal((await agentByAddress(db, 'anna@home.example'))!.id, anna.id)
  await admin.delete(`/agents/${anna.id}`)
  for (const named of [anna.id, 'anna@example.com', 'anna@home.example', 'nobody', '99999', '1e3'])
    await assert.rejects(
      resolveAgent(db, named, { id: '1' }, 'assignee'),
      (error) => error instanceof Refusal && error.errors[0]?.field === 'assignee',
    )
})

test('every change of people is an event in the stream', async () => {
  const { admin, addAgent, house, team } = await startDesk()
  const before = (await kindsOf(house)).length
  const anna = await addAgent({ name: 'Anna', teams: [team] })
  await admin.patch(`/agents/${anna.id}`, { teams: [] })
  await admin.delete(`/agents/${anna.id}`)
  assert.deepEqual((await kindsOf(house)).slice(before), [
    'team_changed',
    'agent_invited',
    'agent_joined',
    'api_key_created',
    'team_changed',
    'agent_changed',
    'agent_removed',
  ])
})

test('whoever goes away is seen as away, until a time or until he is back; twice back is one event', async () => {
  const { addAgent, admin, house } = await startDesk()
  const anna = await addAgent({ name: 'Anna' })
  const seen = async () => {
    const { body } = await admin.get<{ awayFrom: string | null; awayUntil: string | null }>(
      `/agents/${anna.id}`,
    )
    return [body.awayFrom !== null, body.awayUntil]
  }
  assert.deepEqual(await seen(), [false, null])
  await anna.client.put('/me/absence', {})
  assert.deepEqual(await seen(), [true, null])
  await anna.client.put('/me/absence', { until: '2099-01-01T00:00:00.000Z' })
  assert.deepEqual(await seen(), [true, '2099-01-01T00:00:00.000Z'])
  assert.equal((await anna.client.put('/me/absence', { until: '2001-01-01T00:00:00.000Z' })).status, 422)
  const before = (await kindsOf(house)).length
  await anna.client.delete('/me/absence')
  await anna.client.delete('/me/absence')
  assert.deepEqual(await seen(), [false, null])
  assert.deepEqual((await kindsOf(house)).slice(before), ['agent_back'])
})
