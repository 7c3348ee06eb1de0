// However the mails of a thread arrive, in whatever order and however many at once, they end in one conversation.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { OpenedConversation } from '#features/conversations/conversations.contract.ts'
import type { FormSenderList } from '#features/inboxes/inboxes.contract.ts'
import { startDesk } from '#test/desk.ts'
import type { AtTheDoor } from './receiver.ts'

const { desk, house, inbox, admin, team, addAgent } = await startDesk()
const people = ['anna@example.org', 'boris@example.org', 'clara@example.org']

interface Letter {
  thread: string
  raw: string
}
/** A thread in which everybody answers to all; References grow as mail programs make them. */
function thread(name: string, writers: number[]): Letter[] {
  const ids = writers.map((_, i) => `<${name}-${i}@example.org>`)
  return writers.map((writer, i) => {
    const from = people[writer]!
    const others = people.filter((one) => one !== from)
    const raw = [
      `From: <${from}>`,
      `To: support@example.com, ${others.join(', ')}`,
      `Subject: ${i === 0 ? name : `Re: ${name}`}`,
      `Message-ID: ${ids[i]}`,
      ...(i > 0 ? [`In-Reply-To: ${ids[i - 1]}`, `References: ${ids.slice(0, i).join(' ')}`] : []),
      `Date: Mon, 02 Mar 2026 10:${String(i).padStart(2, '0')}:00 +0000`,
      'Content-Type: text/plain; charset=utf-8',
      '',
      `Words ${i} of ${name}`,
    ].join('\r\n')
    return { thread: name, raw }
  })
}
const atTheDoor = ({ raw }: Letter): AtTheDoor => ({
  door: 'smtp',
  channel: null,
  kind: null,
  inboxes: [inbox],
  sourceKey: null,
  raw: Buffer.from(raw),
  envelopeFrom: 'x@example.org',
  envelopeTo: ['support@example.com'],
  mode: 'live',
  remote: null,
})

let run = 0
test('a thread delivered in any order, many mails at once, is one conversation with every mail in it', async () => {
  const threads = fc.array(fc.array(fc.nat({ max: 2 }), { minLength: 2, maxLength: 7 }), {
    minLength: 1,
    maxLength: 4,
  })
  await fc.assert(
    fc.asyncProperty(threads, fc.infiniteStream(fc.nat()), async (shapes, dice) => {
      run += 1
      const letters = shapes.flatMap((writers, i) => thread(`t${run}-${i}`, writers))
      const shuffled = letters
        .map((letter) => ({ letter, at: dice.next().value }))
        .sort((a, b) => a.at - b.at)
      const receipts = await Promise.all(
        shuffled.map(({ letter }) => desk.receiver.receive(atTheDoor(letter))),
      )
      const settled = await Promise.all(receipts.flat().map((receipt) => receipt.settled))
      const homes = new Map<string, Set<string | null>>()
      for (const [i, { letter }] of shuffled.entries())
        homes.set(letter.thread, (homes.get(letter.thread) ?? new Set()).add(settled[i]!.conversation))
      for (const [name, conversations] of homes) assert.equal(conversations.size, 1, `${name} was split`)
      const all = [...homes.values()].map((one) => [...one][0])
      assert.equal(new Set(all).size, all.length, 'two threads were put together')
    }),
    { numRuns: 40 },
  )
  const failed = await house.db
    .selectFrom('ledger')
    .select(['id', 'reason'])
    .where('outcome', 'in', ['failed', 'quarantined'])
    .execute()
  assert.deepEqual(failed, [])
})

const letter = (head: string[], text: string) =>
  `${[...head, 'Date: Mon, 02 Mar 2026 10:00:00 +0000'].join('\r\n')}\r\n\r\n${text}\r\n`
async function arrive(raw: string, more: Partial<AtTheDoor> = {}) {
  const receipts = await desk.receiver.receive({ ...atTheDoor({ thread: '', raw }), ...more })
  return Promise.all(
    receipts.map(async (receipt) => ({ ledger: receipt.ledger, ...(await receipt.settled)! })),
  )
}
const linksOf = (conversation: string | null) =>
  house.db.selectFrom('conversation_links').selectAll().where('conversation', '=', conversation).execute()

test('a middle that arrives last, with In-Reply-To alone, joins the beginning and links the end', async () => {
  const from = 'From: <mia@example.org>'
  const [first] = await arrive(letter([from, 'Message-ID: <mid-a@x>'], 'First'))
  const [last] = await arrive(letter([from, 'Message-ID: <mid-c@x>', 'In-Reply-To: <mid-b@x>'], 'Last'))
  assert.notEqual(first!.conversation, last!.conversation)
  const [middle] = await arrive(letter([from, 'Message-ID: <mid-b@x>', 'In-Reply-To: <mid-a@x>'], 'Middle'))
  assert.equal(middle!.conversation, first!.conversation)
  const [link] = await linksOf(first!.conversation)
  assert.deepEqual([link!.other, link!.kind], [last!.conversation, 'same_thread'])
  // Somebody else who names those ids links nothing.
  const foreign = letter(['From: <eve@example.org>', 'Message-ID: <mid-d@x>', 'In-Reply-To: <mid-a@x>'], 'Hm')
  assert.equal((await linksOf((await arrive(foreign))[0]!.conversation)).length, 0)
})

const sales = (
  await admin.post<{ id: string }>('/inboxes', { name: 'Sales', address: 'sales@example.com', team })
).body.id

test('the same words to several of our addresses under different ids are one conversation, which says so', async () => {
  const to = (inbox_: string, address: string, id: string, text = 'My lamp is broken, what now?') =>
    arrive(
      letter(['From: <olga@example.org>', `To: ${address}`, 'Subject: Lamp', `Message-ID: <${id}@x>`], text),
      { inboxes: [inbox_], envelopeTo: [address] },
    )
  // At once: whichever is second sees the other.
  const both = (
    await Promise.all([to(inbox, 'support@example.com', 'w1'), to(sales, 'sales@example.com', 'w2')])
  ).flat()
  assert.deepEqual(both.map(({ outcome }) => outcome).sort(), ['ignored', 'started'])
  assert.equal(both[0]!.conversation, both[1]!.conversation)
  const { body } = await admin.get<OpenedConversation>(`/conversations/${both[0]!.conversation}`)
  assert.equal(body.items.filter(({ type }) => type === 'message').length, 1)
  assert.ok(body.items.some((item) => item.type === 'event' && item.kind === 'duplicate_came'))
  const again = both.find(({ outcome }) => outcome === 'ignored')!
  const row = await admin.get<{ duplicateOf: string }>(`/mail-log/${again.ledger}`)
  assert.equal(row.body.duplicateOf, both.find(({ outcome }) => outcome === 'started')!.ledger)
  // Other words, or the same to the same address, are mails of their own.
  const [other] = await to(sales, 'sales@example.com', 'w3', 'My chair is broken, what now?')
  assert.equal(other!.outcome, 'started')
  const [same] = await to(inbox, 'support@example.com', 'w4', 'Ping').then(() =>
    to(inbox, 'support@example.com', 'w5', 'Ping'),
  )
  assert.equal(same!.outcome, 'started')
})

test('a sender with a new Reply-To each time is asked about once; then the people in Reply-To are the customers', async () => {
  const byForm = (n: number) =>
    arrive(
      letter(
        [
          'From: <form@shop.example>',
          `Reply-To: Buyer ${n} <buyer${n}@example.org>`,
          `Message-ID: <f${n}@x>`,
        ],
        `Order ${n}`,
      ),
    )
  const customerOf = async (number: string | null) =>
    (await admin.get<OpenedConversation>(`/conversations/${number}`)).body.customer.address
  const first = await byForm(1)
  await byForm(2)
  const asked = () => admin.get<FormSenderList>('/form-senders')
  assert.equal((await asked()).body.items.length, 0)
  await byForm(3)
  await byForm(4)
  const [sender, ...more] = (await asked()).body.items
  assert.deepEqual(
    [sender!.address, sender!.isForm, sender!.earlier, more.length],
    ['form@shop.example', null, 4, 0],
  )
  await admin.put(`/form-senders/${sender!.id}`, { isForm: true })
  const [next] = await byForm(5)
  assert.equal(await customerOf(next!.conversation), 'buyer5@example.org')
  assert.equal(await customerOf(first[0]!.conversation), 'form@shop.example')
  const right = await admin.post<{ earlier: number }>(`/form-senders/${sender!.id}/earlier`)
  assert.deepEqual([right.status, right.body.earlier], [200, 0])
  assert.equal(await customerOf(first[0]!.conversation), 'buyer1@example.org')
  const { body } = await admin.get<OpenedConversation>(`/conversations/${first[0]!.conversation}`)
  assert.deepEqual(body.participants, [])
  const nina = await addAgent({ name: 'Nina' })
  assert.equal((await nina.client.get('/form-senders')).status, 403)
})
