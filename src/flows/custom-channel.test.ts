import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { createServer, request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Message, OpenedConversation } from '#features/conversations/conversations.contract.ts'
import { TestClock } from '#platform/clock/clock.ts'
import { type Problem, startDesk } from '../../test/desk.ts'
import { mailIn } from '../../test/post.ts'
import { until } from '../../test/until.ts'

const clock = new TestClock(new Date('2026-03-02T09:00:00Z'))
const house = await startDesk({ clock })
const secret = 'a secret of the channel'
const sign = (body: string) => `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`

/** The other system: keeps what it is posted, answers as told. */
const posted: { body: string; signature: string }[] = []
let answer = { status: 200, location: '' }
const server = createServer(async (request, response) => {
  let body = ''
  for await (const part of request) body += part
  posted.push({ body, signature: String(request.headers['x-foyer-signature']) })
  response
    .writeHead(answer.status, answer.location ? { location: answer.location } : {})
    .end('words of the shop')
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
after(() => server.close())
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`

const { id: channel } = await house.house.db
  .insertInto('channels')
  .values({
    kind: 'custom',
    inbox: house.inbox,
    name: 'Shop',
    settings: { url },
    secrets: house.house.secrets.seal('channel', JSON.stringify({ secret })),
    enabled_at: clock.now(),
    created_at: clock.now(),
  })
  .returning('id')
  .executeTakeFirstOrThrow()

async function inbound(payload: unknown, signature?: string, to = channel) {
  const body = typeof payload === 'string' ? payload : JSON.stringify(payload)
  const response = await fetch(`${house.url}/api/v1/channels/${to}/inbound`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-foyer-signature': signature ?? sign(body) },
    body,
  })
  const answered: { conversation: number; item: string } & Omit<Problem, 'status'> = JSON.parse(
    await response.text(),
  )
  return { status: response.status, ...answered }
}
const open = async (number: number) =>
  (await house.admin.get<OpenedConversation>(`/conversations/${number}`)).body
const later = async (ms: number) => {
  clock.set(new Date(clock.now().getTime() + ms))
  await house.desk.settle()
}
const hello = {
  id: 'm-1',
  customer: { id: 'Cust-7', name: 'Ute', address: 'Ute@Mail.example' },
  text: 'Is it in stock?',
  attachments: [{ name: 'shot.png', type: 'image/png', base64: 'aGVsbG8=' }],
}

test('a signed message begins a conversation, the next one of the same customer joins it, the same id is one', async () => {
  const first = await inbound(hello)
  assert.equal(first.status, 202)
  const opened = await open(first.conversation)
  assert.equal(opened.customer.name, 'Ute')
  assert.equal(opened.customer.address, 'ute@mail.example')
  const item = opened.items.find(({ id }) => id === first.item) as Message
  assert.deepEqual([item.text, item.medium, item.verified], ['Is it in stock?', 'custom', true])
  assert.equal(item.attachments[0]!.name, 'shot.png')
  const again = await inbound(hello)
  assert.deepEqual([again.status, again.conversation, again.item], [202, first.conversation, first.item])
  const second = await inbound({ ...hello, id: 'm-2', text: 'In blue?', attachments: [] })
  assert.equal(second.conversation, first.conversation)
  assert.notEqual(second.item, first.item)
  const other = await inbound({ ...hello, id: 'm-3', customer: { id: 'Cust-8' } })
  assert.notEqual(other.conversation, first.conversation)
  const { body } = await house.admin.get<{ items: { id: string; health: { lastInAt: string } }[] }>(
    '/channels',
  )
  assert.notEqual(body.items.find(({ id }) => id === channel)?.health.lastInAt ?? null, null)
})

test('messages of a new customer that come at once make one conversation', async () => {
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, i) =>
      inbound({ id: `p-${i}`, customer: { id: 'at once' }, text: `No. ${i}` }),
    ),
  )
  assert.equal(new Set(answers.map(({ conversation }) => conversation)).size, 1)
  assert.equal(new Set(answers.map(({ item }) => item)).size, 8)
})

test('a wrong signature, a foreign channel and a wrong form are refused, each in its words', async () => {
  assert.deepEqual(
    [(await inbound(hello, 'sha256=00')).status, (await inbound(hello, sign('x'))).code],
    [401, 'wrong_signature'],
  )
  assert.equal((await inbound(hello, undefined, '9999')).status, 404)
  assert.equal((await inbound('{')).status, 400)
  const wrong = await inbound({ id: 'x', customer: {}, text: 5 })
  assert.equal(wrong.status, 422)
  assert.deepEqual(wrong.errors?.map(({ field }) => field).sort(), ['customer.id', 'text'])
  const file = { name: 'a.txt', base64: 'not base64!' }
  const unread = await inbound({ ...hello, id: 'x', at: 'yesterday', attachments: [file] })
  assert.deepEqual(
    [unread.status, unread.errors?.map(({ field }) => field)],
    [422, ['at', 'attachments.0.base64']],
  )
})

test('what no database keeps is left out of what is posted, and the rest is taken', async () => {
  const { status, conversation } = await inbound({
    id: 'zero\0-1',
    customer: { id: 'Zero\0', name: 'Z\ud800ero' },
    text: 'Hel\0lo',
  })
  assert.equal(status, 202)
  assert.equal(typeof conversation, 'number')
  assert.equal((await inbound({ id: '\0', customer: { id: 'Zero' }, text: 'x' })).status, 422)
})

test('a reply is posted, signed, at once and without mail in it; what is not taken is tried again', async () => {
  const { conversation, item } = await inbound({ id: 'r-1', customer: { id: 'Replies' }, text: 'Hello?' })
  answer = { status: 503, location: '' }
  posted.length = 0
  const reply = await house.admin.post<Message>(`/conversations/${conversation}/messages`, {
    text: 'Yes, it is.',
    lastSeen: item,
  })
  assert.equal(reply.status, 201)
  assert.equal(reply.body.undoUntil, null)
  await house.desk.settle()
  const state = async () => (await open(conversation)).items.find(({ id }) => id === reply.body.id) as Message
  assert.equal((await state()).state, 'queued')
  assert.match((await state()).deliveries[0]!.attempts[0]!.text, /503.*words of the shop/)
  answer = { status: 302, location: url }
  await later(60_000)
  assert.equal(posted.length, 2, 'a redirect is not followed')
  assert.equal((await state()).state, 'queued')
  answer = { status: 204, location: '' }
  await later(120_000)
  assert.equal((await state()).state, 'delivered')
  const { body, signature } = posted.at(-1)!
  assert.equal(signature, sign(body))
  const sent = JSON.parse(body)
  assert.equal(sent.id, reply.body.id)
  assert.deepEqual([sent.conversation, sent.customer.id, sent.text], [conversation, 'Replies', 'Yes, it is.'])
  assert.equal(sent.html, '<p>Yes, it is.</p>')
  assert.equal(posted.filter((one) => JSON.parse(one.body).id === reply.body.id).length, 3)
})

test('a file goes along by an address that is its own permission', async () => {
  const { conversation, item } = await inbound({ id: 'f-1', customer: { id: 'Files' }, text: 'Manual?' })
  const form = new FormData()
  form.set('file', new Blob(['the manual'], { type: 'text/plain' }), 'manual.txt')
  const upload = await house.admin.post<{ id: string }>('/attachments', form)
  assert.equal(upload.status, 201)
  const reply = await house.admin.post<Message>(`/conversations/${conversation}/messages`, {
    text: 'Here.',
    lastSeen: item,
    attachments: [upload.body.id],
  })
  assert.equal(reply.status, 201)
  await house.desk.settle()
  const [file] = JSON.parse(posted.at(-1)!.body).attachments
  assert.deepEqual([file.name, file.type], ['manual.txt', 'text/plain'])
  assert.equal(await (await fetch(file.url)).text(), 'the manual')
  const forged = file.url.replace(/.$/, (last: string) => (last === '0' ? '1' : '0'))
  assert.equal((await fetch(forged)).status, 404)
  clock.set(new Date(clock.now().getTime() + 8 * 86_400_000))
  assert.equal((await fetch(file.url)).status, 404)
})

test('copies are nothing this channel knows, and the customer who goes on writing stops no reply', async () => {
  const { conversation, item } = await inbound({ id: 'g-1', customer: { id: 'Chat' }, text: 'One' })
  await inbound({ id: 'g-2', customer: { id: 'Chat' }, text: 'Two' })
  const copied = await house.admin.post<Problem>(`/conversations/${conversation}/messages`, {
    text: 'x',
    lastSeen: item,
    cc: ['a@mail.example'],
  })
  assert.deepEqual([copied.status, copied.body.code], [422, 'channel_limit'])
  const reply = await house.admin.post(`/conversations/${conversation}/messages`, {
    text: 'Answer',
    lastSeen: item,
  })
  assert.equal(reply.status, 201)
})

/** A request whose body the test writes itself. */
function post(headers: Record<string, string>) {
  const request = httpRequest(`${house.url}/api/v1/channels/${channel}/inbound`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
  })
  // The server may end the connection while we still write.
  request.on('error', () => {})
  const answered = new Promise<number>((resolve) =>
    request.once('response', (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    }),
  )
  return { request, answered }
}
const bytes = 60 * 1024 * 1024
const falseSignature = `sha256=${'0'.repeat(64)}`

test('60 MB that nobody has signed are refused without being held in memory, and leave no file', async () => {
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  const held = () => {
    collect()
    return process.memoryUsage().arrayBuffers
  }
  const files = async () =>
    (await readdir(join(house.house.config.data, 'files'), { recursive: true })).length
  const [before, filesBefore] = [held(), await files()]
  const { request, answered } = post({
    'content-length': String(bytes),
    'x-foyer-signature': falseSignature,
  })
  const part = Buffer.alloc(256 * 1024, 'x')
  let most = 0
  for (let sent = 0; sent < bytes; sent += part.length) {
    if (!request.write(part)) await once(request, 'drain')
    if (sent % (5 * 1024 * 1024) === 0) most = Math.max(most, held())
  }
  most = Math.max(most, held())
  request.end()
  assert.equal(await answered, 401)
  assert.ok(most - before < 16 * 1024 * 1024, `${Math.round((most - before) / 1024 / 1024)} MB were held`)
  assert.equal(await files(), filesBefore)
})

test('without a signature, or announced too large, a body is refused before it is sent', async () => {
  const unsigned = post({ 'content-length': String(bytes) })
  unsigned.request.flushHeaders()
  assert.equal(await unsigned.answered, 401)
  unsigned.request.destroy()
  const large = post({ 'content-length': String(80 * 1024 * 1024), 'x-foyer-signature': falseSignature })
  large.request.flushHeaders()
  assert.equal(await large.answered, 413)
  large.request.destroy()
})

test('one caller has two large bodies under way at the most; small ones pass by, and a place is free again', async (t) => {
  const start = () => {
    const one = post({ 'content-length': String(bytes), 'x-foyer-signature': falseSignature })
    t.after(() => one.request.destroy())
    one.request.write('{')
    return one
  }
  // Whichever comes last is refused; the other two go on.
  const three = [start(), start(), start()]
  assert.equal(await Promise.race(three.map(({ answered }) => answered)), 429)
  assert.equal((await inbound({ id: 'small', customer: { id: 'Small' }, text: 'Through' })).status, 202)
  for (const { request } of three) request.destroy()
  const text = 'x'.repeat(400_000)
  const attachments = [{ name: 'large.txt', base64: Buffer.alloc(1_500_000, 'y').toString('base64') }]
  await until(
    async () => (await inbound({ id: 'large', customer: { id: 'Large' }, text, attachments })).status === 202,
  )
})

test('merged with a mail: answered where the customer wrote last, by the channel though it is another inbox’s', async () => {
  answer = { status: 200, location: '' }
  const { conversation } = await inbound({ id: 'gisela-1', customer: { id: 'Gisela' }, text: 'In the shop' })
  const customer = (await open(conversation)).customer.id
  await house.admin.post(`/customers/${customer}/identities`, { kind: 'mail', value: 'gisela@mail.example' })
  const { body: inbox } = await house.admin.post<{ id: string }>('/inboxes', {
    name: 'Other',
    address: 'other@example.com',
    team: house.team,
  })
  await house.house.db
    .updateTable('conversations')
    .set({ inbox: inbox.id })
    .where('id', '=', String(conversation))
    .execute()
  const mail = await mailIn(house, {
    from: 'gisela@mail.example',
    text: 'By mail',
    messageId: '<g@mail.example>',
  })
  assert.equal((await open(mail.number)).customer.id, customer)
  await house.admin.post(`/conversations/${mail.number}/merge`, { into: conversation })
  const say = async (text: string) => {
    const { items } = await open(conversation)
    const sent = await house.admin.post<Message & Problem>(`/conversations/${conversation}/messages`, {
      text,
      lastSeen: items.at(-1)!.id,
    })
    assert.equal(sent.status, 201, JSON.stringify(sent.body))
    return sent.body.medium
  }
  assert.equal(await say('By mail, as you wrote'), 'mail')
  const on = await inbound({ id: 'gisela-2', customer: { id: 'Gisela' }, text: 'In the shop again' })
  assert.equal(on.conversation, conversation)
  assert.equal(await say('In the shop'), 'custom')
  await house.admin.delete(`/conversations/${mail.number}/merge`)
  const merged = await house.admin.post<Problem>(`/conversations/${conversation}/merge`, {
    into: mail.number,
  })
  assert.equal(merged.status, 200, JSON.stringify(merged.body))
  const there = await inbound({ id: 'gisela-3', customer: { id: 'Gisela' }, text: 'Still in the shop' })
  assert.equal(there.conversation, mail.number, 'a channel without threads goes on where it was merged into')
})
