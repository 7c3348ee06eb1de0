// What one may not see is not there, by any route; /live speaks of the rest.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { until as wait } from '../until.ts'
import { openOutside } from './outside.ts'

const until: typeof wait = (condition, options) => wait(condition, { within: 60_000, ...options })

const desk = await openOutside()
const ann = desk.admin
const bob = await desk.join('Bob')
const cid = await desk.join('Cid')

interface Frame {
  type: string
  seq?: number
  kind?: string
  ids?: { conversation: number | null; item: string | null }
  conversation?: number
  people?: { agent: string; name: string; doing: string; since: string }[]
}
async function live(key: string, query = '') {
  const url = `${desk.address.replace('http', 'ws')}/live${query}`
  const socket = new WebSocket(url, { headers: { authorization: `Bearer ${key}` } } as unknown as string[])
  const frames: Frame[] = []
  socket.addEventListener('message', ({ data }) => frames.push(JSON.parse(String(data))))
  after(() => socket.close())
  await until(() => frames.some(({ type }) => type === 'ready' || type === 'reset'), {
    what: 'the ready frame',
  })
  return { frames, say: (said: object) => socket.send(JSON.stringify(said)), close: () => socket.close() }
}

const team = (await ann('POST', '/teams', { name: 'Law', members: [{ agent: bob.id, lead: false }] })).body
const inbox = (
  await ann('POST', '/inboxes', {
    name: 'Law',
    address: 'law@example.com',
    team: team.id,
    teams: [team.id],
  })
).body
const form = new FormData()
form.set('file', new File(['secret'], 'secret.txt', { type: 'text/plain' }))
const file = (await bob.call('POST', '/attachments', form)).body
await desk.mail({
  from: 'Eva <eva@mail.example>',
  to: 'law@example.com',
  subject: 'Confidential zebra',
  attachments: [{ filename: 'zebra.txt', content: 'stripes' }],
})
const number = await until(
  async () => (await bob.call('GET', `/conversations?inbox=${inbox.id}`)).body.items[0]?.number,
)
const path = `/conversations/${number}`
const opened = (await bob.call('GET', path)).body
const incoming = opened.items[0]
const reply = (
  await bob.call('POST', `${path}/messages`, { text: 'Hello', lastSeen: incoming.id, attachments: [file.id] })
).body
const comment = (await bob.call('POST', `${path}/comments`, { text: 'zebra inside' })).body

test('a conversation of an inbox one may not see is 404 by every route, and in no list', async () => {
  const there = await bob.call('GET', path)
  assert.equal(there.status, 200)
  const tries: [Parameters<typeof ann>[0], string, unknown?][] = [
    ['GET', path],
    ['GET', `${path}?around=${incoming.id}`],
    ['PATCH', path, { subject: 'Mine' }],
    ['POST', `${path}/messages`, { text: 'x', lastSeen: incoming.id }],
    ['POST', `${path}/comments`, { text: 'x' }],
    ['POST', `${path}/forwards`, { to: ['a@b.example'] }],
    ['POST', `${path}/participants`, { address: 'a@b.example' }],
    ['DELETE', `${path}/participants`, { address: 'eva@mail.example' }],
    ['PUT', `${path}/customer`, { customer: opened.customer.id }],
    ['GET', `${path}/draft`],
    ['PUT', `${path}/draft`, { text: 'x' }],
    ['DELETE', `${path}/draft`],
    ['GET', `${path}/comment-draft`],
    ['PUT', `${path}/comment-draft`, { text: 'x' }],
    ['POST', `${path}/draft/takeover`, { agent: bob.id }],
    ['GET', `/attachments/${incoming.attachments[0].id}`],
    ['GET', `/attachments/${file.id}`],
    ['GET', `/messages/${incoming.id}/source`],
    ['GET', `/messages/${reply.id}/deliveries`],
    ['DELETE', `/messages/${reply.id}/sending`],
    ['PUT', `/messages/${reply.id}/sending`],
    ['PATCH', `/comments/${comment.id}`, { text: 'x' }],
    ['DELETE', `/comments/${comment.id}`],
    ...[
      'assignee',
      'team',
      'priority',
      'status',
      'snooze',
      'closure',
      'spam',
      'trash',
      'read',
      'follow',
      'tags/x',
    ].map((verb): [Parameters<typeof ann>[0], string] => ['DELETE', `${path}/${verb}`]),
    ['PUT', `${path}/assignee`, { agent: 'me' }],
    ['PUT', `${path}/closure`, {}],
    ['PUT', `${path}/tags/x`, {}],
  ]
  for (const [method, route, body] of tries) {
    const { status, body: said } = await cid.call(method, route, body)
    assert.deepEqual([status, said.code], [404, 'not_found'], `${method} ${route}: ${JSON.stringify(said)}`)
  }
  const bulk = await cid.call('POST', '/conversations/bulk', { numbers: [number], do: { priority: 'low' } })
  assert.equal(bulk.body.answers[0].ok, false)
  for (const list of [
    '/conversations',
    '/conversations?view=all',
    '/conversations?q=zebra',
    `/conversations?inbox=${inbox.id}`,
    '/search?q=zebra',
    '/search?q=from:eva@mail.example',
    '/mail-log',
    '/outbox',
    '/drafts',
    '/events?after=0&limit=100',
    '/customers',
    '/customers?q=eva',
    '/inboxes',
  ]) {
    const { status, body } = await cid.call('GET', list)
    const text = JSON.stringify(body)
    assert.ok(
      !/zebra|eva@mail\.example|law@example/i.test(text),
      `${list} (${status}): ${text.slice(0, 400)}`,
    )
    if (list.startsWith('/events'))
      assert.ok(!body.items.some((one: { conversation: number }) => one.conversation === number))
  }
  assert.equal(
    (await cid.call('GET', '/views')).body.items.find((view: { id: string }) => view.id === 'all').count,
    0,
  )
  assert.deepEqual((await bob.call('GET', path)).body.tags, [])
})

test('live says what changes, resumes where it was, and says nothing of an inbox one may not see', async () => {
  const [his, hers] = [await live(bob.key), await live(cid.key)]
  const ready = his.frames[0]!
  assert.deepEqual(Object.keys(ready).sort(), ['seq', 'type'])
  await bob.call('PUT', `${path}/tags/live`, {})
  const event = await until(() =>
    his.frames.find((frame) => frame.type === 'event' && frame.ids?.conversation === number),
  )
  assert.deepEqual(Object.keys(event).sort(), ['ids', 'kind', 'seq', 'type'])
  assert.deepEqual(Object.keys(event.ids!).sort(), ['conversation', 'item'])
  assert.equal(event.kind, 'tagged')
  assert.ok(event.seq! > ready.seq!)
  const resumed = await live(bob.key, `?after=${ready.seq}`)
  await until(() => resumed.frames.find((frame) => frame.type === 'event' && frame.seq === event.seq))

  // A change that Cid may see comes after: what he was to hear of the other would have come before it.
  await desk.mail({ from: 'Finn <finn@mail.example>', subject: 'For all' })
  const open = await desk.numberOf('For all')
  await until(() => hers.frames.some((frame) => frame.ids?.conversation === open))
  assert.ok(!hers.frames.some((frame) => frame.ids?.conversation === number || frame.conversation === number))
})

test('presence: who looks and who writes, to those who see the conversation', async () => {
  await desk.mail({ from: 'Gus <gus@mail.example>', subject: 'Who is here' })
  const open = await desk.numberOf('Who is here')
  const [his, hers, annas] = [await live(bob.key), await live(cid.key), await live(desk.adminKey)]
  hers.say({ type: 'watch', conversations: [open, number] })
  annas.say({ type: 'here', conversation: open, doing: 'viewing', focus: true })
  his.say({ type: 'here', conversation: open, doing: 'replying', focus: true })
  const seen = await until(() =>
    hers.frames.find(
      (frame) => frame.type === 'presence' && frame.people?.some((one) => one.doing === 'replying'),
    ),
  )
  assert.equal(seen.conversation, open)
  const bobs = seen.people!.find((one) => one.agent === bob.id)!
  assert.deepEqual(Object.keys(bobs).sort(), ['agent', 'doing', 'name', 'since'])
  assert.equal(bobs.name, 'Bob')
  his.say({ type: 'gone' })
  await until(() => {
    const last = hers.frames.filter((frame) => frame.type === 'presence').at(-1)
    return last && !last.people!.some((one) => one.agent === bob.id)
  })
  his.say({ type: 'here', conversation: number, doing: 'replying', focus: true })
  his.say({ type: 'here', conversation: open, doing: 'editing', focus: true })
  await until(() => hers.frames.some((frame) => frame.people?.some((one) => one.doing === 'editing')))
  assert.ok(!hers.frames.some((frame) => frame.conversation === number))
  const refused = await fetch(`${desk.address}/live`, {
    headers: { upgrade: 'websocket', connection: 'upgrade' },
  }).catch(() => null)
  assert.ok(!refused || refused.status >= 400)
})

test('who is mentioned sees the conversation from then on', async () => {
  await bob.call('POST', `${path}/comments`, { text: 'Cid, please', mentions: [cid.id] })
  assert.equal((await cid.call('GET', path)).status, 200)
  assert.equal((await cid.call('GET', `/attachments/${incoming.attachments[0].id}`)).body, 'stripes')
})
