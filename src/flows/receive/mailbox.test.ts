// IMAP, against a real server.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import type { Channel, ChannelTest } from '#features/connections/connections.contract.ts'
import { startDesk } from '#test/desk.ts'
import { noMailServer, startMailServer } from '#test/mail-server.ts'

const skip = noMailServer
if (skip) console.log(`skipped: ${skip}`)
const server = skip ? null! : await startMailServer()
if (!skip) after(() => server.stop())
const { house, admin, inbox } = await startDesk()

const mail = (n: number | string, to = 'support@example.com') =>
  `From: Anna <anna@example.org>\nTo: ${to}\nSubject: Mail ${n}\nMessage-ID: <m${n}@example.org>\nDate: Mon, 02 Mar 2026 10:00:00 +0000\n\nWords of ${n}\n`

async function until<T>(look: () => Promise<T | undefined | false>, what: string): Promise<T> {
  for (const end = performance.now() + 60_000; performance.now() < end; await wait(30)) {
    const found = await look()
    if (found) return found
  }
  throw new Error(`never: ${what}`)
}
const rows = (channel: string) =>
  house.db.selectFrom('ledger').selectAll().where('channel', '=', channel).orderBy('id').execute()
const atRest = (channel: string, n: number) =>
  until(async () => {
    const all = await rows(channel)
    return all.length >= n && all.every(({ outcome }) => outcome !== 'waiting') ? all : false
  }, `${n} mails at rest`)
async function connect(user: string, since: string): Promise<string> {
  const imap = {
    host: '127.0.0.1',
    port: server.port,
    security: 'none',
    username: user,
    password: server.password,
  }
  const { status, body } = await admin.post<Channel>('/channels', { kind: 'mail', inbox, since, imap })
  assert.equal(status, 201, JSON.stringify(body))
  assert.equal(JSON.stringify(body).includes(server.password), false, 'a password never comes out')
  return body.id
}
const connected = (channel: string) =>
  until(async () => {
    const row = await house.db
      .selectFrom('channels')
      .selectAll()
      .where('id', '=', channel)
      .executeTakeFirstOrThrow()
    return row.last_in_at !== null && row
  }, 'connected')

test('from now on: what was there stays out, what comes is taken at once and never marked as seen', {
  skip,
}, async () => {
  server.deliver('now', mail('old'), { at: new Date('2026-01-01T00:00:00Z') })
  const channel = await connect('now', 'now')
  await connected(channel)
  server.deliver('now', mail('new1'))
  server.deliver('now', mail('new2'))
  const taken = await atRest(channel, 2)
  assert.deepEqual(taken.map(({ subject, mode }) => `${subject} ${mode}`).sort(), [
    'Mail new1 live',
    'Mail new2 live',
  ])
  assert.deepEqual(server.flags('now'), ['', '', ''])
})

test('all: older mail comes in as history, silent and closed', { skip }, async () => {
  server.deliver('all', mail('h1'), { at: new Date('2025-01-01T00:00:00Z') })
  const channel = await connect('all', 'all')
  const [row] = await atRest(channel, 1)
  assert.equal(row!.mode, 'history')
  const conversation = await house.db
    .selectFrom('conversations')
    .selectAll()
    .where('id', '=', row!.conversation!)
    .executeTakeFirstOrThrow()
  assert.equal(conversation.category, 'closed')
  assert.equal(conversation.waiting_since, null)
})

test('a server that was away is caught up with, and one that renumbers brings nothing twice', {
  skip,
}, async () => {
  const channel = await connect('away', 'now')
  await connected(channel)
  server.deliver('away', mail('a1'))
  await atRest(channel, 1)
  await server.stop()
  server.deliver('away', mail('a2'))
  await server.start()
  await atRest(channel, 2)
  await server.stop()
  server.renumber('away')
  server.deliver('away', mail('a3'))
  await server.start()
  const taken = await until(async () => {
    const all = await rows(channel)
    return all.some(({ subject }) => subject === 'Mail a3') &&
      all.every(({ outcome }) => outcome !== 'waiting')
      ? all
      : false
  }, 'the mail after the renumbering')
  const started = taken.filter(({ outcome }) => outcome === 'started').map(({ subject }) => subject)
  assert.deepEqual(started.sort(), ['Mail a1', 'Mail a2', 'Mail a3'])
  assert.ok(taken.every(({ outcome, reason }) => outcome === 'started' || reason === 'duplicate'))
})

test('wrong settings: the server’s words and which setting is likely wrong', { skip }, async () => {
  const imap = { host: '127.0.0.1', port: server.port, security: 'none', username: 'x', password: 'wrong' }
  const tried = await admin.post<ChannelTest>('/channels/test', { kind: 'mail', inbox, imap })
  assert.equal(tried.status, 200)
  assert.equal(tried.body.in.ok, false)
  assert.match(tried.body.in.error!, /auth/i)
  assert.match(tried.body.in.hint!, /password/)
  const closed = await admin.post<ChannelTest>('/channels/test', {
    kind: 'mail',
    inbox,
    imap: { ...imap, port: 1 },
  })
  assert.match(closed.body.in.hint!, /port/)
})
