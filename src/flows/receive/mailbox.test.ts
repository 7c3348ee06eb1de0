// IMAP, over real sockets: against the small server of the tests, and against Dovecot where it is installed.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Channel, ChannelTest } from '#features/connections/connections.contract.ts'
import { sums } from '#features/ledger/ledger.ts'
import { startDesk } from '#test/desk.ts'
import { mailServers } from '#test/mail-servers.ts'
import { startFoyer } from '#test/process.ts'
import { until } from '#test/until.ts'

for (const { name, skip, start } of mailServers) await tryWith(name, start, skip)

async function tryWith(name: string, start: (typeof mailServers)[0]['start'], skip: string | undefined) {
  if (skip) {
    console.log(`skipped: ${skip}`)
    return test(`${name}: fetching mail`, { skip }, () => {})
  }
  const server = await start()
  after(() => server.stop())
  const { desk, house, admin, inbox, databaseUrl } = await startDesk()

  const mail = (n: number | string, to = 'support@example.com') =>
    `From: Anna <anna@example.org>\nTo: ${to}\nSubject: Mail ${n}\nMessage-ID: <m${n}@example.org>\nDate: Mon, 02 Mar 2026 10:00:00 +0000\n\nWords of ${n}\n`
  const patiently = { within: 60_000 }
  const rows = (channel: string) =>
    house.db.selectFrom('ledger').selectAll().where('channel', '=', channel).orderBy('id').execute()
  const atRest = (channel: string, n: number) =>
    until(
      async () => {
        const all = await rows(channel)
        return all.length >= n && all.every(({ outcome }) => outcome !== 'waiting') ? all : false
      },
      { ...patiently, what: `${n} mails at rest` },
    )
  async function connect(username: string, since: string): Promise<string> {
    const { port, password } = server
    const imap = { host: '127.0.0.1', port, security: 'none', username, password }
    const { status, body } = await admin.post<Channel>('/channels', { kind: 'mail', inbox, since, imap })
    assert.equal(status, 201, JSON.stringify(body))
    assert.equal(JSON.stringify(body).includes(password), false, 'a password never comes out')
    return body.id
  }
  const connected = (channel: string) =>
    until(
      async () => {
        const row = await house.db
          .selectFrom('channels')
          .selectAll()
          .where('id', '=', channel)
          .executeTakeFirstOrThrow()
        return row.last_in_at !== null && row
      },
      { ...patiently, what: 'connected' },
    )
  const switchOff = (channel: string) => admin.patch(`/channels/${channel}`, { enabled: false })

  test(`${name}: from now on: what was there stays out, what comes is taken at once and never marked as seen`, async () => {
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
    await switchOff(channel)
  })

  test(`${name}: all: older mail comes in as history, silent and closed`, async () => {
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
    await switchOff(channel)
  })

  test(`${name}: a server that was away is caught up with, and one that renumbers brings nothing twice`, async () => {
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
    const taken = await until(
      async () => {
        const all = await rows(channel)
        const there = all.some(({ subject }) => subject === 'Mail a3')
        return there && all.every(({ outcome }) => outcome !== 'waiting') ? all : false
      },
      { ...patiently, what: 'the mail after the renumbering' },
    )
    const started = taken.filter(({ outcome }) => outcome === 'started').map(({ subject }) => subject)
    assert.deepEqual(started.sort(), ['Mail a1', 'Mail a2', 'Mail a3'])
    assert.ok(taken.every(({ outcome, reason }) => outcome === 'started' || reason === 'duplicate'))
    assert.equal((await sums(house.db)).received.difference, 0)
    await switchOff(channel)
  })

  test(`${name}: two processes that fetch one mailbox take each mail once`, async () => {
    const channel = await connect('both', 'now')
    await connected(channel)
    const env = { DATABASE_URL: databaseUrl }
    // The desk of this test is one; the other is a process of its own.
    const worker = await startFoyer(['--role', 'worker', '--data', house.config.data], { env })
    const numbers = Array.from({ length: 40 }, (_, n) => `both${n}`)
    try {
      for (const n of numbers) server.deliver('both', mail(n))
      const taken = await atRest(channel, numbers.length)
      // Who came later to a mail of the others has passed it by when the next one is there.
      server.deliver('both', mail('last'))
      await atRest(channel, numbers.length + 1)
      assert.equal(taken.length, numbers.length)
      await desk.settle()
    } finally {
      await worker.stop()
    }
    const all = await rows(channel)
    assert.ok(all.every(({ outcome }) => outcome === 'started'))
    assert.deepEqual(
      all.map(({ subject }) => subject).sort(),
      [...numbers, 'last'].map((n) => `Mail ${n}`).sort(),
    )
    assert.equal((await sums(house.db)).received.difference, 0)
    await switchOff(channel)
  })

  test(`${name}: wrong settings: the server’s words and which setting is likely wrong`, async () => {
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
}
