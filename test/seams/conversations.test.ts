import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasMembers, inboxAddress, openOutside } from './outside.ts'

const desk = await openOutside()
const ann = desk.admin
const bob = await desk.join('Bob')

async function comesIn(subject: string, from = 'Eva Lind <eva@mail.example>') {
  await desk.mail({ from, subject, text: `${subject}: where is it?` })
  const number = await desk.numberOf(subject)
  const { body } = await ann('GET', `/conversations/${number}`)
  return { number, path: `/conversations/${number}`, lastSeen: body.items.at(-1).id, opened: body }
}
const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/
const conversationMembers =
  'number subject status priority holder assignee team inbox customer participants tags topic links mergedInto snoozedUntil waitingSince spam trashed unread createdAt updatedAt'
const messageMembers =
  'id position type at author direction text html from to cc automatic verified attachments state undoUntil deliveries'

test('a mail becomes a conversation in the shape that scripts rely on', async () => {
  const { opened, number } = await comesIn('Shape')
  hasMembers(opened, `${conversationMembers} items olderCursor`)
  assert.equal(opened.number, number)
  assert.ok(Number.isInteger(opened.number))
  assert.deepEqual(opened.status.category, 'new')
  assert.equal(typeof opened.status.name, 'string')
  assert.equal(opened.priority, 'normal')
  assert.deepEqual(Object.keys(opened.holder).sort(), ['id', 'kind', 'name'])
  assert.equal(opened.holder.kind, 'team')
  assert.equal(opened.assignee, null)
  assert.deepEqual(Object.keys(opened.team).sort(), ['id', 'name'])
  assert.equal(opened.inbox.address, inboxAddress)
  assert.equal(opened.customer.address, 'eva@mail.example')
  assert.equal(opened.customer.name, 'Eva Lind')
  assert.equal(typeof opened.customer.id, 'string')
  for (const name of ['participants', 'tags', 'links']) assert.deepEqual(opened[name], [])
  for (const name of ['topic', 'mergedInto', 'snoozedUntil', 'olderCursor']) assert.equal(opened[name], null)
  assert.deepEqual([opened.spam, opened.trashed, opened.unread], [false, false, true])
  for (const name of ['createdAt', 'updatedAt', 'waitingSince']) assert.match(opened[name], time)
  const message = opened.items[0]
  hasMembers(message, messageMembers)
  assert.deepEqual(
    [
      message.type,
      message.direction,
      message.automatic,
      message.state,
      message.undoUntil,
      message.author.kind,
    ],
    ['message', 'in', false, null, null, 'customer'],
  )
  assert.deepEqual(Object.keys(message.author).sort(), ['address', 'id', 'kind', 'name'])
  assert.match(message.at, time)
  assert.equal(message.from.address, 'eva@mail.example')
  assert.equal(message.to[0].address, inboxAddress)
  const { body: list } = await ann('GET', '/conversations')
  hasMembers(list, 'items nextCursor')
  hasMembers(list.items[0], conversationMembers)
})

test('every verb has its way back, answers 200 with the conversation, and taking back what is absent is 200', async () => {
  const { path, opened } = await comesIn('Verbs')
  const until = new Date(Date.now() + 40 * 86_400_000).toISOString()
  const other = (await ann('POST', '/teams', { name: 'Repairs', members: [{ agent: bob.id, lead: true }] }))
    .body
  const verbs: [string, object, (c: typeof opened) => unknown, unknown, unknown][] = [
    ['assignee', { agent: 'me' }, (c) => c.assignee?.name, 'Ann Admin', undefined],
    ['assignee', { agent: bob.id }, (c) => c.assignee?.name, 'Bob', undefined],
    ['assignee', { agent: 'bob@example.com' }, (c) => c.assignee?.name, 'Bob', undefined],
    ['team', { team: other.id }, (c) => c.team.id, other.id, opened.team.id],
    ['priority', { priority: 'urgent' }, (c) => c.priority, 'urgent', 'normal'],
    ['status', { status: 'on_hold' }, (c) => c.status.category, 'on_hold', 'open'],
    ['snooze', { until }, (c) => c.snoozedUntil, until, null],
    ['closure', {}, (c) => c.status.category, 'solved', 'open'],
    ['spam', {}, (c) => c.spam, true, false],
    ['trash', {}, (c) => c.trashed, true, false],
    ['read', {}, (c) => c.unread, false, true],
    ['tags/late', {}, (c) => c.tags.join(), 'late', ''],
  ]
  for (const [verb, body, look, done, undone] of verbs) {
    const put = await ann('PUT', `${path}/${verb}`, body)
    assert.equal(put.status, 200, `PUT ${verb} ${JSON.stringify(put.body)}`)
    assert.equal(look(put.body), done, `PUT ${verb}`)
    hasMembers(put.body, conversationMembers)
    for (const _ of ['there', 'absent']) {
      const removed = await ann('DELETE', `${path}/${verb}`)
      assert.equal(removed.status, 200, `DELETE ${verb} ${JSON.stringify(removed.body)}`)
      assert.equal(look(removed.body), undone, `DELETE ${verb}`)
    }
  }
  assert.equal((await ann('PUT', `${path}/follow`, {})).status, 200)
  assert.equal((await ann('DELETE', `${path}/follow`)).status, 200)
  assert.equal((await ann('DELETE', `${path}/follow`)).status, 200)
  const patched = await ann('PATCH', path, { subject: 'Other', topic: 'Returns', fields: { order: 'A1' } })
  assert.deepEqual([patched.status, patched.body.subject, patched.body.topic], [200, 'Other', 'Returns'])
  const { items } = (await ann('GET', path)).body
  const event = items.find((item: { kind?: string }) => item.kind === 'priority_changed')
  hasMembers(event, 'id position type at author kind before after')
  assert.deepEqual([event.type, event.author.kind, event.author.name], ['event', 'agent', 'Ann Admin'])
  const permalink = await ann('GET', `${path}?around=${items[0].id}`)
  assert.equal(permalink.status, 200)
  assert.ok(permalink.body.items.some((item: { id: string }) => item.id === items[0].id))
})

test('a body that a verb does not need may be left out, whatever the content type says', async () => {
  const { path } = await comesIn('Bodies')
  const json = { 'content-type': 'application/json' }
  assert.equal((await ann('PUT', `${path}/closure`)).status, 200)
  assert.equal((await ann('DELETE', `${path}/closure`, undefined, json)).status, 200)
  assert.equal((await ann('PUT', `${path}/trash`, '', json)).status, 200)
})

test('a reply names what it saw, waits for undo, leaves by the clock, and the customer owns the turn', async () => {
  const { path, lastSeen } = await comesIn('Reply')
  const none = await ann('POST', `${path}/messages`, { text: 'Hello Eva' })
  assert.deepEqual([none.status, none.body.code], [422, 'last_seen_required'])
  assert.equal(none.body.errors[0].field, 'lastSeen')
  const reply = await ann('POST', `${path}/messages`, { text: 'Hello Eva', lastSeen })
  assert.equal(reply.status, 201, JSON.stringify(reply.body))
  hasMembers(reply.body, messageMembers)
  assert.deepEqual([reply.body.direction, reply.body.state, reply.body.author.kind], ['out', 'held', 'agent'])
  assert.match(reply.body.undoUntil, time)
  assert.equal(reply.body.deliveries[0].recipient, 'eva@mail.example')
  assert.deepEqual([reply.body.deliveries[0].state, reply.body.deliveries[0].attempts], ['held', []])
  const { body: waiting } = await ann('GET', path)
  assert.deepEqual([waiting.status.category, waiting.holder.kind], ['pending', 'customer'])
  const undone = await ann('DELETE', `/messages/${reply.body.id}/sending`)
  assert.deepEqual([undone.status, undone.body], [200, { state: 'cancelled' }])

  const again = await ann('POST', `${path}/messages`, { text: 'Hello Eva', lastSeen })
  assert.equal(again.status, 201, JSON.stringify(again.body))
  await desk.pass(61)
  const late = await ann('DELETE', `/messages/${again.body.id}/sending`)
  assert.deepEqual([late.status, late.body.code], [409, 'already_sending'])
  const { body: deliveries } = await ann('GET', `/messages/${again.body.id}/deliveries`)
  const [delivery] = Array.isArray(deliveries) ? deliveries : deliveries.items
  hasMembers(delivery, 'recipient state attempts')
  assert.ok(['sent', 'delivered'].includes(delivery.state))
  hasMembers(delivery.attempts[0], 'at code text')

  const { body: outbox } = await ann('GET', '/outbox')
  const mail = outbox.items.find((one: { message: string }) => one.message === again.body.id)
  hasMembers(mail, 'id message to subject source')
  assert.match(mail.subject, /^Re: Reply$/)
  const answer = { text: 'It came, but broken.' }
  const key = { 'idempotency-key': 'answer-1' }
  const answered = await ann('POST', `/outbox/${mail.id}/answer`, answer, key)
  assert.ok(answered.status < 300, JSON.stringify(answered.body))
  assert.deepEqual((await ann('POST', `/outbox/${mail.id}/answer`, answer, key)).body, answered.body)
  const { body: now } = await ann('GET', path)
  assert.equal(now.items.filter((item: { direction?: string }) => item.direction === 'in').length, 2)
  assert.equal(now.status.category, 'open')
})

test('stale with what is newer, repeated for the same words, both overruled by sendAnyway', async () => {
  const { path, lastSeen } = await comesIn('Guard')
  const first = await bob.call('POST', `${path}/messages`, { text: 'I am on it', lastSeen })
  assert.equal(first.status, 201)
  const stale = await ann('POST', `${path}/messages`, { text: 'Me too', lastSeen })
  assert.deepEqual([stale.status, stale.body.code], [409, 'stale'])
  assert.match(stale.headers.get('content-type') ?? '', /application\/problem\+json/)
  assert.deepEqual(
    stale.body.newer.map((item: { id: string }) => item.id),
    [first.body.id],
  )
  hasMembers(stale.body.newer[0], messageMembers)
  const repeated = await bob.call('POST', `${path}/messages`, { text: 'I am on it', lastSeen: first.body.id })
  assert.deepEqual([repeated.status, repeated.body.code], [409, 'repeated'])
  const anyway = { text: 'I am on it', lastSeen, sendAnyway: true }
  assert.equal((await bob.call('POST', `${path}/messages`, anyway)).status, 201)
  const stopping = await bob.call('POST', `${path}/comments`, { text: 'Wait', stop: true })
  assert.equal(stopping.status, 201)
  hasMembers(stopping.body, 'id position type at author text')
  const seen = (await ann('GET', path)).body.items
  const stopped = await ann('POST', `${path}/messages`, { text: 'So', lastSeen: anyway.lastSeen })
  assert.ok(stopped.body.newer.some((item: { id: string }) => item.id === stopping.body.id))
  assert.equal((await ann('POST', `${path}/messages`, { text: 'So', lastSeen: seen.at(-1).id })).status, 201)
  await desk.pass(121)
  const later = { text: 'I am on it', lastSeen: (await ann('GET', path)).body.items.at(-1).id }
  assert.equal((await bob.call('POST', `${path}/messages`, later)).status, 201)
})

test('fifty identical POSTs with one key make one message; the same key with other words is 422', async () => {
  const { path, lastSeen } = await comesIn('Keys')
  const key = { 'idempotency-key': 'k-1' }
  const body = { text: 'Once', lastSeen }
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => ann('POST', `${path}/messages`, body, key)),
  )
  const taken = answers.filter(({ status }) => status === 201)
  assert.ok(taken.length > 0)
  assert.equal(new Set(taken.map((answer) => answer.body.id)).size, 1)
  for (const { status, body } of answers)
    if (status !== 201) assert.deepEqual([status, body.code], [409, 'in_flight'])
  const replayed = await ann('POST', `${path}/messages`, body, key)
  assert.deepEqual([replayed.status, replayed.body.id], [201, taken[0]?.body.id])
  const other = await ann('POST', `${path}/messages`, { ...body, text: 'Twice' }, key)
  assert.deepEqual([other.status, other.body.code], [422, 'key_reused'])
  // per agent: Bob's key is another key
  assert.equal((await bob.call('POST', `${path}/messages`, body, key)).status, 409)
  const { items } = (await ann('GET', path)).body
  assert.equal(items.filter((item: { direction?: string }) => item.direction === 'out').length, 1)
})

test('then closes, assigns or snoozes; cc: [] leaves the others out; sendAt leaves by the clock', async () => {
  await desk.mail({
    from: 'Eva Lind <eva@mail.example>',
    cc: 'Finn <finn@mail.example>',
    subject: 'Three',
    text: 'All of us',
  })
  const number = await desk.numberOf('Three')
  const path = `/conversations/${number}`
  const opened = (await ann('GET', path)).body
  hasMembers(opened.participants[0], 'id name address')
  const everybody = await ann('POST', `${path}/messages`, {
    text: 'To all',
    lastSeen: opened.items.at(-1).id,
    then: { status: 'solved', assignee: 'me' },
  })
  const recipients = (answer: typeof everybody) =>
    answer.body.deliveries.map((one: { recipient: string }) => one.recipient).sort()
  assert.deepEqual(recipients(everybody), ['eva@mail.example', 'finn@mail.example'])
  const closed = (await ann('GET', path)).body
  assert.deepEqual([closed.status.category, closed.assignee?.name], ['solved', 'Ann Admin'])
  const sendAt = new Date(new Date(closed.updatedAt).getTime() + 3_600_000).toISOString()
  const later = await ann('POST', `${path}/messages`, {
    html: '<p>To <b>you</b></p>',
    cc: [],
    lastSeen: everybody.body.id,
    sendAt,
  })
  assert.equal(later.status, 201, JSON.stringify(later.body))
  assert.deepEqual([later.body.state, recipients(later)], ['scheduled', ['eva@mail.example']])
  assert.match(later.body.text, /To you/)
  await desk.pass(3700)
  const { items } = (await ann('GET', path)).body
  const left = items.find((item: { id: string }) => item.id === later.body.id)
  assert.ok(['sent', 'delivered'].includes(left.state), left.state)
})

test('snooze wakes by the clock; thirty days after closing it locks, and an answer starts a linked one', async () => {
  const { path, number, opened } = await comesIn('Time')
  const until = new Date(new Date(opened.createdAt).getTime() + 86_400_000).toISOString()
  assert.equal((await ann('PUT', `${path}/snooze`, { until })).status, 200)
  assert.ok(
    (await ann('GET', '/conversations?view=snoozed')).body.items.some(
      (c: { number: number }) => c.number === number,
    ),
  )
  await desk.pass(2 * 86_400)
  assert.equal((await ann('GET', path)).body.snoozedUntil, null)
  const { lastSeen } = { lastSeen: (await ann('GET', path)).body.items.at(-1).id }
  const reply = await ann('POST', `${path}/messages`, { text: 'Done', lastSeen, then: { status: 'solved' } })
  assert.equal(reply.status, 201, JSON.stringify(reply.body))
  await desk.pass(31 * 86_400)
  assert.equal((await ann('GET', path)).body.status.category, 'closed')
  const locked = await ann('POST', `${path}/messages`, { text: 'More', lastSeen: reply.body.id })
  assert.deepEqual([locked.status, locked.body.code], [409, 'conversation_closed'])
  const mail = (await ann('GET', '/outbox')).body.items.find(
    (one: { message: string }) => one.message === reply.body.id,
  )
  await ann('POST', `/outbox/${mail.id}/answer`, { text: 'Once more' })
  const { links } = (await ann('GET', path)).body
  assert.equal(links.length, 1)
  hasMembers(links[0], 'kind number')
  assert.equal((await ann('GET', `/conversations/${links[0].number}`)).body.links[0].number, number)
})

test('comments, participants, forwards, drafts, attachments and bulk changes', async () => {
  const { path, number } = await comesIn('Rest')
  const comment = await ann('POST', `${path}/comments`, { text: 'Look', mentions: [bob.id] })
  assert.equal(comment.status, 201)
  const mentioned = (await bob.call('GET', '/conversations?view=mentioned')).body.items
  assert.ok(mentioned.some((c: { number: number }) => c.number === number))
  assert.equal(
    (await ann('PATCH', `/comments/${comment.body.id}`, { text: 'Look here' })).body.text,
    'Look here',
  )
  assert.equal((await bob.call('PATCH', `/comments/${comment.body.id}`, { text: 'No' })).status, 403)
  assert.ok((await ann('DELETE', `/comments/${comment.body.id}`)).status < 300)

  const added = await ann('POST', `${path}/participants`, { address: 'gus@mail.example' })
  assert.ok(added.status < 300, JSON.stringify(added.body))
  const gus = added.body.participants.find((one: { address: string }) => one.address === 'gus@mail.example')
  assert.ok(gus)
  const became = await ann('PUT', `${path}/customer`, { customer: gus.id })
  assert.equal(became.body.customer.address, 'gus@mail.example')
  const gone = await ann('DELETE', `${path}/participants`, { address: 'eva@mail.example' })
  assert.deepEqual([gone.status, gone.body.participants], [200, []])

  const form = new FormData()
  form.set('file', new File(['one,two'], 'bill.csv', { type: 'text/csv' }))
  const file = await ann('POST', '/attachments', form)
  assert.equal(file.status, 201)
  assert.deepEqual(file.body, { id: file.body.id, name: 'bill.csv', type: 'text/csv', size: 7 })
  const { body: opened } = await ann('GET', path)
  const draft = { text: 'half a thou', lastSeen: opened.items.at(-1).id, attachments: [file.body.id] }
  assert.equal((await ann('PUT', `${path}/draft`, draft)).status, 200)
  assert.equal((await ann('GET', `${path}/draft`)).body.text, 'half a thou')
  assert.ok(
    (await ann('GET', '/drafts')).body.items.some((d: { conversation: number }) => d.conversation === number),
  )
  assert.equal((await ann('PUT', `${path}/comment-draft`, { text: 'mine' })).status, 200)
  assert.ok((await ann('DELETE', `${path}/comment-draft`)).status < 300)
  const withFile = await ann('POST', `${path}/messages`, {
    text: 'The bill',
    lastSeen: draft.lastSeen,
    attachments: [file.body.id],
  })
  assert.deepEqual(
    withFile.body.attachments.map(({ id, name, type, size, inline }: Record<string, unknown>) => ({
      id,
      name,
      type,
      size,
      inline,
    })),
    [{ ...file.body, inline: false }],
  )
  const got = await ann('GET', `/attachments/${file.body.id}`)
  assert.deepEqual([got.status, got.body], [200, 'one,two'])
  for (const to of ['partner@else.example', ['Partner <partner@else.example>']]) {
    const forward = await ann('POST', `${path}/forwards`, { to, text: 'Please see', asAttachment: true })
    assert.equal(forward.status, 201, JSON.stringify(forward.body))
  }
  await ann('PUT', `${path}/draft`, { text: 'Half of it' })
  assert.equal((await bob.call('POST', `${path}/draft/takeover`)).body.code, 'being_written')
  await desk.pass(21)
  const taken = await bob.call('POST', `${path}/draft/takeover`)
  assert.deepEqual([taken.status, taken.body.text], [200, 'Half of it'])
  const source = await ann('GET', `/messages/${opened.items[0].id}/source`)
  assert.equal(source.status, 200)
  assert.match(source.body, /Subject: Rest/)

  const bulk = await ann('POST', '/conversations/bulk', {
    numbers: [number, 999_999],
    do: { priority: 'high', addTags: ['many'], assignee: 'me' },
  })
  assert.equal(bulk.status, 200, JSON.stringify(bulk.body))
  assert.deepEqual(
    bulk.body.answers.map((a: { ok: boolean }) => a.ok),
    [true, false],
  )
  assert.equal((await ann('GET', path)).body.priority, 'high')
  assert.equal((await ann('POST', `/bulk/${bulk.body.id}/undo`)).status, 200)
  assert.deepEqual(
    [(await ann('GET', path)).body.priority, (await ann('GET', path)).body.tags],
    ['normal', []],
  )
})

test('an agent begins conversations: a mail out, a call noted down', async () => {
  const out = {
    inbox: inboxAddress,
    customer: { name: 'Hal', address: 'hal@mail.example' },
    subject: 'Your order',
    message: { text: 'It is ready.' },
    direction: 'out',
    tags: ['ready'],
    assignee: 'me',
    topic: 'Orders',
  }
  const key = { 'idempotency-key': 'start-1' }
  const [one, two] = [
    await ann('POST', '/conversations', out, key),
    await ann('POST', '/conversations', out, key),
  ]
  assert.equal(one.status, 201, JSON.stringify(one.body))
  hasMembers(one.body, conversationMembers)
  assert.equal(one.body.number, two.body.number)
  assert.deepEqual(
    [one.body.tags, one.body.topic, one.body.assignee.name],
    [['ready'], 'Orders', 'Ann Admin'],
  )
  assert.equal(one.body.holder.kind, 'customer')
  const call = {
    ...out,
    customer: { name: 'Ida', phone: '+37360123456' },
    direction: 'in',
    medium: 'phone',
    subject: 'Ida called',
  }
  const noted = await ann('POST', '/conversations', call)
  assert.equal(noted.status, 201, JSON.stringify(noted.body))
  const wrong = await ann('POST', '/conversations', { ...out, customer: { address: 'nonsense' } })
  assert.deepEqual([wrong.status, wrong.body.code], [422, 'invalid'])
  assert.match(wrong.body.errors[0].field, /address/)
})

test('a held reply can be released; words that wait for silence stay when the customer writes', async () => {
  const { path, lastSeen } = await comesIn('Release')
  const held = await ann('POST', `${path}/messages`, {
    text: 'Now',
    lastSeen,
    quote: 'none',
    bcc: ['boss@else.example'],
  })
  assert.equal(held.body.deliveries.length, 2)
  const released = await ann('PUT', `/messages/${held.body.id}/sending`)
  assert.equal(released.status, 200, JSON.stringify(released.body))
  assert.notEqual(released.body.state, 'held')
  const { createdAt } = (await ann('GET', path)).body
  const sendAt = new Date(new Date(createdAt).getTime() + 86_400_000).toISOString()
  const waits = await ann('POST', `${path}/messages`, {
    text: 'If you say nothing',
    lastSeen: held.body.id,
    sendAt,
    unlessCustomerWrites: true,
  })
  assert.equal(waits.body.state, 'scheduled', JSON.stringify(waits.body))
  await desk.pass(60)
  const { body: outbox } = await ann('GET', '/outbox')
  const mail = outbox.items.find((one: { message: string }) => one.message === held.body.id)
  await ann('POST', `/outbox/${mail.id}/answer`, { text: 'I do say something here' })
  await desk.pass(2 * 86_400)
  const stays = (await ann('GET', path)).body.items.find((one: { id: string }) => one.id === waits.body.id)
  assert.equal(stays.state, 'held')
})
