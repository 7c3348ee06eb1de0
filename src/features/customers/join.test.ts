import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Problem, startDesk } from '#test/desk.ts'
import { mailIn } from '#test/post.ts'
import { until } from '#test/until.ts'
import type { OpenedConversation } from '../conversations/conversations.contract.ts'
import type { Customer, JoinPreview, Likeness, OpenedCustomer } from './customers.contract.ts'

const desk = await startDesk()
const { admin, house } = desk

async function add(input: object): Promise<OpenedCustomer> {
  const { status, body } = await admin.post<OpenedCustomer>('/customers', input)
  assert.equal(status, 201, JSON.stringify(body))
  return body
}
const opened = async (id: string) => (await admin.get<OpenedCustomer>(`/customers/${id}`)).body
const join = (survivor: string, customer: string) =>
  admin.post<OpenedCustomer>(`/customers/${survivor}/joins`, { customer })
const undo = (survivor: string, joined: string) =>
  admin.delete<OpenedCustomer>(`/customers/${survivor}/joins/${joined}`)
const numbersOf = async (id: string) => {
  const { body } = await admin.get<{ items: { number: number }[] }>(`/customers/${id}/conversations`)
  return body.items.map(({ number }) => number).sort((a, b) => a - b)
}
const values = (customer: Customer) => customer.identities.map(({ value }) => value).sort()
async function writer(address: string, name = address.split('@')[0]) {
  const { number } = await mailIn(desk, { from: `${name} <${address}>`, subject: `From ${address}` })
  const { body } = await admin.get<OpenedConversation>(`/conversations/${number}`)
  return { number, id: body.customer.id! }
}

test('two become one: all that was theirs is together, and goes back with what came since', async () => {
  const one = await writer('kim@lund.example', 'Kim')
  const two = await writer('kim.private@elsewhere.example', 'Kim P')
  await admin.patch(`/customers/${two.id}`, { hint: 'Ring twice', fields: { Floor: '3' }, vip: true })
  await admin.post(`/customers/${two.id}/notes`, { text: 'Likes tea' })
  await admin.put(`/conversations/${two.number}/status`, { status: 'pending' })

  const preview = (await admin.get<JoinPreview>(`/customers/${one.id}/joins/${two.id}/preview`)).body
  assert.deepEqual(preview.filled.sort(), ['fields.Floor', 'hint', 'vip'])
  assert.deepEqual(
    [preview.result.name, preview.result.hint, preview.conversations],
    ['Kim', 'Ring twice', 1],
  )

  const joined = await join(one.id, two.id)
  assert.equal(joined.status, 200, JSON.stringify(joined.body))
  assert.deepEqual(
    [joined.body.name, joined.body.hint, joined.body.vip, joined.body.fields, joined.body.notes[0]?.text],
    ['Kim', 'Ring twice', true, { Floor: '3' }, 'Likes tea'],
  )
  assert.deepEqual(
    joined.body.joined.map(({ id, reason, by }) => [id, reason, by?.name]),
    [[two.id, 'by_hand', 'Admin']],
  )
  assert.deepEqual(await numbersOf(one.id), [one.number, two.number])
  assert.equal((await opened(two.id)).id, one.id, 'the old id leads to the survivor')
  const { body: moved } = await admin.get<OpenedConversation>(`/conversations/${two.number}`)
  assert.deepEqual([moved.customer.id, moved.holder], [one.id, { kind: 'customer', id: one.id, name: 'Kim' }])
  await desk.desk.settle()
  const found = await admin.get<{ items: { conversation: { number: number } }[] }>('/search', {
    query: { q: 'from:kim@lund.example' },
  })
  assert.deepEqual(found.body.items.map((hit) => hit.conversation.number).sort(), [one.number, two.number])

  const since = await writer('kim.private@elsewhere.example', 'Kim P')
  assert.equal(since.id, one.id, 'whoever writes from the joined address is the survivor')
  await admin.patch(`/customers/${one.id}`, { fields: { Floor: '4' } })

  const apart = await undo(one.id, two.id)
  assert.equal(apart.status, 200, JSON.stringify(apart.body))
  assert.deepEqual(
    [apart.body.hint, apart.body.vip, apart.body.fields, apart.body.notes],
    [null, false, { Floor: '4' }, []],
    'what was taken over goes, what somebody wrote since stays',
  )
  assert.deepEqual(await numbersOf(one.id), [one.number])
  assert.deepEqual(await numbersOf(two.id), [two.number, since.number].sort())
  const back = await opened(two.id)
  assert.deepEqual([back.id, back.hint, back.vip, back.notes.length], [two.id, 'Ring twice', true, 1])
})

test('who wants to join what cannot be joined is told', async () => {
  const [a, b, c] = [await add({ name: 'J A' }), await add({ name: 'J B' }), await add({ name: 'J C' })]
  assert.equal((await join(a.id, a.id)).status, 422)
  assert.equal((await join(a.id, b.id)).status, 200)
  assert.equal((await join(a.id, b.id)).status, 422, 'he is the same one by now')
  assert.equal((await undo(c.id, b.id)).status, 404, 'not on somebody else’s page')
  assert.equal((await undo(a.id, b.id)).status, 200)
  assert.equal((await undo(a.id, b.id)).status, 404)
})

test('a chain is taken apart in any order, and names taken over go all the way', async () => {
  const [a, b, c] = [
    await add({ name: 'Deep', identities: [{ kind: 'mail', value: 'deep@a.example' }] }),
    await add({ identities: [{ kind: 'mail', value: 'deep@b.example' }] }),
    await add({ identities: [{ kind: 'mail', value: 'deep@c.example' }] }),
  ]
  await join(b.id, a.id)
  await join(c.id, b.id)
  assert.deepEqual([(await opened(a.id)).id, (await opened(c.id)).name], [c.id, 'Deep'])
  assert.equal((await undo(c.id, a.id)).status, 200)
  const [one, rest] = [await opened(a.id), await opened(c.id)]
  assert.deepEqual(
    [values(one), values(rest), rest.name],
    [['deep@a.example'], ['deep@b.example', 'deep@c.example'], null],
  )
})

test('joins that race each other and mail leave nobody in two places', async () => {
  const writers = await Promise.all([0, 1, 2, 3].map((n) => writer(`race${n}@race.example`)))
  const ids = writers.map(({ id }) => id)
  const answers = await Promise.all([
    join(ids[0]!, ids[1]!),
    join(ids[1]!, ids[2]!),
    join(ids[2]!, ids[0]!),
    join(ids[3]!, ids[1]!),
    writer('race1@race.example'),
    writer('race2@race.example'),
  ])
  for (const answer of answers.slice(0, 4))
    assert.ok([200, 409, 422].includes((answer as { status: number }).status), JSON.stringify(answer))
  const { rows } = await house.db
    .selectFrom('conversations as c')
    .innerJoin('customers as p', 'p.id', 'c.customer')
    .select('c.id')
    .where('p.joined_into', 'is not', null)
    .execute()
    .then((rows) => ({ rows }))
  assert.deepEqual(rows, [], 'nothing belongs to somebody who was joined away')
  const roots = new Set(await Promise.all(ids.map(async (id) => (await opened(id)).id)))
  const seen = (await Promise.all([...roots].map(numbersOf))).flat()
  assert.equal(seen.length, 6)
})

/** Customers 0…4, each with an address; what a desk with any history of joins must look like. */
class Model {
  parent = new Map<number, number>()
  owned = new Map<number, number[]>()
  root(n: number): number {
    const next = this.parent.get(n)
    return next === undefined ? n : this.root(next)
  }
  of(root: number): number[] {
    return [...this.owned].flatMap(([n, list]) => (this.root(n) === root ? list : [])).sort((a, b) => a - b)
  }
}

test('whatever is joined, written and undone, everything is where a model says', async () => {
  const people = 5
  const step = fc.record({
    what: fc.constantFrom('join', 'undo', 'write', 'join'),
    one: fc.nat(people - 1),
    other: fc.nat(people - 1),
  })
  let run = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 14 }), async (steps) => {
      run += 1
      const address = (n: number) => `p${n}@run${run}.example`
      const model = new Model()
      const ids: string[] = []
      for (let n = 0; n < people; n += 1) {
        const { id } = await add({ name: `P${n}`, identities: [{ kind: 'mail', value: address(n) }] })
        ids.push(id)
        model.owned.set(n, [])
      }
      for (const { what, one, other } of steps) {
        const [a, b] = [model.root(one), model.root(other)]
        if (what === 'write') {
          const started = await admin.post<{ number: number }>('/conversations', {
            inbox: desk.inbox,
            customer: { address: address(one) },
            subject: 'Noted',
            message: { text: 'Said so' },
            direction: 'in',
          })
          assert.equal(started.status, 201, JSON.stringify(started.body))
          model.owned.get(one)!.push(started.body.number)
        } else if (what === 'join' && a !== b) {
          assert.equal((await join(ids[a]!, ids[b]!)).status, 200)
          model.parent.set(b, a)
        } else if (what === 'undo' && model.parent.has(one)) {
          assert.equal((await undo(ids[a]!, ids[one]!)).status, 200)
          model.parent.delete(one)
        }
      }
      for (let n = 0; n < people; n += 1) {
        const root = model.root(n)
        const shown = await opened(ids[n]!)
        assert.equal(shown.id, ids[root])
        assert.deepEqual(await numbersOf(ids[root]!), model.of(root))
        const theirs = [...Array(people).keys()].filter((each) => model.root(each) === root).map(address)
        assert.deepEqual(values(shown), theirs)
      }
    }),
    { numRuns: 8 },
  )
})

test('the same name at the same company, and a number in a signature, are suggested with their reason', async () => {
  const first = await writer('olga.lind@north.example', 'Olga Lind')
  const second = await writer('o.lind@north.example', 'Olga Lind')
  await desk.desk.settle()
  const likenesses = async (id: string) =>
    (await admin.get<{ items: Likeness[] }>(`/customers/${id}/likenesses`)).body.items
  await until(async () => (await likenesses(first.id)).length > 0)
  assert.deepEqual(
    (await likenesses(first.id)).map(({ customer, reason }) => [customer.id, reason]),
    [[second.id, 'same_name_and_company']],
  )
  await admin.put(`/customers/${first.id}/distinctions/${second.id}`)
  assert.deepEqual(await likenesses(second.id), [], 'told apart once, not suggested again')
  const caller = await add({ name: 'Caller', phone: '+44 20 7946 0958' })
  const signed = await mailIn(desk, {
    from: 'jo@post.example',
    text: 'Hello,\nplease call me.\n\nJo\nTel. +44 20 7946 0958',
  })
  const { body } = await admin.get<OpenedConversation>(`/conversations/${signed.number}`)
  assert.deepEqual(
    (await likenesses(body.customer.id!)).map(({ customer, reason, what }) => [customer.id, reason, what]),
    [[caller.id, 'phone_in_signature', '+442079460958']],
  )
})

test('an identity belongs to one customer; it is moved when somebody says so', async () => {
  const a = await add({ name: 'Has It', identities: [{ kind: 'phone', value: '+7 912 000 11 22' }] })
  const b = await add({ name: 'Wants It' })
  const refused = await admin.post<Problem & { owner: { id: string } }>(`/customers/${b.id}/identities`, {
    kind: 'phone',
    value: '+79120001122',
  })
  assert.deepEqual(
    [refused.status, refused.body.errors?.[0]?.code, refused.body.owner.id],
    [422, 'belongs_to', a.id],
  )
  const moved = await admin.post<OpenedCustomer>(`/customers/${b.id}/identities`, {
    kind: 'phone',
    value: '+7 (912) 000-11-22',
    move: true,
  })
  assert.deepEqual([values(moved.body), values(await opened(a.id))], [['+79120001122'], []])
  const more = await admin.post<OpenedCustomer>(`/customers/${b.id}/identities`, {
    kind: 'mail',
    value: 'wants@it.example',
  })
  const mail = more.body.identities.find(({ kind }) => kind === 'mail')!
  const first = await admin.put<OpenedCustomer>(`/customers/${b.id}/identities/${mail.id}/primary`)
  assert.equal(first.body.identities[0]?.id, mail.id)
  const gone = await admin.delete<OpenedCustomer>(`/customers/${b.id}/identities/${mail.id}`)
  assert.deepEqual(values(gone.body), ['+79120001122'])
})
