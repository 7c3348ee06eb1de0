// The ledger: nothing that came in is lost from sight, whatever it is.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { sql } from 'kysely'
import type { MailLogEntry, MailLogRow } from '#features/ledger/ledger.contract.ts'
import { sums } from '#features/ledger/ledger.ts'
import { minutes, TestClock } from '#platform/clock/clock.ts'
import { startDesk } from '#test/desk.ts'
import type { AtTheDoor } from './receive/receiver.ts'

const clock = new TestClock(new Date('2026-03-02T09:00:00Z'))
const { desk, house, admin, inbox, addAgent } = await startDesk({ clock })

const atTheDoor = (raw: string | Buffer): AtTheDoor => ({
  door: 'pipe',
  channel: null,
  kind: null,
  inboxes: [inbox],
  sourceKey: null,
  raw: Buffer.from(raw),
  envelopeFrom: 'anna@example.org',
  envelopeTo: [],
  mode: 'live',
  remote: null,
})
const mail = (n: string) =>
  `From: Anna <anna@example.org>\r\nTo: support@example.com\r\nSubject: Mail ${n}\r\nMessage-ID: <${n}@example.org>\r\n\r\nWords of ${n}\r\n`
async function take(raw: string | Buffer) {
  const [receipt] = await desk.receiver.receive(atTheDoor(raw))
  return { id: receipt!.ledger, settled: await receipt!.settled! }
}
const entry = async (id: string) => (await admin.get<MailLogEntry>(`/mail-log/${id}`)).body
/** A mail with more parts than any honest mail. */
const overfull = Buffer.from(
  `From: x@example.org\r\nSubject: Too many parts\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\nx\r\n'.repeat(2000)}--b--\r\n`,
)

test('a mail beyond the limits is quarantined at once with its sender and subject, and the next one goes on', async () => {
  const [bad, good] = await Promise.all([take(overfull), take(mail('after'))])
  assert.equal(bad.settled?.outcome, 'quarantined')
  assert.equal(good.settled?.outcome, 'started')
  const row = await entry(bad.id)
  assert.deepEqual([row.outcome, row.from, row.subject], ['quarantined', 'x@example.org', 'Too many parts'])
  assert.match(row.reason!, /parts/i)
  const source = await admin.get<string>(`/mail-log/${bad.id}/source`)
  assert.equal(source.body, overfull.toString())
})

test('a person makes a conversation of it, source attached; one that has a place is not moved', async () => {
  const { body } = await admin.get<{ items: MailLogRow[] }>('/mail-log', {
    query: { outcome: 'quarantined' },
  })
  const { status, body: started } = await admin.post<MailLogEntry>(`/mail-log/${body.items[0]!.id}/start`)
  assert.equal(status, 200)
  assert.equal(started.outcome, 'started')
  const attachments = await house.db
    .selectFrom('attachments')
    .select('name')
    .where('message', '=', started.message!)
    .execute()
  assert.deepEqual(attachments, [{ name: 'message.eml' }])
  assert.equal((await admin.post(`/mail-log/${started.id}/retry`)).status, 409)
})

test('a person puts a duplicate into another conversation', async () => {
  const first = await take(mail('twice'))
  const other = await take(mail('other'))
  const again = await take(mail('twice'))
  assert.deepEqual(
    [again.settled?.outcome, again.settled?.conversation],
    ['ignored', first.settled?.conversation],
  )
  const conversation = Number(other.settled!.conversation)
  const { body } = await admin.post<MailLogEntry>(`/mail-log/${again.id}/join`, { conversation })
  assert.deepEqual([body.outcome, body.conversation], ['threaded', conversation])
})

test('what fails is tried three times more with growing pauses, then quarantined, every try kept', async () => {
  // Something outside the mail breaks: the inbox's team is gone from under it.
  const { id } = await house.db
    .insertInto('ledger')
    .values({
      received_at: clock.now(),
      door: 'pipe',
      inbox,
      sha256: Buffer.alloc(32, 7),
      size: '1',
      next_try_at: clock.now(),
      remote: null,
      verdict: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await house.db.insertInto('door_counts').values({ door: 'pipe', shard: 99, received: '1' }).execute()
  for (const pause of [0, 1, 10, 60]) {
    clock.set(new Date(clock.now().getTime() + minutes(pause)))
    await desk.settle()
    const row = await entry(id)
    assert.equal(
      row.outcome,
      pause === 60 ? 'quarantined' : 'failed',
      `after ${pause} minutes: ${row.reason}`,
    )
  }
  const { history, reason } = await entry(id)
  assert.equal(history.length, 4)
  assert.match(reason!, /ENOENT/)
})

test('a try by hand counts on: the tries before keep their lines, and every step is an event', async () => {
  const { body } = await admin.get<{ items: MailLogRow[] }>('/mail-log', {
    query: { outcome: 'quarantined' },
  })
  const { id } = body.items[0]!
  const retried = await admin.post<MailLogEntry>(`/mail-log/${id}/retry`)
  assert.equal(retried.status, 200)
  assert.equal(retried.body.outcome, 'quarantined')
  assert.deepEqual(
    retried.body.history.map((one) => one.try),
    [1, 2, 3, 4, 5],
  )
  const events = await house.db
    .selectFrom('events')
    .select(['kind', 'actor_kind', 'after'])
    .where('kind', 'like', 'mail\\_%')
    .orderBy('id')
    .execute()
  const its = events.filter(({ after }) => (after as { ledger: string }).ledger === id)
  assert.deepEqual(
    its.map(({ kind, actor_kind }) => `${kind} ${actor_kind}`),
    [
      ...Array(3).fill('mail_failed system'),
      'mail_quarantined system',
      'mail_retried agent',
      'mail_quarantined system',
    ],
  )
  assert.ok(its.every(({ after }) => (after as { inbox: string }).inbox === inbox))
})

test('the mail log is searched by words, by inbox and by outcome, page by page', async () => {
  await take(mail('needle-1'))
  await take(mail('needle-2'))
  const { id, settled } = await take(mail('needle-3'))
  assert.equal(settled?.outcome, 'started')
  const find = async (query: Record<string, string | number>) =>
    (await admin.get<{ items: MailLogRow[]; nextCursor: string | null }>('/mail-log', { query })).body
  const first = await find({ q: 'NEEDLE', limit: 2 })
  await take(mail('needle-4'))
  const second = await find({ q: 'needle', limit: 2, cursor: first.nextCursor! })
  assert.deepEqual(
    [...first.items, ...second.items].map(({ subject }) => subject),
    ['Mail needle-3', 'Mail needle-2', 'Mail needle-1'],
  )
  assert.equal(second.nextCursor, null)
  for (const q of ['<needle-3@example.org>', first.items[0]!.sha256])
    assert.deepEqual(
      (await find({ q })).items.map((row) => row.id),
      [id],
    )
  assert.deepEqual((await find({ q: 'needle_3' })).items, [], 'an underscore is an underscore')
  assert.deepEqual((await find({ q: 'needle', outcome: 'ignored,bounce' })).items, [])
  assert.deepEqual((await find({ q: 'needle', inbox: '999' })).items, [])
  assert.equal((await admin.get('/mail-log', { query: { cursor: 'WyJ4Il0' } })).status, 400)
  assert.equal((await admin.get('/mail-log', { query: { outcome: 'none' } })).status, 422)
})

test('who does not see the inbox does not see its mails', async () => {
  const team = await house.db
    .insertInto('teams')
    .values({ name: 'Closed circle', created_at: clock.now() })
    .returning('id')
    .executeTakeFirstOrThrow()
  const { client } = await addAgent({ name: 'Zoe' })
  const { body } = await client.get<{ items: MailLogRow[] }>('/mail-log')
  assert.ok(body.items.length > 0)
  await house.db.updateTable('inboxes').set({ seen_by: 'teams' }).where('id', '=', inbox).execute()
  await house.db.insertInto('inbox_teams').values({ inbox, team: team.id }).execute()
  const after = await client.get<{ items: MailLogRow[] }>('/mail-log')
  assert.deepEqual(after.body.items, [])
  assert.equal((await client.get(`/mail-log/${body.items[0]!.id}/source`)).status, 404)
  assert.equal((await client.post(`/mail-log/${body.items[0]!.id}/start`)).status, 404)
})

test('raw mail is for administrators and for agents with the right, by every way; nobody gives himself one', async () => {
  const clare = await addAgent({ name: 'Clare' })
  await house.db.updateTable('inboxes').set({ seen_by: 'all' }).where('id', '=', inbox).execute()
  const { id, settled } = await take(mail('raw'))
  const ways = [
    `/mail-log/${id}/source`,
    `/messages/${settled!.item}/source`,
    `/messages/${settled!.item}/source/text`,
  ]
  const statuses = async () => Promise.all(ways.map(async (way) => (await clare.client.get(way)).status))
  assert.deepEqual(await statuses(), [403, 403, 403])
  await clare.client.patch('/me', { rights: ['source'], role: 'admin', name: 'Clare C.' })
  assert.deepEqual(await statuses(), [403, 403, 403])
  assert.equal((await admin.patch(`/agents/${clare.id}`, { rights: ['everything'] })).status, 422)
  await admin.patch(`/agents/${clare.id}`, { rights: ['source'] })
  assert.deepEqual(await statuses(), [200, 200, 200])
  const { body: row } = await admin.get<MailLogEntry>(`/mail-log/${id}`)
  const { body: raw } = await clare.client.get<string>(ways[0]!)
  assert.equal(createHash('sha256').update(raw).digest('hex'), row.sha256, 'the bytes are those that came')
})

test('the mail log is narrowed to a stretch of time', async () => {
  const since = clock.now()
  clock.set(new Date(since.getTime() + minutes(5)))
  await take(mail('later'))
  const count = async (query: Record<string, string>) =>
    (await admin.get<{ items: MailLogRow[] }>('/mail-log', { query })).body.items.length
  assert.equal(await count({ after: clock.now().toISOString() }), 1)
  assert.equal(await count({ after: clock.now().toISOString(), before: clock.now().toISOString() }), 0)
  assert.equal((await admin.get('/mail-log', { query: { after: 'yesterday' } })).status, 422)
})

test('mail of a blocked sender is set aside as such, and a complaint is a bounce called so', async () => {
  await admin.put('/blocked-addresses/pest@example.net')
  const pest = await take(mail('pest').replaceAll('anna@example.org', 'pest@example.net'))
  assert.deepEqual([pest.settled?.outcome, pest.settled?.reason], ['quarantined', 'blocked'])
  const complaint = await take(
    [
      'From: abuse@provider.example',
      'To: support@example.com',
      'Subject: Complaint',
      'MIME-Version: 1.0',
      'Content-Type: multipart/report; report-type=feedback-report; boundary=b',
      '',
      '--b\r\nContent-Type: text/plain\r\n\r\nA user called this spam.',
      '--b\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\nOriginal-Rcpt-To: x@provider.example',
      '--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: support@example.com\r\nTo: x@provider.example\r\n\r\nHi',
      '--b--',
      '',
    ].join('\r\n'),
  )
  assert.deepEqual([complaint.settled?.outcome, complaint.settled?.reason], ['bounce', 'feedback'])
})

test('a ledger row that disappears raises the alarm: a difference, a mail to administrators, once', async () => {
  const alarm = async () =>
    (await admin.get<{ alarm: { received: number; seen: object | null } | null }>('/ledger/alarm')).body.alarm
  const later = async () => {
    clock.set(new Date(clock.now().getTime() + minutes(6)))
    await desk.settle()
    return alarm()
  }
  const mails = async () =>
    (
      await house.db
        .selectFrom('outbox_mails')
        .select('text')
        .where('system_kind', '=', 'ledger_alarm')
        .execute()
    ).length
  assert.equal((await sums(house.db)).received.difference, 0)
  assert.equal(await later(), null)
  const { id } = await take(mail('lost'))
  await house.db.deleteFrom('ledger').where('id', '=', id).execute()
  const { received } = await sums(house.db)
  assert.equal(received.difference, 1)
  const { total, difference, ...outcomes } = received
  assert.equal(total, Object.values(outcomes).reduce((sum, n) => sum + n, 0) + 1)
  assert.equal((await later())?.received, 1)
  assert.equal((await later())?.received, 1)
  assert.equal(await mails(), 1)
  await admin.put('/ledger/alarm/seen')
  assert.ok((await later())?.seen)
  await house.db
    .updateTable('door_counts')
    .set({ received: sql`received - 1` })
    .where('shard', '=', 99)
    .execute()
  assert.equal(await later(), null)
})
