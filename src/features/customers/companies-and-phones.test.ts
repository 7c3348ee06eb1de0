import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startDesk } from '#test/desk.ts'
import { mailIn } from '#test/post.ts'
import type { OpenedConversation } from '../conversations/conversations.contract.ts'
import type { Company } from './companies.contract.ts'
import type { Customer, OpenedCustomer } from './customers.contract.ts'

const desk = await startDesk()
const { admin, house } = desk

test('mail of a blocked sender is kept apart and starts nothing, until he may write again', async () => {
  const from = 'Pest <pest@noise.example>'
  const { number } = await mailIn(desk, { from, subject: 'One' })
  const { body } = await admin.get<OpenedConversation>(`/conversations/${number}`)
  assert.equal((await admin.put('/blocked-addresses/PEST@noise.example', {})).status, 200)
  const { body: pest } = await admin.get<Customer>(`/customers/${body.customer.id}`)
  assert.deepEqual(
    pest.identities.map((identity) => identity.blocked),
    [true],
  )
  await assert.rejects(mailIn(desk, { from, subject: 'Two' }), /quarantined \(blocked\)/)
  const list = await admin.get<{ items: { address: string; by: { name: string } }[] }>('/blocked-addresses')
  assert.deepEqual(
    list.body.items.map(({ address, by }) => [address, by.name]),
    [['pest@noise.example', 'Admin']],
  )
  assert.equal((await admin.delete('/blocked-addresses/pest@noise.example')).status, 204)
  await mailIn(desk, { from, subject: 'Three' })
})

test('with a country told, numbers of any writing are one number, those kept before as well', async () => {
  const add = (phone: string) => admin.post<OpenedCustomer>('/customers', { name: `N ${phone}`, phone })
  const before = (await add('8 (912) 111-22-33')).body
  assert.equal(before.identities[0]?.value, '89121112233')
  assert.equal((await admin.put('/phone-country', { country: 'RU' })).status, 200)
  assert.equal((await admin.put('/phone-country', { country: 'XX' })).status, 422)
  const now = await admin.get<OpenedCustomer>(`/customers/${before.id}`)
  assert.equal(now.body.identities[0]?.value, '+79121112233')
  assert.equal((await add('+7 912 111 22 33')).status, 422, 'it is his')
  for (const q of ['9121112233', '8 912 111-22-33', '+7 (912) 111 22 33', '111-22-33'])
    assert.deepEqual(
      (await admin.get<{ items: Customer[] }>('/customers', { query: { q } })).body.items.map(({ id }) => id),
      [before.id],
      q,
    )
})

test('people of one domain are one company, those of a mail host are not; a name given by hand wins', async () => {
  const customerOf = async (address: string) => {
    const { number } = await mailIn(desk, { from: address, subject: `From ${address}` })
    return (await admin.get<OpenedConversation>(`/conversations/${number}`)).body.customer.id!
  }
  const [a, b, c] = [
    await customerOf('a@north.example'),
    await customerOf('b@north.example'),
    await customerOf('c@gmail.com'),
  ]
  await desk.desk.settle()
  const company = async (id: string) => (await admin.get<Customer>(`/customers/${id}`)).body.company
  const north = await company(a)
  assert.deepEqual([north?.name, north?.byDomain, (await company(b))?.id], ['north.example', true, north?.id])
  assert.equal(await company(c), null)
  const named = await admin.patch<Company>(`/companies/${north!.id}`, { name: 'North Ltd' })
  assert.deepEqual(
    [named.body.name, named.body.customers, named.body.domains],
    ['North Ltd', 2, ['north.example']],
  )
  await admin.patch(`/customers/${b}`, { company: 'Elsewhere' })
  assert.deepEqual(await company(b).then((one) => [one?.name, one?.byDomain]), ['Elsewhere', false])
  await admin.patch(`/companies/${north!.id}`, { domains: [] })
  assert.equal(await company(a), null, 'a domain taken away makes nobody of the company')
  await customerOf('d@north.example')
  await desk.desk.settle()
  assert.equal(await company(a), null, 'and does not come back by itself')
})

test('what a channel has made sure of joins on its own; what it only says is suggested', async () => {
  const { learn } = await import('./customers.ts')
  const mail = async (value: string, verified: boolean) => {
    const { body } = await admin.post<OpenedCustomer>('/customers', { name: value, address: value })
    if (verified)
      await house.db
        .updateTable('customer_identities')
        .set({ verified_at: new Date() })
        .where('value', '=', value)
        .execute()
    return body.id
  }
  const says = async (address: string, verified: boolean) => {
    const { body } = await admin.post<OpenedCustomer>('/customers', { name: `Site of ${address}` })
    const claim = { kind: 'mail', scope: '0', value: address, verified }
    await house.db.transaction().execute((tx) => learn(tx, body.id, [claim], new Date()))
    return body.id
  }
  const [proved, said] = [await mail('proved@x.example', true), await mail('said@x.example', true)]
  const [one, two] = [await says('proved@x.example', true), await says('said@x.example', false)]
  await desk.desk.settle()
  const shown = async (id: string) => (await admin.get<OpenedCustomer>(`/customers/${id}`)).body
  assert.deepEqual([(await shown(one)).id, (await shown(proved)).joined[0]?.reason], [proved, 'verified'])
  assert.equal((await shown(two)).id, two)
  const likely = await admin.get<{ items: { customer: Customer; reason: string }[] }>(
    `/customers/${two}/likenesses`,
  )
  assert.deepEqual(
    likely.body.items.map(({ customer, reason }) => [customer.id, reason]),
    [[said, 'said_by_channel']],
  )
})
