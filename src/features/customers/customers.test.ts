import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Problem } from '#test/desk.ts'
import { startDesk } from '#test/desk.ts'
import { mailIn } from '#test/post.ts'
import type { OpenedConversation } from '../conversations/conversations.contract.ts'
import type { Customer, OpenedCustomer } from './customers.contract.ts'

const desk = await startDesk()
const { admin, house } = desk
const boris = await desk.addAgent({ name: 'Boris' })

interface Found {
  items: Customer[]
  nextCursor: string | null
}
async function add(input: object): Promise<Customer> {
  const { status, body } = await admin.post<Customer>('/customers', input)
  assert.equal(status, 201, JSON.stringify(body))
  return body
}
async function names(q: string, client = admin): Promise<(string | null)[]> {
  const { status, body } = await client.get<Found>('/customers', { query: { q } })
  assert.equal(status, 200, JSON.stringify(body))
  return body.items.map((one) => one.name)
}
const customerEvents = () =>
  house.db
    .selectFrom('events')
    .select(['kind', 'actor_kind', 'before', 'after'])
    .where('kind', 'like', 'customer\\_%')
    .where('conversation', 'is', null)
    .orderBy('id')
    .execute()
/** An inbox that only the admin's own team sees, and a conversation in it. */
async function hiddenConversation(from: string) {
  const team = (await admin.post<{ id: string }>('/teams', { name: `Few ${from}`, members: [] })).body.id
  const address = `few-${from.split(/[<@]/).at(-2)}@example.com`
  const { id: me } = (await admin.get<{ id: string }>('/me')).body
  await admin.patch(`/teams/${team}`, { members: [{ agent: me, lead: false }] })
  const made = await admin.post('/inboxes', { name: `Few ${from}`, address, team, teams: [team] })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  const { number } = await mailIn(desk, { from, to: address })
  const { body } = await admin.get<OpenedConversation>(`/conversations/${number}`)
  return { number, customer: body.customer.id! }
}

test('a customer is added once for an Idempotency-Key, with everything the form has', async () => {
  const input = {
    name: ' Vera Lund ',
    identities: [
      { kind: 'mail', value: 'Vera@Lund.Example' },
      { kind: 'phone', value: '+7 (912) 345-67-89' },
    ],
    company: 'Lund Ltd',
    language: 'EN-gb',
    timeZone: 'Europe/Riga',
    vip: true,
    hint: 'Speaks slowly',
  }
  const headers = { 'idempotency-key': 'vera' }
  const first = await admin.post<Customer>('/customers', input, { headers })
  const again = await admin.post<Customer>('/customers', input, { headers })
  assert.deepEqual([first.status, again.status, again.body.id], [201, 201, first.body.id])
  const { id, identities, createdAt, company, notes, joined, changes, ...rest } = first.body as OpenedCustomer
  assert.deepEqual(rest, {
    name: 'Vera Lund',
    address: 'vera@lund.example',
    language: 'en-GB',
    timeZone: 'Europe/Riga',
    vip: true,
    hint: 'Speaks slowly',
    fields: {},
  })
  assert.equal(company?.name, 'Lund Ltd')
  assert.deepEqual(
    identities.map((one) => [one.kind, one.value, one.verified]),
    [
      ['mail', 'vera@lund.example', false],
      ['phone', '+79123456789', false],
    ],
  )
  const colleague = await add({ name: 'Olaf Lund', company: 'LUND ltd' })
  assert.equal(colleague.company?.id, company?.id, 'a company is one whatever its capitals')
})

test('nobody at all is no customer, and what cannot be taken is named by its field', async () => {
  const wrong: [object, string, string][] = [
    [{}, 'name', 'required'],
    [
      { name: 'A', identities: [{ kind: 'mail', value: 'no address' }] },
      'identities.0.value',
      'not_an_address',
    ],
    [{ name: 'A', identities: [{ kind: 'phone', value: 'x' }] }, 'identities.0.value', 'wrong_format'],
    [{ identities: [{ kind: 'mail', value: 'support@example.com' }] }, 'identities.0.value', 'own_address'],
    [{ name: 'A', timeZone: 'Mars/Olympus' }, 'timeZone', 'unknown'],
    [{ name: 'A', language: 'no language' }, 'language', 'unknown'],
  ]
  for (const [input, field, code] of wrong) {
    const { status, body } = await admin.post<Problem>('/customers', input)
    assert.deepEqual([status, body.errors?.map((one) => [one.field, one.code])], [422, [[field, code]]])
  }
  assert.deepEqual(await names('A', admin).then((all) => all.filter((name) => name === 'A')), [])
})

test('a customer is found by parts of name and address, by a phone in any form, and despite a typing error', async () => {
  await add({
    name: 'Zoë Winterbottom',
    identities: [
      { kind: 'mail', value: 'zoe@hatters.example' },
      { kind: 'phone', value: '8 (495) 123-45-60' },
    ],
  })
  for (const q of [
    'winter',
    'zoe',
    'hatters',
    'bottom zoë',
    '+7 495 123-45-60',
    '(495) 123 45 60',
    '1234560',
  ])
    assert.deepEqual(await names(q), ['Zoë Winterbottom'], q)
  for (const q of ['wintrebottom', 'Winterbotom']) assert.equal((await names(q))[0], 'Zoë Winterbottom', q)
  assert.deepEqual(await names('%'), [])
  assert.deepEqual(await names('qqqqqq'), [])
})

test('pages follow each other without a gap although customers are added meanwhile', async () => {
  for (const n of [1, 2, 3, 4, 5]) await add({ name: `Paged ${n}` })
  const query = { q: 'paged', limit: 2 }
  const first = (await admin.get<Found>('/customers', { query })).body
  await add({ name: 'Paged 6' })
  const second = (await admin.get<Found>('/customers', { query: { ...query, cursor: first.nextCursor! } }))
    .body
  const third = (await admin.get<Found>('/customers', { query: { ...query, cursor: second.nextCursor! } }))
    .body
  const all = [first, second, third].flatMap(({ items }) => items.map(({ name }) => name))
  assert.deepEqual(all, ['Paged 5', 'Paged 4', 'Paged 3', 'Paged 2', 'Paged 1'])
  assert.equal(third.nextCursor, null)
  assert.equal((await admin.get('/customers', { query: { cursor: 'bm8' } })).status, 400)
})

test('a change says what it changed and leaves the rest; one event stands beside it', async () => {
  const { id } = await add({
    name: 'Nils',
    identities: [{ kind: 'mail', value: 'nils@one.example' }],
    hint: 'Old',
  })
  const before = (await customerEvents()).length
  const { status, body } = await admin.patch<Customer>(`/customers/${id}`, {
    identities: [
      { kind: 'mail', value: 'nils@two.example' },
      { kind: 'phone', value: '007 911' },
    ],
    hint: null,
    vip: true,
  })
  assert.equal(status, 200)
  assert.deepEqual(
    [body.name, body.hint, body.vip, body.identities.map((one) => one.value)],
    ['Nils', null, true, ['nils@two.example', '007911']],
  )
  await admin.patch(`/customers/${id}`, { name: 'Nils', vip: true })
  const [event, ...more] = (await customerEvents()).slice(before)
  assert.equal(more.length, 0, 'what changes nothing writes no event')
  const { vip_at, ...after } = event!.after as Record<string, unknown>
  assert.ok(vip_at)
  assert.deepEqual(
    [event!.kind, event!.actor_kind, event!.before, after],
    [
      'customer_changed',
      'agent',
      { hint: 'Old', vip_at: null, identities: ['nils@one.example'] },
      { customer: id, hint: null, identities: ['nils@two.example', '007911'] },
    ],
  )
})

test('an address is one customer’s; whose it is is said only to who may see him', async () => {
  const anna = await add({ name: 'Anna Own', identities: [{ kind: 'mail', value: 'own@one.example' }] })
  const other = await add({ name: 'Other' })
  const identities = [{ kind: 'mail', value: 'OWN@one.example' }]
  const refused = await boris.client.patch<Problem>(`/customers/${other.id}`, { identities })
  assert.equal(refused.status, 422)
  assert.deepEqual(refused.body.errors, [
    { field: 'identities.0.value', code: 'belongs_to', text: 'This belongs to Anna Own already.' },
  ])
  assert.equal((await admin.patch(`/customers/${anna.id}`, { identities })).status, 200)
  const hidden = await hiddenConversation('Secret One <secret@one.example>')
  assert.ok(hidden.customer)
  const { body } = await boris.client.patch<Problem>(`/customers/${other.id}`, {
    identities: [{ kind: 'mail', value: 'secret@one.example' }],
  })
  assert.deepEqual(
    body.errors?.map((one) => [one.code, one.text]),
    [['taken', 'This is in use already. Choose another.']],
  )
})

test('who may see none of his conversations does not see the customer, nor what happens to him', async () => {
  const { customer, number } = await hiddenConversation('Hidden Person <hidden@two.example>')
  assert.equal((await boris.client.get(`/customers/${customer}`)).status, 404)
  assert.equal((await boris.client.patch(`/customers/${customer}`, { name: 'X' })).status, 404)
  assert.deepEqual(await names('hidden@two', boris.client), [])
  assert.deepEqual(await names('Hiden Persom', boris.client), [])
  assert.deepEqual(await names('hidden@two'), ['Hidden Person'])
  assert.equal((await admin.patch(`/customers/${customer}`, { hint: 'Private' })).status, 200)
  await desk.desk.settle()
  const told = async (client: typeof admin) => {
    let cursor: string | null = '0'
    const found: string[] = []
    while (cursor !== null) {
      const answer: {
        body: { items: { kind: string; after: { hint?: string } }[]; nextCursor: string | null }
      } = await client.get('/events', { query: { cursor } })
      found.push(...answer.body.items.flatMap(({ after }) => (after.hint === 'Private' ? [after.hint] : [])))
      cursor = answer.body.nextCursor
    }
    return found
  }
  assert.deepEqual([await told(admin), await told(boris.client)], [['Private'], []])
  await admin.put(`/conversations/${number}/assignee`, { agent: boris.id })
  assert.equal((await boris.client.get(`/customers/${customer}`)).status, 200)
  assert.deepEqual(await told(boris.client), ['Private'])
})

test('one that was joined into another leads to him, by id and by what he was called', async () => {
  const survivor = await add({ name: 'Survivor Smith' })
  const joined = await add({
    name: 'Gone Smithson',
    identities: [{ kind: 'mail', value: 'gone@smith.example' }],
  })
  await house.db
    .updateTable('customers')
    .set({ joined_into: survivor.id })
    .where('id', '=', joined.id)
    .execute()
  assert.equal((await admin.get<Customer>(`/customers/${joined.id}`)).body.id, survivor.id)
  assert.deepEqual(await names('gone@smith'), ['Survivor Smith'])
  assert.deepEqual(await names('smithson'), ['Survivor Smith'])
  assert.equal((await admin.patch<Customer>(`/customers/${joined.id}`, { hint: 'H' })).body.id, survivor.id)
})

test('only an administrator removes a customer, and only one without conversations', async () => {
  const { number } = await mailIn(desk, { from: 'kept@three.example', cc: 'copied@three.example' })
  const { body } = await admin.get<OpenedConversation>(`/conversations/${number}`)
  for (const id of [body.customer.id, body.participants[0]!.id]) {
    const refused = await admin.delete<Problem>(`/customers/${id}`)
    assert.deepEqual([refused.status, refused.body.code], [409, 'in_use'])
  }
  const { id } = await add({ name: 'Nobody', identities: [{ kind: 'mail', value: 'nobody@three.example' }] })
  assert.equal((await boris.client.delete(`/customers/${id}`)).status, 403)
  assert.equal((await admin.delete(`/customers/${id}`)).status, 204)
  assert.equal((await admin.delete(`/customers/${id}`)).status, 204)
  assert.equal((await admin.get(`/customers/${id}`)).status, 404)
  assert.equal((await desk.stranger.get('/customers')).status, 401)
  await add({ name: 'Free again', identities: [{ kind: 'mail', value: 'nobody@three.example' }] })
})
