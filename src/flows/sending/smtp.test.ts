import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import type {
  Item,
  Message,
  OpenedConversation,
  TimelineEvent,
} from '#features/conversations/conversations.contract.ts'
import { TestClock } from '#platform/clock/clock.ts'
import { startDesk } from '../../../test/desk.ts'
import { mailIn } from '../../../test/post.ts'
import { startSmtpSink } from '../../../test/smtp-sink.ts'

const clock = new TestClock(new Date('2026-03-02T09:00:00Z'))
const sink = await startSmtpSink()
const house = await startDesk({ clock })
const { db } = house.house
await house.admin.patch('/me', { settings: { undoSeconds: 0 } })
await db
  .insertInto('channels')
  .values({
    kind: 'mail',
    inbox: house.inbox,
    name: 'Mail',
    settings: { smtp: { host: '127.0.0.1', port: sink.port, security: 'starttls', username: null } },
    enabled_at: clock.now(),
    created_at: clock.now(),
  })
  .execute()

const minute = 60_000
/** As the test clock of the desk does it: every due time on the way is stopped at. */
async function later(ms: number, step = ms) {
  const end = clock.now().getTime() + ms
  while (clock.now().getTime() < end) {
    clock.set(new Date(Math.min(end, clock.now().getTime() + step)))
    await house.desk.settle()
  }
}
async function send(subject: string, more: object = {}) {
  const { number, item } = await mailIn(house, {
    subject,
    messageId: `<${subject.replaceAll(' ', '-')}@mail.example>`,
  })
  const { body, status } = await house.admin.post<Message>(`/conversations/${number}/messages`, {
    text: `About ${subject}`,
    lastSeen: item,
    ...more,
  })
  assert.equal(status, 201, JSON.stringify(body))
  await house.desk.settle()
  return { number, id: body.id }
}
const open = async (number: number) =>
  (await house.admin.get<OpenedConversation>(`/conversations/${number}`)).body
const stateOf = async ({ number, id }: { number: number; id: string }) =>
  (await open(number)).items.find((item) => item.id === id) as Message
const kinds = (items: Item[]) => items.flatMap((item) => (item.type === 'event' ? [item.kind] : []))
const ids = () => sink.taken.map(({ source }) => /^Message-ID: (.*)\r$/m.exec(source)?.[1])
const fresh = () => {
  sink.taken.length = 0
  sink.behave({})
}

test('a reply to several goes in one transaction; the blind copy stands in the envelope alone', async () => {
  fresh()
  const before = sink.transactions()
  const sent = await send('several', { cc: ['carl@mail.example'], bcc: ['dora@mail.example'] })
  assert.equal(sink.transactions() - before, 1)
  assert.deepEqual(sink.taken[0]!.to, ['anna@mail.example', 'carl@mail.example', 'dora@mail.example'])
  assert.doesNotMatch(sink.taken[0]!.source, /dora/)
  const { state, deliveries } = await stateOf(sent)
  assert.equal(state, 'sent')
  assert.equal(deliveries.length, 3)
  assert.equal(deliveries[0]!.attempts[0]!.code, '250')
})

test('4xx is tried again with the same Message-ID until it is taken, and every try is on record', async () => {
  fresh()
  let tries = 0
  sink.behave({ rcpt: () => (++tries <= 2 ? '451 4.7.1 greylisted' : null) })
  const sent = await send('greylisted')
  assert.equal((await stateOf(sent)).state, 'queued')
  await later(10 * minute, minute)
  const { state, deliveries } = await stateOf(sent)
  assert.equal(state, 'sent')
  assert.deepEqual(
    deliveries[0]!.attempts.map(({ code }) => code),
    ['451', '451', '250'],
  )
  assert.equal(sink.taken.length, 1)
})

test('5xx fails at once with the words of the server, opens the conversation, and can be tried again', async () => {
  fresh()
  sink.behave({ rcpt: () => '550 5.1.1 no such person' })
  const sent = await send('refused', { then: { status: 'solved' } })
  const failed = await stateOf(sent)
  assert.equal(failed.state, 'failed')
  assert.match(failed.deliveries[0]!.attempts[0]!.text, /no such person/)
  const opened = await open(sent.number)
  assert.equal(opened.status.category, 'open')
  assert.equal(opened.assignee?.name, 'Admin')
  assert.ok(kinds(opened.items).includes('delivery_failed'))
  sink.behave({})
  await house.admin.put(`/messages/${sent.id}/sending`)
  await house.desk.settle()
  assert.equal((await stateOf(sent)).state, 'sent')
})

test('one refused recipient of two: the message shows the worst, the other has his mail once', async () => {
  fresh()
  sink.behave({ rcpt: (address) => (address.startsWith('carl') ? '550 no Carl here' : null) })
  const sent = await send('half', { cc: ['carl@mail.example'] })
  const { state, deliveries } = await stateOf(sent)
  assert.equal(state, 'failed')
  assert.deepEqual(
    deliveries.map((one) => one.state),
    ['sent', 'failed'],
  )
  await later(2 * 60 * minute, 10 * minute)
  assert.equal(sink.taken.length, 1)
})

test('a server that stays away for 48 hours fails the message; one hour loses and doubles nothing', async () => {
  fresh()
  sink.behave({ data: () => '421 4.3.2 shutting down' })
  const hour = await send('hour')
  await later(60 * minute, 6 * minute)
  assert.equal((await stateOf(hour)).state, 'queued')
  sink.behave({})
  await later(60 * minute, 30 * minute)
  assert.equal((await stateOf(hour)).state, 'sent')
  assert.equal(sink.taken.length, 1)

  sink.behave({ data: () => '452 4.2.2 full' })
  const long = await send('long')
  await later(50 * 60 * minute, 60 * minute)
  const { state, deliveries } = await stateOf(long)
  assert.equal(state, 'failed')
  assert.ok(deliveries[0]!.attempts.length > 40)
})

test('cut after the final dot: tried once more with the same Message-ID, then a person decides', async () => {
  fresh()
  let cuts = 0
  sink.behave({ cut: () => ++cuts === 1 })
  const once = await send('cut once')
  assert.equal((await stateOf(once)).state, 'uncertain')
  await later(2 * minute, minute)
  assert.equal((await stateOf(once)).state, 'sent')
  assert.equal(ids().length, 2)
  assert.equal(ids()[0], ids()[1])

  fresh()
  sink.behave({ cut: () => true })
  const twice = await send('cut twice')
  await later(60 * minute, 6 * minute)
  const given = await stateOf(twice)
  assert.equal(given.state, 'failed')
  assert.match(given.deliveries[0]!.attempts.at(-1)!.text, /^Nobody knows whether it arrived: .*\(.+\)/)
  assert.equal(sink.taken.length, 2)
  const brought = await open(twice.number)
  assert.ok(kinds(brought.items).includes('delivery_failed'))
  assert.deepEqual([brought.status.category, brought.assignee?.name], ['open', 'Admin'])

  // A person tries it again: it is as new, and may be cut once more before it fails.
  sink.behave({})
  assert.equal((await house.admin.put(`/messages/${twice.id}/sending`)).status, 200)
  await house.desk.settle()
  await until(async () => (await stateOf(twice)).state === 'sent')
})

test('a worker that dies twice with one message: it fails, its author is asked, and each reader has it in his words', async () => {
  fresh()
  sink.behave({ data: () => '451 later' })
  const sent = await send('died twice')
  const die = () =>
    db
      .updateTable('deliveries')
      .set({ state: 'sending', claimed_by: 'a process that is gone', due_at: clock.now() })
      .where('message', '=', sent.id)
      .execute()
  await db
    .insertInto('delivery_attempts')
    .columns(['delivery', 'at', 'state', 'text', 'own_key'])
    .expression((from) =>
      from
        .selectFrom('deliveries')
        .select((column) => [
          'id',
          column.val(clock.now()).as('at'),
          column.val('uncertain').as('state'),
          column.val('').as('text'),
          column.val('sending:attempt.cut').as('own_key'),
        ])
        .where('message', '=', sent.id),
    )
    .execute()
  await die()
  await house.desk.settle()
  await until(async () => (await stateOf(sent)).state === 'failed')
  assert.match((await stateOf(sent)).deliveries[0]!.attempts.at(-1)!.text, /^Nobody knows whether it arrived/)
  await house.admin.patch('/me', { settings: { language: 'ru' } })
  const told = await stateOf(sent)
  const event = (await open(sent.number)).items.findLast(
    (item) => item.type === 'event' && item.kind === 'delivery_failed',
  ) as TimelineEvent
  await house.admin.patch('/me', { settings: { language: 'en' } })
  assert.match(told.deliveries[0]!.attempts.at(-1)!.text, /^Неизвестно, дошло ли/)
  assert.match(String(event.after.text), /^Неизвестно, дошло ли/)
  // The server's words are the server's.
  assert.equal(told.deliveries[0]!.attempts[0]!.text, '451 later')
  assert.equal(sink.taken.length, 0)
})

test('a worker that died while it sent: after its lease the message goes once more, with the same Message-ID', async () => {
  fresh()
  sink.behave({ data: () => '451 later' })
  const sent = await send('died')
  await db
    .updateTable('deliveries')
    .set({
      state: 'sending',
      claimed_by: 'a process that is gone',
      due_at: new Date(clock.now().getTime() + 5 * minute),
    })
    .where('message', '=', sent.id)
    .execute()
  sink.behave({})
  clock.set(new Date(clock.now().getTime() + 5 * minute))
  const deadline = Date.now() + 10_000
  while ((await stateOf(sent)).state !== 'sent' && Date.now() < deadline)
    await new Promise((go) => setTimeout(go, 50))
  const { state, deliveries } = await stateOf(sent)
  assert.equal(state, 'sent')
  assert.match(deliveries[0]!.attempts[1]!.text, /^Foyer stopped before the server answered/)
  assert.equal(sink.taken.length, 1)
})

async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000
  while (!(await holds())) {
    assert.ok(Date.now() < deadline, 'it did not happen in time')
    await new Promise((go) => setTimeout(go, 50))
  }
}

/** The database fails that many times when it is told that something was sent. */
async function failToNote(times: number, sqlstate: string): Promise<void> {
  await sql`drop sequence if exists failures cascade`.execute(db)
  await sql`create sequence failures`.execute(db)
  await sql`create or replace function fail_to_note() returns trigger language plpgsql as ${sql.lit(
    `begin if nextval('failures') <= ${times} then raise exception 'as if' using errcode = '${sqlstate}'; end if; return new; end`,
  )}`.execute(db)
  await sql`create or replace trigger fail_to_note before update on deliveries
    for each row when (new.state = 'sent') execute function fail_to_note()`.execute(db)
}

test('a database that is away when the server has taken the mail: noted when it is back, sent once', async () => {
  fresh()
  await failToNote(2, '57P03')
  const sent = await send('not noted at once')
  assert.equal((await stateOf(sent)).state, 'sent')
  assert.equal(sink.taken.length, 1)
})

test('what could not be noted at all does not stay in sending for as long as its process lives', async () => {
  fresh()
  await failToNote(1, 'XX000')
  const { number, item } = await mailIn(house, { subject: 'never noted' })
  const { body } = await house.admin.post<Message>(`/conversations/${number}/messages`, {
    text: 'x',
    lastSeen: item,
  })
  await until(
    async () => (await sql<{ yes: boolean }>`select is_called as yes from failures`.execute(db)).rows[0]!.yes,
  )
  const sent = { number, id: body.id }
  assert.equal((await stateOf(sent)).state, 'sending')
  clock.set(new Date(clock.now().getTime() + 6 * minute))
  await until(async () => (await stateOf(sent)).state === 'sent')
  assert.equal(ids()[0], ids()[1])
  await sql`drop trigger fail_to_note on deliveries`.execute(db)
})

test('fifty identical requests with one key are one message and one transaction', async () => {
  fresh()
  const { number, item } = await mailIn(house, { subject: 'Fifty' })
  const before = sink.transactions()
  const answers = await Promise.all(
    Array.from({ length: 50 }, () =>
      house.admin.post<Message>(
        `/conversations/${number}/messages`,
        { text: 'Once', lastSeen: item },
        { headers: { 'idempotency-key': 'fifty' } },
      ),
    ),
  )
  await house.desk.settle()
  const taken = answers.filter(({ status }) => status === 201)
  assert.ok(taken.length > 0)
  assert.equal(new Set(taken.map(({ body }) => body.id)).size, 1)
  assert.ok(answers.every(({ status }) => status === 201 || status === 409))
  assert.equal(sink.transactions() - before, 1)
  const replies = (await open(number)).items.filter(
    (one) => one.type === 'message' && one.direction === 'out',
  )
  assert.equal(replies.length, 1)
  const again = await house.admin.post<Message>(
    `/conversations/${number}/messages`,
    { text: 'Once', lastSeen: item },
    { headers: { 'idempotency-key': 'fifty' } },
  )
  assert.deepEqual([again.status, again.body.id], [201, taken[0]!.body.id])
})

test('a bounce goes to its message, marks the address and brings the conversation back', async () => {
  fresh()
  const sent = await send('bounced')
  const messageId = ids()[0]
  const source = [
    'From: Mail Delivery System <mailer-daemon@mail.example>',
    'To: support@example.com',
    'Subject: Undelivered Mail Returned to Sender',
    'Message-ID: <dsn-1@mail.example>',
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    'This is the mail system at host mail.example. Your message could not be delivered.',
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mail.example',
    '',
    'Final-Recipient: rfc822; anna@mail.example',
    'Action: failed',
    'Status: 5.1.1',
    'Diagnostic-Code: smtp; 550 5.1.1 user unknown',
    '',
    '--b',
    'Content-Type: message/rfc822',
    '',
    `Message-ID: ${messageId}`,
    'Subject: Re: bounced',
    '',
    'text',
    '--b--',
    '',
  ].join('\r\n')
  await mailIn(house, { from: '', to: 'support@example.com', raw: source, messageId: '<dsn-1@mail.example>' })
  const { state, deliveries } = await stateOf(sent)
  assert.equal(state, 'bounced')
  assert.match(deliveries[0]!.attempts.at(-1)!.text, /user unknown/)
  const opened = await open(sent.number)
  assert.equal(opened.status.category, 'open')
  assert.ok(kinds(opened.items).includes('delivery_bounced'))
  const identity = await db
    .selectFrom('customer_identities')
    .select('failing_since')
    .where('value', '=', 'anna@mail.example')
    .executeTakeFirstOrThrow()
  assert.notEqual(identity.failing_since, null)
})

test('recipients add up: what was planned is what the rows say', async () => {
  const { total } = await db
    .selectFrom('delivery_counts')
    .select(({ fn }) => fn.sum<string>('total').as('total'))
    .executeTakeFirstOrThrow()
  const { rows } = await db
    .selectFrom('deliveries')
    .select(({ fn }) => fn.countAll<string>().as('rows'))
    .executeTakeFirstOrThrow()
  assert.equal(total, rows)
})
