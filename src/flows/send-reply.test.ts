import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openWaysOut } from '#app/ways-out.ts'
import type {
  Conversation,
  Message,
  OpenedConversation,
} from '#features/conversations/conversations.contract.ts'
import { append, lock, type NewMessageRow } from '#features/conversations/conversations.ts'
import type { OutboxMail } from '#features/outbox/outbox.contract.ts'
import { TestClock } from '#platform/clock/clock.ts'
import { inTransaction, openDatabase } from '#platform/db/db.ts'
import { type Client, type Problem, startDesk } from '../../test/desk.ts'
import { mailIn } from '../../test/post.ts'
import { queueDue, write } from './send-reply.ts'

const clock = new TestClock(new Date('2026-03-02T09:00:00Z'))
const house = await startDesk({ clock })
const olga = await house.addAgent({ name: 'Olga Berg', address: 'olga@example.com' })
const boris = await house.addAgent({ name: 'Boris', address: 'boris@example.com' })

const later = async (ms: number) => {
  clock.set(new Date(clock.now().getTime() + ms))
  await house.desk.settle()
}
const reply = <T = Message>(client: Client, number: number, body: object) =>
  client.post<T>(`/conversations/${number}/messages`, body)
const open = async (number: number, client = olga.client) =>
  (await client.get<OpenedConversation>(`/conversations/${number}`)).body
const message = async (number: number, id: string) =>
  (await open(number)).items.find((item) => item.id === id) as Message
const outbox = async (client = olga.client) =>
  (await client.get<{ items: OutboxMail[] }>('/outbox')).body.items

/** A customer's words, as the receiving flow appends them. */
const words = (text: string): NewMessageRow => ({
  direction: 'in',
  medium: 'mail',
  channel: null,
  at: clock.now(),
  author: { kind: 'customer', id: null, name: 'Anna Bell', address: 'anna@mail.example' },
  subject: null,
  text,
  html: null,
  from: { name: 'Anna Bell', address: 'anna@mail.example' },
  to: [],
  cc: [],
  attachments: [],
  preview: text,
})

test('a reply is held for ten seconds, leaves, lands in the thread, and the answer joins', async () => {
  const { number, item, messageId } = await mailIn(house)
  const { status, body } = await reply(olga.client, number, { text: 'It is on its way.', lastSeen: item })
  assert.equal(status, 201)
  assert.equal(body.state, 'held')
  assert.equal(body.undoUntil, '2026-03-02T09:00:10.000Z')
  assert.deepEqual(body.to, [{ name: 'Anna Bell', address: 'anna@mail.example' }])
  const waiting = await open(number)
  assert.equal(waiting.status.category, 'pending')
  assert.equal(waiting.assignee?.name, 'Olga Berg')
  assert.equal(waiting.waitingSince, null)
  assert.equal(waiting.unread, false)
  assert.equal((await outbox()).length, 0)

  await later(10_000)
  assert.equal((await message(number, body.id)).state, 'sent')
  const [mail] = await outbox()
  assert.equal(mail!.message, body.id)
  assert.deepEqual(mail!.to, ['anna@mail.example'])
  assert.equal(mail!.subject, 'Re: Where is my order')
  assert.match(mail!.source, new RegExp(`^In-Reply-To: <${messageId}>`, 'm'))
  assert.match(mail!.source, new RegExp(`^References: <${messageId}>`, 'm'))
  assert.match(mail!.source, /^From: Olga Berg <support@example.com>/m)
  assert.match(
    mail!.text,
    /^It is on its way\.\n\nOn March 2, 2026.*, Anna Bell wrote:\n> Hello, where is it\?$/s,
  )
  assert.doesNotMatch(mail!.source, /olga@example.com|admin@example.com/)

  const answered = await house.admin.post<{ conversation: number; item: string }>(
    `/outbox/${mail!.id}/answer`,
    { text: 'Thank you, it came, but broken.' },
  )
  assert.equal(answered.status, 201)
  assert.equal(answered.body.conversation, number)
  const again = await open(number)
  assert.equal(again.status.category, 'open')
  assert.equal(again.items.at(-1)?.author.kind ?? again.items.at(-2)?.author.kind, 'customer')
})

test('undo takes everything back that nobody has changed since; too late it says so', async () => {
  const { number, item } = await mailIn(house, { subject: 'Undo me' })
  const { body } = await reply(olga.client, number, {
    text: 'Oops.',
    lastSeen: item,
    then: { status: 'solved' },
  })
  assert.equal((await open(number)).status.category, 'solved')
  const undone = await olga.client.delete<{ state: string }>(`/messages/${body.id}/sending`)
  assert.deepEqual([undone.status, undone.body.state], [200, 'cancelled'])
  const back = await open(number)
  assert.equal(back.status.category, 'new')
  assert.equal(back.assignee, null)
  assert.notEqual(back.waitingSince, null)
  assert.deepEqual([back.preview, back.lastItem], ['Hello, where is it?', item])
  const late = await olga.client.delete(`/messages/${body.id}/sending`)
  assert.deepEqual([late.status, late.body.code], [409, 'already_sending'])
  await later(20_000)
  assert.equal((await message(number, body.id)).state, 'cancelled')

  const last = back.items.at(-1)!.id
  const second = await reply(olga.client, number, { text: 'Better.', lastSeen: last })
  assert.equal(second.status, 201)
  await boris.client.put(`/conversations/${number}/assignee`, { agent: 'me' })
  await olga.client.delete(`/messages/${second.body.id}/sending`)
  assert.equal((await open(number)).assignee?.name, 'Boris')
  const third = await reply(olga.client, number, {
    text: 'Third.',
    lastSeen: (await open(number)).items.at(-1)!.id,
  })
  await later(10_000)
  const gone = await olga.client.delete(`/messages/${third.body.id}/sending`)
  assert.deepEqual([gone.status, gone.body.code], [409, 'already_sending'])
})

test('the guard stops a reply when the customer, a colleague or a stopping comment is newer, and tags stop nothing', async () => {
  const { number, item, messageId } = await mailIn(house, { subject: 'Guarded' })
  const stale = async (lastSeen: string, more = {}) =>
    reply<Problem & { newer: { id: string; type: string }[] }>(olga.client, number, {
      text: 'Hi',
      lastSeen,
      ...more,
    })
  const required = await reply<Problem>(olga.client, number, { text: 'Hi' })
  assert.deepEqual([required.status, required.body.code], [422, 'last_seen_required'])
  const unknown = await reply<Problem>(olga.client, number, { text: 'Hi', lastSeen: '1' })
  assert.equal(unknown.body.errors?.[0]?.field, 'lastSeen')

  await boris.client.put(`/conversations/${number}/tags/urgent`, {})
  await boris.client.put(`/conversations/${number}/assignee`, { agent: 'me' })
  const taken = await stale(item)
  assert.equal(taken.status, 201)
  await olga.client.delete(`/messages/${(taken.body as unknown as Message).id}/sending`)

  const more = await mailIn(house, {
    subject: 'Re: Guarded',
    inReplyTo: `<${messageId}>`,
    text: 'One more thing',
  })
  assert.equal(more.number, number)
  const stopped = await stale(item)
  assert.deepEqual([stopped.status, stopped.body.code], [409, 'stale'])
  assert.deepEqual(
    stopped.body.newer.map(({ id }) => id),
    [more.item],
  )
  const ours = await reply(boris.client, number, { text: 'I have it', lastSeen: more.item })
  assert.equal(ours.status, 201)
  const second = await stale(more.item)
  assert.deepEqual(
    second.body.newer.map(({ id }) => id),
    [ours.body.id],
  )
  const own = await reply<Problem>(boris.client, number, { text: 'From another tab', lastSeen: more.item })
  assert.equal(own.body.code, 'stale')
  const anyway = await stale(more.item, { sendAnyway: true, text: 'All the same' })
  assert.equal(anyway.status, 201)
  const repeated = await stale((anyway.body as unknown as Message).id, { text: ' All  the same' })
  assert.deepEqual([repeated.status, repeated.body.code], [409, 'repeated'])
})

test('a customer who writes during the window holds the reply, and a person lets it go', async () => {
  const { number, item, messageId } = await mailIn(house, { subject: 'Hold it' })
  const { body } = await reply(olga.client, number, { text: 'Answer', lastSeen: item })
  assert.equal(body.stopped, false)
  await mailIn(house, { subject: 'Re: Hold it', inReplyTo: `<${messageId}>`, text: 'Never mind' })
  // At once: nobody has to wait for the end of the window to be asked.
  const held = await message(number, body.id)
  assert.deepEqual([held.state, held.stopped, held.undoUntil], ['held', true, null])
  const heldOnce = async () =>
    (await open(number)).items.filter((one) => one.type === 'event' && one.kind === 'reply_held').length
  assert.equal(await heldOnce(), 1)
  await later(10_000)
  await mailIn(house, { subject: 'Re: Hold it', inReplyTo: `<${messageId}>`, text: 'Really' })
  assert.equal(await heldOnce(), 1)
  await later(3_600_000)
  assert.equal((await message(number, body.id)).state, 'held')
  assert.equal((await olga.client.put(`/messages/${body.id}/sending`)).status, 200)
  await house.desk.settle()
  assert.equal((await message(number, body.id)).state, 'sent')
})

test('an undo window is its writer’s; once news hold a reply back, whoever sees it may let it go', async () => {
  const { number, item, messageId } = await mailIn(house, { subject: 'Not yours' })
  const { body } = await reply(olga.client, number, { text: 'Almost', lastSeen: item })
  for (const other of [boris.client, house.admin]) {
    const refused = await other.put<Problem>(`/messages/${body.id}/sending`)
    assert.deepEqual([refused.status, refused.body.code], [409, 'in_undo_window'])
  }
  assert.equal((await message(number, body.id)).state, 'held')
  await mailIn(house, { subject: 'Re: Not yours', inReplyTo: `<${messageId}>`, text: 'One more thing' })
  assert.equal((await boris.client.put(`/messages/${body.id}/sending`)).status, 200)
  const { lastItem } = await open(number)
  const own = await reply(olga.client, number, { text: 'Now', lastSeen: lastItem!, sendAnyway: true })
  assert.equal((await olga.client.put(`/messages/${own.body.id}/sending`)).status, 200)
})

test('a later reply is held when the customer writes; a machine that answers, or leave to send anyway, hold nothing', async () => {
  const scheduled = async (subject: string, more = {}) => {
    const { number, item, messageId } = await mailIn(house, { subject })
    const sendAt = new Date(clock.now().getTime() + 3_600_000).toISOString()
    const { body } = await reply(olga.client, number, { text: 'Later', lastSeen: item, sendAt, ...more })
    const write = (mail = {}) =>
      mailIn(house, { subject: `Re: ${subject}`, inReplyTo: `<${messageId}>`, text: 'Still here', ...mail })
    return {
      write,
      states: async () => (({ state, stopped }) => [state, stopped])(await message(number, body.id)),
    }
  }
  const asked = await scheduled('Ask me')
  await asked.write({ headers: { 'Auto-Submitted': 'auto-replied' } })
  assert.deepEqual(await asked.states(), ['scheduled', false])
  await asked.write()
  assert.deepEqual(await asked.states(), ['held', true])
  const anyway = await scheduled('Whatever comes', { unlessCustomerWrites: false })
  await anyway.write()
  assert.deepEqual(await anyway.states(), ['scheduled', false])
  await later(3_600_000)
  assert.deepEqual(
    [await asked.states(), await anyway.states()],
    [
      ['held', true],
      ['sent', false],
    ],
  )
})

test("what is due while the customer's words are being written down waits for them, and is held", async () => {
  const { number, item } = await mailIn(house, { subject: 'At the same moment' })
  const { body } = await reply(olga.client, number, { text: 'Off it goes', lastSeen: item })
  const { db } = house.house
  const channels = openWaysOut(house.house).channels
  const due = new Date(clock.now().getTime() + 10_000)
  let leaving: Promise<number> | undefined
  await inTransaction(db, async (tx) => {
    const row = await lock(tx, String(number))
    leaving = queueDue({ house: house.house, channels }, due)
    await append(tx, row, words('Wait'), { now: clock.now() })
  })
  await leaving
  assert.deepEqual((({ state, stopped }) => [state, stopped])(await message(number, body.id)), ['held', true])
})

test('send later leaves at its time and only then changes the conversation', async () => {
  const { number, item } = await mailIn(house, { subject: 'Tomorrow' })
  const past = await reply<Problem>(olga.client, number, {
    text: 'x',
    lastSeen: item,
    sendAt: '2020-01-01T00:00:00Z',
  })
  assert.equal(past.body.errors?.[0]?.code, 'in_past')
  const sendAt = new Date(clock.now().getTime() + 3_600_000).toISOString()
  const { body } = await reply(olga.client, number, {
    text: 'Later',
    lastSeen: item,
    sendAt,
    then: { status: 'solved' },
  })
  assert.equal(body.state, 'scheduled')
  assert.equal((await open(number)).status.category, 'new')
  await later(3_600_000)
  assert.equal((await message(number, body.id)).state, 'sent')
  assert.equal((await open(number)).status.category, 'solved')
})

test('what a later sending can no longer do keeps neither it nor the one behind it back', async () => {
  const { number, item } = await mailIn(house, { subject: 'Next week' })
  const sendAt = new Date(clock.now().getTime() + 3_600_000).toISOString()
  const early = await reply<Problem>(olga.client, number, {
    text: 'x',
    lastSeen: item,
    sendAt,
    then: { snooze: sendAt },
  })
  assert.equal(early.body.errors?.[0]?.field, 'then.snooze')
  const { body } = await reply(olga.client, number, {
    text: 'Later',
    lastSeen: item,
    sendAt,
    then: { snooze: new Date(clock.now().getTime() + 3_700_000).toISOString() },
  })
  const other = await mailIn(house, { subject: 'Right behind' })
  const behind = await reply(olga.client, other.number, { text: 'Me too', lastSeen: other.item, sendAt })
  await house.house.db
    .updateTable('conversations')
    .set({
      category: 'closed',
      closed_at: clock.now(),
      locked_at: clock.now(),
      holder_kind: null,
      holder_id: null,
    })
    .where('id', '=', String(number))
    .execute()
  await later(3_600_000)
  assert.equal((await message(number, body.id)).state, 'sent')
  assert.equal((await message(other.number, behind.body.id)).state, 'sent')
})

test('recipients: confirmed ones by default, each once, never ourselves; wrong ones are named', async () => {
  const { number, item } = await mailIn(house, {
    subject: 'Several',
    cc: 'Carl <carl@mail.example>, support@example.com',
  })
  const all = await reply(olga.client, number, { text: 'All', lastSeen: item })
  assert.deepEqual(
    all.body.cc.map(({ address }) => address),
    ['carl@mail.example'],
  )
  const alone = await reply(olga.client, number, { text: 'Alone', lastSeen: all.body.id, cc: [] })
  assert.deepEqual(alone.body.cc, [])
  const wrong = await reply<Problem>(olga.client, number, {
    text: 'Wrong',
    lastSeen: alone.body.id,
    to: ['nobody', 'Anna <anna@mail.example>'],
  })
  assert.deepEqual([wrong.status, wrong.body.errors?.map(({ field }) => field)], [422, ['to.0']])
  const several = { text: ' ', lastSeen: alone.body.id, to: ['nobody'], cc: [{ address: 'no one' }, 7] }
  const all422 = await reply<Problem>(olga.client, number, several)
  assert.deepEqual([...new Set(all422.body.errors?.map(({ field }) => field))].sort(), [
    'cc.0',
    'cc.1',
    'text',
    'to.0',
  ])
  const begun = await olga.client.post<Problem>('/conversations', {
    inbox: 'support@example.com',
    customer: { address: 'anna@mail.example' },
    subject: 'S',
    message: { text: '', to: ['nobody'] },
    direction: 'out',
  })
  assert.deepEqual(begun.body.errors?.map(({ field }) => field).sort(), ['message.text', 'message.to.0'])
  const nobody = await reply<Problem>(olga.client, number, {
    text: 'Nobody',
    lastSeen: alone.body.id,
    to: ['support@example.com'],
    cc: [],
  })
  assert.deepEqual([nobody.status, nobody.body.code], [422, 'no_recipient'])
  const once = await reply(olga.client, number, {
    text: 'Once',
    lastSeen: alone.body.id,
    to: ['Анна <ANNA@mail.example>', 'anna@mail.example', 'x@пример.рф'],
    cc: ['anna@mail.example'],
  })
  assert.deepEqual(
    once.body.to.map(({ address }) => address),
    ['anna@mail.example', 'x@xn--e1afmkfd.xn--p1ai'],
  )
  assert.deepEqual(once.body.cc, [])
})

test('an agent begins a conversation by mail, and notes down a call', async () => {
  const started = await olga.client.post<Conversation & { items: Message[] }>('/conversations', {
    inbox: 'support@example.com',
    customer: { name: 'Dora', address: 'dora@mail.example' },
    subject: 'Your invoice',
    message: { text: 'Here it is.' },
    direction: 'out',
    tags: ['invoice'],
  })
  assert.equal(started.status, 201)
  assert.equal(started.body.status.category, 'pending')
  assert.deepEqual(started.body.tags, ['invoice'])
  assert.equal(started.body.items[0]!.state, 'held')
  await later(10_000)
  const mail = (await outbox()).find((one) => one.message === started.body.items[0]!.id)!
  assert.equal(mail.subject, 'Your invoice')
  assert.doesNotMatch(mail.source, /^(In-Reply-To|References):/m)
  const call = await olga.client.post<Conversation & { items: Message[] }>('/conversations', {
    inbox: house.inbox,
    customer: { name: 'Egon', phone: '+49 170 123' },
    subject: 'Called about delivery',
    message: { text: 'Wants it on Monday.' },
    direction: 'in',
    medium: 'phone',
  })
  assert.equal(call.status, 201)
  assert.equal(call.body.items[0]!.author.kind, 'customer')
  assert.equal(call.body.items[0]!.state, null)
  assert.notEqual(call.body.waitingSince, null)
  const noWay = await reply<Problem>(olga.client, call.body.number, {
    text: 'Hi',
    lastSeen: call.body.items[0]!.id,
  })
  assert.equal(noWay.body.code, 'no_recipient')
})

test('a reply, with its draft and its status, costs twenty statements at the most', async () => {
  const { number, item } = await mailIn(house, { subject: 'Counted' })
  const statements: string[] = []
  const db = openDatabase({
    url: house.databaseUrl,
    size: 1,
    onQuery: ({ query }) => void statements.push(query.sql),
  })
  const channels = openWaysOut(house.house).channels
  await inTransaction(db, (tx) =>
    write(tx, { house: house.house, channels, writer: olga.id, language: 'en' }, String(number), {
      text: 'Counted.',
      lastSeen: item,
      then: { status: 'solved', assignee: boris.id },
    }),
  )
  await db.destroy()
  assert.equal((await open(number)).status.category, 'solved')
  assert.ok(statements.length <= 20, `${statements.length}: ${statements.join('\n')}`)
})
