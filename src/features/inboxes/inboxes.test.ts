import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Problem, startDesk } from '../../../test/desk.ts'
import type { Inbox } from './inboxes.contract.ts'
import { inboxByAddress, inboxesByAddress, ownAddresses } from './inboxes.ts'

interface List {
  items: Inbox[]
}

test('an inbox has an address, aliases, a team and its ways of answering; what is not named stays', async () => {
  const { admin, house, team } = await startDesk()
  const made = await admin.post<Inbox>('/inboxes', {
    name: 'Shop',
    address: 'Shop@Пример.рф',
    aliases: ['Sales@example.com'],
  })
  assert.equal(made.status, 201)
  assert.deepEqual(made.body, {
    id: made.body.id,
    name: 'Shop',
    address: 'shop@xn--e1afmkfd.xn--p1ai',
    aliases: ['sales@example.com'],
    team: { id: team, name: 'Support' },
    teams: null,
    signature: null,
    quote: 'last',
    senderName: 'agent',
    guard: 'default',
    plusAddressing: false,
    acknowledges: false,
    acknowledgement: null,
  })
  const change = {
    teams: [team],
    signature: 'Bye',
    quote: 'all',
    senderName: 'team',
    guard: 'all',
    plusAddressing: true,
  }
  const changed = await admin.patch<Inbox>(`/inboxes/${made.body.id}`, change)
  assert.deepEqual(changed.body, { ...made.body, ...change })
  const { id } = made.body
  const back = await admin.patch<Inbox>(`/inboxes/${id}`, { signature: null, teams: null })
  assert.deepEqual([back.body.signature, back.body.teams, back.body.quote], [null, null, 'all'])
  const { db } = house
  assert.equal(await inboxByAddress(db, 'SALES@example.com'), id)
  assert.equal(await inboxByAddress(db, 'shop+abc123@пример.рф'), id)
  assert.equal(await inboxByAddress(db, 'nobody@example.com'), null)
  const several = await inboxesByAddress(db, ['support@example.com', 'x@example.com', 'sales+1@example.com'])
  assert.deepEqual(
    [...several],
    [
      ['support@example.com', '1'],
      ['sales+1@example.com', id],
    ],
  )
  assert.deepEqual([...(await ownAddresses(db))].sort(), [
    'sales@example.com',
    'shop@xn--e1afmkfd.xn--p1ai',
    'support@example.com',
  ])
})

test('an address belongs to one inbox, as its own or as an alias, and to no agent', async () => {
  const { admin, inbox } = await startDesk()
  await admin.patch(`/inboxes/${inbox}`, { aliases: ['help@example.com'] })
  const wrong = async (body: object) => {
    const answer = await admin.post<Problem>('/inboxes', {
      name: 'Other',
      address: 'other@example.com',
      ...body,
    })
    return [answer.status, ...(answer.body.errors ?? []).map(({ field, code }) => `${field} ${code}`)]
  }
  assert.deepEqual(await wrong({ address: 'help@example.com' }), [422, 'address taken'])
  assert.deepEqual(await wrong({ address: 'Support@Example.com' }), [422, 'address taken'])
  assert.deepEqual(await wrong({ address: 'admin@example.com' }), [422, 'address taken'])
  assert.deepEqual(await wrong({ address: 'support' }), [422, 'address not_an_address'])
  assert.deepEqual(await wrong({ aliases: ['a@example.com', 'support@example.com'] }), [
    422,
    'aliases.1 taken',
  ])
  assert.deepEqual(await wrong({ aliases: ['other@example.com'] }), [422, 'aliases.0 taken'])
  assert.deepEqual(await wrong({ aliases: ['x y@example.com'] }), [422, 'aliases.0 not_an_address'])
  // Form and values in one answer.
  assert.deepEqual(await wrong({ name: 7, address: 'support', aliases: ['ok@example.com', 'x y'] }), [
    422,
    'name wrong_type',
    'address not_an_address',
    'aliases.1 not_an_address',
  ])
  assert.deepEqual(await wrong({ name: undefined, address: 'support' }), [
    422,
    'name required',
    'address not_an_address',
  ])
  // What is taken is told with what is empty, whoever notices it.
  const taken = { address: 'help@example.com', aliases: ['x@example.com', 'support@example.com', 'x y'] }
  for (const name of ['', '  '])
    assert.deepEqual((await wrong({ name, ...taken })).sort(), [
      422,
      'address taken',
      'aliases.1 taken',
      'aliases.2 not_an_address',
      'name required',
    ])
  const patched = await admin.patch<Problem>(`/inboxes/${inbox}`, { name: '', address: 'admin@example.com' })
  assert.deepEqual(
    patched.body.errors?.map(({ field }) => field),
    ['name', 'address'],
  )
  assert.deepEqual(await wrong({ team: '999' }), [422, 'team unknown'])
  assert.deepEqual(await wrong({ teams: ['999'] }), [422, 'teams unknown'])
  assert.deepEqual(await wrong({ teams: [] }), [422, 'teams required'])
  assert.equal((await admin.get<List>('/inboxes')).body.items.length, 1, 'nothing is half made')
  // Letters beyond ASCII before the @ (RFC 6531), however they are composed.
  const made = await admin.post<Inbox>('/inboxes', { name: 'José', address: 'Jose\u0301@example.com' })
  assert.deepEqual([made.status, made.body.address], [201, 'jos\u00e9@example.com'])
})

test('of two who take one address at the same moment one gets it', async () => {
  const { admin } = await startDesk()
  const answers = await Promise.all(
    Array.from({ length: 6 }, (_, i) =>
      admin.post(
        '/inboxes',
        i % 2
          ? { name: 'A', address: 'new@example.com' }
          : { name: 'B', address: `b${i}@example.com`, aliases: ['new@example.com'] },
      ),
    ),
  )
  assert.deepEqual(
    answers.map(({ status }) => (status === 409 ? 422 : status)).sort(),
    [201, 422, 422, 422, 422, 422],
  )
})

test('of many who take one alias at the same moment one gets it', async () => {
  const { admin } = await startDesk()
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, i) =>
      admin.post('/inboxes', {
        name: 'B',
        address: `alias${i}@example.com`,
        aliases: ['shared@example.com'],
      }),
    ),
  )
  const taken = answers.map(({ status }) => (status === 409 ? 422 : status)).sort()
  assert.deepEqual(taken, [201, ...Array.from({ length: 7 }, () => 422)])
})

test('address and alias can change places', async () => {
  const { admin, inbox } = await startDesk()
  await admin.patch(`/inboxes/${inbox}`, { aliases: ['help@example.com'] })
  const swapped = await admin.patch<Inbox>(`/inboxes/${inbox}`, {
    address: 'help@example.com',
    aliases: ['support@example.com'],
  })
  assert.deepEqual(
    [swapped.body.address, swapped.body.aliases],
    ['help@example.com', ['support@example.com']],
  )
  const raised = await admin.patch<Inbox>(`/inboxes/${inbox}`, { address: 'support@example.com' })
  assert.deepEqual([raised.body.address, raised.body.aliases], ['support@example.com', []])
})

test('agents see the inboxes that are open to all or to their teams, administrators all of them', async () => {
  const { admin, addAgent, team, inbox } = await startDesk()
  const inside = await addAgent({ name: 'Inside', teams: [team] })
  const outside = await addAgent({ name: 'Outside' })
  await admin.post('/inboxes', { name: 'Complaints', address: 'complaints@example.com', teams: [team] })
  const names = async ({ client }: { client: typeof admin }) =>
    (await client.get<List>('/inboxes')).body.items.map(({ name }) => name)
  assert.deepEqual(await names(inside), ['Complaints', 'Support'])
  assert.deepEqual(await names(outside), ['Support'])
  const bystander = await addAgent({ name: 'Boss', role: 'admin' })
  assert.deepEqual(await names(bystander), ['Complaints', 'Support'])
  const { id } = (await admin.get<List>('/inboxes')).body.items[0]!
  assert.equal((await outside.client.get(`/inboxes/${id}`)).status, 404)
  assert.equal((await inside.client.get(`/inboxes/${id}`)).status, 200)
  assert.equal((await inside.client.patch(`/inboxes/${inbox}`, { name: 'x' })).status, 403)
  assert.equal((await inside.client.delete(`/inboxes/${inbox}`)).status, 403)
})

test('a removed inbox gives its addresses free', async () => {
  const { admin, house } = await startDesk()
  const { id } = (
    await admin.post<Inbox>('/inboxes', { name: 'A', address: 'a@example.com', aliases: ['b@example.com'] })
  ).body
  assert.equal((await admin.delete(`/inboxes/${id}`)).status, 204)
  assert.equal(await inboxByAddress(house.db, 'a@example.com'), null)
  const again = await admin.post('/inboxes', {
    name: 'B',
    address: 'b@example.com',
    aliases: ['a@example.com'],
  })
  assert.equal(again.status, 201)
  const events = await house.db.selectFrom('events').select('kind').orderBy('id', 'desc').limit(3).execute()
  assert.deepEqual(
    events.map(({ kind }) => kind),
    ['inbox_created', 'inbox_removed', 'inbox_created'],
  )
})
