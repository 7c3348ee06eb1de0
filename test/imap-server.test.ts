// The small server held against the client that fetches our mail, so that what passes on it would pass elsewhere.
import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { after, test } from 'node:test'
import { ImapFlow } from 'imapflow'
import { startImapServer } from './imap-server.ts'
import { until } from './until.ts'

const server = await startImapServer()
after(() => server.stop())

async function signIn(user: string, pass = server.password): Promise<ImapFlow> {
  const auth = { user, pass }
  const client = new ImapFlow({
    host: '127.0.0.1',
    port: server.port,
    secure: false,
    doSTARTTLS: false,
    auth,
    logger: false,
  })
  client.on('error', () => {})
  after(() => client.close())
  await client.connect()
  return client
}
const mail = (words: string) => `From: a@example.org\nSubject: ${words}\n\n${words} — «слова»\n`

test('a wrong password is refused in words, and nothing is to be had without signing in', async () => {
  await assert.rejects(signIn('x', 'wrong'), { authenticationFailed: true })
  const socket = connect(server.port, '127.0.0.1')
  let heard = ''
  socket.on('data', (chunk) => {
    heard += chunk
  })
  socket.write('a SELECT INBOX\r\nb FETCH 1 (UID)\r\nc NONSENSE\r\n')
  await until(() => /^c /m.test(heard), { what: 'three answers' })
  socket.destroy()
  assert.match(heard, /^a NO /m)
  assert.match(heard, /^b NO /m)
  assert.match(heard, /^c BAD /m)
})

test('mails have rising UIDs, sizes, times and bytes as they were sent; looking without PEEK marks them as seen', async () => {
  server.deliver('uids', mail('one'), { at: new Date('2026-01-02T03:04:05Z') })
  server.deliver('uids', mail('two'))
  const client = await signIn('uids')
  const box = await client.mailboxOpen('INBOX', { readOnly: true })
  assert.deepEqual([box.exists, box.uidNext, box.readOnly], [2, 3, true])
  const all = await client.fetchAll(
    '1:*',
    { uid: true, size: true, internalDate: true, source: true, flags: true },
    { uid: true },
  )
  assert.deepEqual(
    all.map(({ uid }) => uid),
    [1, 2],
  )
  const raw = Buffer.from(mail('one').replaceAll('\n', '\r\n'))
  assert.deepEqual(all[0]?.source, raw)
  assert.equal(all[0]?.size, raw.length)
  assert.equal(new Date(all[0]!.internalDate!).toISOString(), '2026-01-02T03:04:05.000Z')
  assert.deepEqual(server.flags('uids'), ['', ''])
  await client.mailboxOpen('INBOX')
  await client.messageFlagsAdd('2', ['\\Seen'], { uid: true })
  assert.deepEqual(server.flags('uids'), ['', 'S'])
})

test('a search by UID and day finds what it should; n:* names the last one even below n', async () => {
  server.deliver('search', mail('old'), { at: new Date('2025-06-01T12:00:00Z') })
  server.deliver('search', mail('new'), { at: new Date('2026-06-01T12:00:00Z') })
  const client = await signIn('search')
  await client.mailboxOpen('INBOX')
  assert.deepEqual(await client.search({ uid: '2:*' }, { uid: true }), [2])
  assert.deepEqual(await client.search({ uid: '9:*' }, { uid: true }), [2])
  assert.deepEqual(await client.search({ since: new Date('2026-01-01') }, { uid: true }), [2])
  assert.deepEqual(await client.search({ all: true }, { uid: true }), [1, 2])
})

test('IDLE tells of a mail at once, and of one that was appended by another client', async () => {
  const client = await signIn('idle')
  await client.mailboxOpen('INBOX', { readOnly: true })
  const counts: number[] = []
  client.on('exists', ({ count }: { count: number }) => counts.push(count))
  void client.idle()
  server.deliver('idle', mail('one'))
  await until(() => counts.includes(1), { what: 'news of the first' })
  const other = await signIn('idle')
  const kept = await other.append('INBOX', mail('two'), ['\\Seen'], new Date('2026-03-04T05:06:07Z'))
  assert.equal(kept ? kept.uid : null, 2)
  await until(() => counts.includes(2), { what: 'news of the second' })
  await client.noop()
  assert.deepEqual(await client.status('INBOX', { messages: true, unseen: true, uidNext: true }), {
    path: 'INBOX',
    messages: 2,
    unseen: 1,
    uidNext: 3,
  })
})

test('folders are listed with their use; another numbering is told by UIDVALIDITY', async () => {
  server.deliver('folders', mail('one'))
  const client = await signIn('folders')
  const folders = await client.list()
  assert.deepEqual(folders.map(({ path, specialUse }) => [path, specialUse]).sort(), [
    ['INBOX', '\\Inbox'],
    ['Sent', '\\Sent'],
  ])
  const before = await client.mailboxOpen('INBOX')
  server.renumber('folders')
  const now = await client.mailboxOpen('INBOX')
  assert.notEqual(now.uidValidity, before.uidValidity)
  await assert.rejects(client.mailboxOpen('Nowhere'))
  await client.logout()
})
