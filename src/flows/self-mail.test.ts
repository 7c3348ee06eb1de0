// A channel whose mail goes all the way round: out by SMTP, and from there into the mailbox it fetches from.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type {
  Channel,
  ChannelTest,
  SelfMail,
  SelfMailReturn,
} from '#features/connections/connections.contract.ts'
import type { SystemSender } from '#features/outbox/outbox.contract.ts'
import { startDesk } from '#test/desk.ts'
import { mailServers } from '#test/mail-servers.ts'
import { startSmtpSink } from '#test/smtp-sink.ts'
import { until } from '#test/until.ts'

const server = await mailServers[0]!.start()
after(() => server.stop())
const sink = await startSmtpSink({ username: 'box', password: 'secret' })
const { admin, addAgent, house, inbox } = await startDesk()
const near = { host: '127.0.0.1', security: 'none' as const }
const account = { username: 'box', password: 'secret' }
const { body: channel } = await admin.post<Channel>('/channels', {
  kind: 'mail',
  inbox,
  imap: { ...near, port: server.port, ...account },
  smtp: { ...near, port: sink.port, ...account },
})
const way = `/channels/${channel.id}`
const health = async () => (await admin.get<Channel>(way)).body.health

test('a test tells each step of both ways', async () => {
  const { body } = await admin.post<ChannelTest>(`${way}/test`)
  const said = (side: ChannelTest['in']) => side.steps?.map(({ step, state }) => `${step} ${state}`)
  assert.deepEqual(said(body.in), ['connect passed', 'sign_in passed', 'folder passed'])
  assert.deepEqual(said(body.out), ['connect passed', 'sign_in passed'])
})

test('a mail to itself goes out, comes back, and starts no conversation', async () => {
  const { body: sent } = await admin.post<SelfMail>(`${way}/self-mail`)
  assert.deepEqual([sent.ok, sent.to], [true, 'support@example.com'], JSON.stringify(sent))
  const back = async () =>
    (await admin.get<SelfMailReturn>(`${way}/self-mail`, { query: { mail: sent.mail } })).body.at
  assert.equal(await back(), null, 'sent is not arrived')
  server.deliver('box', sink.taken.find(({ source }) => source.includes(sent.mail))!.source)
  await until(back, { within: 60_000, what: 'it came back' })
  const conversations = await house.db.selectFrom('conversations').select('id').execute()
  assert.deepEqual(conversations, [])
})

test('only administrators may try', async () => {
  const { client } = await addAgent({ name: 'Olga' })
  assert.equal((await client.post(`${way}/self-mail`)).status, 403)
  assert.equal((await client.post('/channels/servers', { address: 'a@gmail.com' })).status, 403)
  assert.equal((await client.post('/system-sender/test')).status, 403)
})

test('servers are found over the API; an address that is none is said so', async () => {
  const { body } = await admin.post<{ provider: { name: string } }>('/channels/servers', {
    address: 'help@fastmail.com',
  })
  assert.equal(body.provider.name, 'Fastmail')
  assert.equal((await admin.post('/channels/servers', { address: 'nobody' })).status, 422)
})

test('health says what to do next, and what works on one way does not hide the other’s trouble', async () => {
  await admin.patch(way, { imap: { ...near, port: server.port, username: 'box', password: 'wrong' } })
  await until(async () => (await health()).lastErrorHint !== null, { within: 60_000, what: 'noted' })
  const { lastErrorSide, lastErrorHint } = await health()
  assert.equal(lastErrorSide, 'in')
  assert.match(lastErrorHint!, /password/)
  const { noteSending } = await import('#features/connections/connections.ts')
  await noteSending(house.db, channel.id, null, house.clock.now())
  assert.equal((await health()).lastErrorSide, 'in')
  await admin.patch(way, { imap: { ...near, port: server.port, ...account } })
  await until(async () => (await health()).lastError === null, { within: 60_000, what: 'well again' })
})

test('the sender of system mail is tried with a real mail to whoever asks', async () => {
  assert.equal((await admin.post('/system-sender/test')).status, 404, 'no server: nothing to try')
  const smtp = { ...near, port: sink.port, ...account }
  await admin.put<SystemSender>('/system-sender', { name: 'Menu', address: 'desk@example.com', smtp })
  const { body } = await admin.post<{ ok: boolean; to: string }>('/system-sender/test')
  assert.deepEqual([body.ok, body.to], [true, 'admin@example.com'], JSON.stringify(body))
  assert.ok(sink.taken.some(({ from, to }) => from === 'desk@example.com' && to[0] === 'admin@example.com'))
  await admin.put('/system-sender', {
    name: 'Menu',
    address: 'desk@example.com',
    smtp: { ...smtp, password: 'wrong' },
  })
  const { body: wrong } = await admin.post<ChannelTest['out']>('/system-sender/test')
  assert.deepEqual([wrong.ok, wrong.steps?.at(-1)?.state], [false, 'failed'])
  assert.match(wrong.hint!, /password/)
})
