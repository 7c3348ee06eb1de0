import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Agent, Me } from '#features/agents/agents.contract.ts'
import { type Client, openClient, type Problem, startDesk } from '../../../test/desk.ts'

const { addAgent, admin, house, stranger, team, url } = await startDesk()
const password = 'a fine password'
const faults = ({ status, body }: { status: number; body: Problem }) => [
  status,
  body.errors?.[0]?.field,
  body.errors?.[0]?.code,
]
async function signedIn(address: string): Promise<Client> {
  const { status, headers } = await stranger.post('/sign-in', { address, password })
  assert.equal(status, 200)
  const cookie = headers.getSetCookie()[0]!.split(';')[0]!
  return openClient(url, '', { cookie, origin: url })
}

test('a person changes the address he signs in with by his password; he stays signed in, the old one is free', async () => {
  await addAgent({ name: 'Anna', password })
  const browser = await signedIn('anna@example.com')
  const next = 'anna.k@example.com'
  assert.deepEqual(
    faults(await browser.put('/me/address', { address: next, password: 'not her password' })),
    [422, 'password', 'password_wrong'],
  )
  const changed = await browser.put<Me>('/me/address', { address: ' Anna.K@Example.com ', password })
  assert.deepEqual([changed.status, changed.body.address], [200, next])
  assert.equal((await browser.get<Me>('/me')).body.address, next)
  const { body } = await (await signedIn(next)).get<Me>('/me')
  assert.equal(body.address, next)
  const old = await stranger.post('/sign-in', { address: 'anna@example.com', password })
  assert.equal(old.status, 401)
  assert.equal((await admin.post('/agents', { name: 'N', address: 'anna@example.com' })).status, 201)
})

test('an administrator changes it without a password and nobody else does; the invited are invited anew', async () => {
  const carl = await addAgent({ name: 'Carl', password })
  const path = `/agents/${carl.id}/address`
  assert.equal((await carl.client.put(path, { address: 'c@example.com' })).status, 403)
  assert.equal((await admin.put<Agent>(path, { address: 'c@example.com' })).body.address, 'c@example.com')
  await signedIn('c@example.com')
  assert.equal((await admin.put('/agents/9999/address', { address: 'x@example.com' })).status, 404)

  const { body: dora } = await admin.post<Agent>('/agents', { name: 'Dora', address: 'dora@example.com' })
  await admin.put(`/agents/${dora.id}/address`, { address: 'dora@home.example' })
  const mails = (await admin.get<{ items: { to: string[]; source: string }[] }>('/outbox')).body.items
  assert.match(JSON.stringify(mails[0]), /dora@home\.example/)
  const links = await house.db
    .selectFrom('sign_in_links')
    .select('kind')
    .where('agent', '=', dora.id)
    .where('used_at', 'is', null)
    .execute()
  assert.deepEqual(links, [{ kind: 'invitation' }], 'what was mailed to the old address works no more')
})

test('an address belongs to one agent or one inbox, whichever comes first', async () => {
  const eve = await addAgent({ name: 'Eve', password })
  const further = (client: Client, ...furtherAddresses: string[]) =>
    client.patch<Me & Problem>('/me', { furtherAddresses })
  const kept = await further(eve.client, 'Eve@Home.example', 'eve@example.com', 'eve@home.example')
  assert.deepEqual(
    kept.body.furtherAddresses,
    ['eve@home.example'],
    'once, and not the one she signs in with',
  )
  const fred = await addAgent({ name: 'Fred', password })
  for (const [address, code] of [
    ['eve@home.example', 'taken'],
    ['eve@example.com', 'taken'],
    ['support@example.com', 'own_address'],
    ['support+x@example.com', 'own_address'],
    ['nobody', 'not_an_address'],
  ]) {
    const refused = await further(fred.client, 'fred@home.example', address!)
    assert.deepEqual(faults(refused), [422, 'furtherAddresses.1', code])
    const asOwn = await fred.client.put<Problem>('/me/address', { address, password })
    assert.deepEqual(faults(asOwn), [422, 'address', code])
  }
  assert.deepEqual((await fred.client.get<Me>('/me')).body.furtherAddresses, [], 'nothing of it was kept')
  const newcomer = await admin.post('/agents', { name: 'X', address: 'eve@home.example' })
  assert.deepEqual(faults(newcomer), [422, 'address', 'taken'])
  const inbox = await admin.post('/inboxes', { name: 'Y', address: 'eve@home.example', team })
  assert.deepEqual(faults(inbox), [422, 'address', 'taken'])

  const swapped = await eve.client.put<Me>('/me/address', { address: 'eve@home.example', password })
  assert.deepEqual([swapped.body.address, swapped.body.furtherAddresses], ['eve@home.example', []])
  await further(eve.client, 'eve@example.com')
  await admin.delete(`/agents/${eve.id}`)
  assert.equal((await further(fred.client, 'eve@example.com')).status, 200, 'who left gave it free')
})

test('of an agent and an inbox who take an address at the same moment, one gets it', async () => {
  const gwen = await addAgent({ name: 'Gwen' })
  for (let round = 0; round < 10; round++) {
    const address = `both${round}@example.com`
    const answers = await Promise.all([
      gwen.client.patch('/me', { furtherAddresses: [address] }),
      admin.post('/inboxes', { name: address, address, team }),
    ])
    const taken = answers.filter(({ status }) => status < 300)
    assert.equal(taken.length, 1, JSON.stringify(answers.map(({ status, body }) => [status, body])))
  }
})

test('the change of an address stands in the events, before and after', async () => {
  const hans = await addAgent({ name: 'Hans' })
  await hans.client.patch('/me', { furtherAddresses: ['hans@home.example'] })
  const event = await house.db
    .selectFrom('events')
    .select(['before', 'after', 'actor_id'])
    .where('kind', '=', 'agent_changed')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow()
  assert.equal(event.actor_id, hans.id)
  assert.deepEqual(
    [event.before, event.after].map((side) => (side as Record<string, unknown>).furtherAddresses),
    [[], ['hans@home.example']],
  )
})
