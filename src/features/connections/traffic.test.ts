// What the administrator reads of a channel: when mail last came, whether it is silent, what waits at it.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { sql } from 'kysely'
import { after, days, hours } from '#platform/clock/clock.ts'
import { startDesk } from '#test/desk.ts'
import { mailIn } from '#test/post.ts'
import type { Channel } from './connections.contract.ts'

const desk = await startDesk()
const { admin, house, inbox } = desk
const connect = async () =>
  (
    await admin.post<Channel>('/channels', {
      kind: 'custom',
      inbox,
      name: 'Chat',
      url: 'http://127.0.0.1:9/',
    })
  ).body
const health = async ({ id }: Channel) => (await admin.get<Channel>(`/channels/${id}`)).body.health
const arrive = async (
  { id }: Channel,
  at: Date,
  { mode = 'live', outcome = 'started', sent = false, due = null as Date | null } = {},
) =>
  sql`insert into ledger (received_at, door, channel, inbox, sha256, size, mode, outcome, remote, next_try_at)
    values (${at}, 'webhook', ${id}, ${inbox}, ${randomBytes(32)}, 1, ${mode}, ${outcome},
      ${sent ? '{"sentFolder":true}' : null}, ${due})`.execute(house.db)
const now = house.clock.now()
const ago = (days_: number, hours_ = 0) => after(now, -days(days_) - hours(hours_))

test('a channel that had mail on most days and has none for twelve is silent; copies and history are no mail', async () => {
  const channel = await connect()
  assert.deepEqual((await health(channel)).lastMailAt, null)
  for (let day = 12; day < 40; day++)
    if (day % 7 > 1) for (const hour of [0, 2, 5]) await arrive(channel, ago(day, hour))
  await arrive(channel, ago(1), { sent: true })
  await arrive(channel, ago(1), { mode: 'history' })
  const { lastMailAt, silentSince } = await health(channel)
  assert.equal(lastMailAt, ago(12).toISOString())
  assert.equal(silentSince, lastMailAt)
  await admin.patch(`/channels/${channel.id}`, { enabled: false })
  assert.equal((await health(channel)).silentSince, null, 'switched off: nobody wonders')
  await admin.patch(`/channels/${channel.id}`, { enabled: true })
  await arrive(channel, ago(0, 1))
  assert.deepEqual(
    [(await health(channel)).silentSince, (await health(channel)).lastMailAt],
    [null, ago(0, 1).toISOString()],
  )
})

test('mails in one hour tell nothing of how long a pause may be', async () => {
  const channel = await connect()
  for (let i = 0; i < 20; i++) await arrive(channel, after(ago(60), i * 1000))
  assert.equal((await health(channel)).silentSince, null)
})

test('what waits is counted, each way, per channel', async () => {
  const { number } = await mailIn(desk, { subject: 'Hello', text: 'Hello.' })
  const [channel, other] = [await connect(), await connect()]
  const later = after(now, days(1))
  await arrive(channel, ago(0), { outcome: 'waiting', due: later })
  await arrive(channel, ago(0), { outcome: 'failed', due: later })
  await arrive(channel, ago(0))
  await sql`insert into deliveries (message, channel, recipient, state, due_at)
    select m.id, ${channel.id}, s || '@example.com', s, ${later} from messages m,
      unnest('{queued,held,sent}'::text[]) s where m.conversation = ${number}`.execute(house.db)
  const { waitingIn, waitingOut } = await health(channel)
  assert.deepEqual([waitingIn, waitingOut], [2, 1])
  const { body } = await admin.get<{ items: Channel[] }>('/channels')
  const seen = body.items.map((each) => [each.id, each.health.waitingIn, each.health.waitingOut])
  assert.deepEqual(
    seen.filter(([id]) => id === channel.id || id === other.id),
    [
      [channel.id, 2, 1],
      [other.id, 0, 0],
    ],
  )
})

test('the name of the server that is believed is a host name', async () => {
  const mailbox = { kind: 'mail', inbox, imap: null, smtp: null }
  const { status } = await admin.post('/channels', { ...mailbox, authServer: 'mx.example.com; spf=pass' })
  assert.equal(status, 422)
  const { body } = await admin.post<Channel>('/channels', { ...mailbox, authServer: ' MX.Example.com ' })
  assert.equal(body.authServer, 'mx.example.com')
  const { body: changed } = await admin.patch<Channel>(`/channels/${body.id}`, { authServer: null })
  assert.equal(changed.authServer, null)
})
