// A channel with both sides: our mail leaves to an SMTP server, and what that server takes is put into the mailbox.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Channel, ChannelTest } from '#features/connections/connections.contract.ts'
import type { Inbox } from '#features/inboxes/inboxes.contract.ts'
import { startDesk } from '#test/desk.ts'
import { mailServers } from '#test/mail-servers.ts'
import { startSmtpSink } from '#test/smtp-sink.ts'
import { until } from '#test/until.ts'

const server = await mailServers[0]!.start()
after(() => server.stop())
const sink = await startSmtpSink({ rcpt: (address) => (/\+/.test(address) ? '550 5.1.1 nobody' : null) })
const { admin, house, inbox, url } = await startDesk()
const near = { host: '127.0.0.1', security: 'none' }
const { username, password } = { username: 'probe', password: server.password }
const { body: channel } = await admin.post<Channel>('/channels', {
  kind: 'mail',
  inbox,
  since: 'now',
  imap: { ...near, port: server.port, username, password },
  smtp: { ...near, port: sink.port, username: null },
})
const usesPlus = async () => (await admin.get<Inbox>(`/inboxes/${inbox}`)).body.plusAddressing
const tryOut = async () => (await admin.post<ChannelTest>(`/channels/${channel.id}/test`)).body

test('a provider that refuses addresses with a plus leaves the inbox as it was, and the test is well', async () => {
  const tested = await tryOut()
  assert.deepEqual([tested.in.ok, tested.out.ok, sink.taken.length], [true, true, 0], JSON.stringify(tested))
  assert.equal(await usesPlus(), false)
})

test('a test mails the inbox at an address with a plus; when that arrives by the channel the inbox uses such', async () => {
  await until(
    async () => {
      const row = await house.db.selectFrom('channels').select('last_in_at').executeTakeFirstOrThrow()
      return row.last_in_at !== null
    },
    { within: 60_000, what: 'connected' },
  )
  sink.behave({})
  await tryOut()
  const [probe] = sink.taken
  assert.match(probe!.to[0]!, /^support\+p-[a-z0-9]{33}@example\.com$/)
  assert.equal(await usesPlus(), false, 'sent is not arrived')
  server.deliver(username, probe!.source)
  await until(usesPlus, { within: 60_000, what: 'the inbox uses addresses with a plus' })
  const rows = await house.db.selectFrom('ledger').select(['outcome', 'reason', 'door']).execute()
  assert.deepEqual(rows, [{ outcome: 'ignored', reason: 'own_loop', door: 'imap' }])
  await tryOut()
  assert.equal(sink.taken.length, 1, 'what is known is not asked again')
})

test('a forged probe teaches nothing', async () => {
  await admin.patch(`/inboxes/${inbox}`, { plusAddressing: false })
  const forged = sink.taken[0]!.source.replace(/(\+p-.{8}).{4}/g, '$1aaaa')
  assert.notEqual(forged, sink.taken[0]!.source)
  server.deliver(username, forged)
  await until(
    async () =>
      (await house.db.selectFrom('ledger').select('outcome').execute()).filter(
        (row) => row.outcome === 'ignored',
      ).length === 2,
    { within: 60_000, what: 'taken in' },
  )
  assert.equal(await usesPlus(), false, url)
})
