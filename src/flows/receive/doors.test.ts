// The SMTP door in one process, the work in another; what is too large; what comes back.
import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { test } from 'node:test'
import { createTransport } from 'nodemailer'
import type { OpenedConversation } from '#features/conversations/conversations.contract.ts'
import { sums } from '#features/ledger/ledger.ts'
import { startDesk } from '#test/desk.ts'
import { mailIn } from '#test/post.ts'
import { startFoyer } from '#test/process.ts'
import { startSmtpSink } from '#test/smtp-sink.ts'
import { until } from '#test/until.ts'

const patiently = { within: 60_000 }

test('mail through the SMTP door of a web process is worked on by a worker beside it', async () => {
  const { desk, house, databaseUrl } = await startDesk({ config: { role: 'web' } })
  const post = createTransport({ host: '127.0.0.1', port: desk.smtpPort!, secure: false })
  const send = (n: number) =>
    post.sendMail({
      from: `c${n}@example.org`,
      to: 'support@example.com',
      subject: `Mail ${n}`,
      text: 'Words',
    })
  await send(1)
  assert.equal((await sums(house.db)).received.waiting, 1, 'the web process only keeps')
  const worker = await startFoyer(['--role', 'worker', '--data', house.config.data], {
    env: { DATABASE_URL: databaseUrl },
  })
  const started = (n: number) =>
    until(async () => (await sums(house.db)).received.started === n, {
      ...patiently,
      what: `${n} conversations`,
    })
  try {
    await started(1)
    await send(2)
    await started(2)
  } finally {
    post.close()
    await worker.stop()
  }
  assert.equal((await sums(house.db)).received.difference, 0)
})

test('a mail that is too large is refused with 552 and stands in the mail log, outside what was received', async () => {
  const { desk, house, admin } = await startDesk()
  const socket = connect(desk.smtpPort!, '127.0.0.1')
  let heard = ''
  socket.on('data', (chunk) => {
    heard += chunk
  })
  const say = async (line: string, answer: RegExp) => {
    socket.write(`${line}\r\n`)
    await until(() => answer.test(heard), { what: line })
  }
  await until(() => heard.startsWith('220'), { what: 'the greeting' })
  await say('EHLO mx.example.org', /^250 /m)
  await say('MAIL FROM:<anna@example.org> SIZE=99000000', /^250 .*\r\n250 /ms)
  await say('RCPT TO:<support@example.com>', /^552 /m)
  socket.destroy()
  const { received } = await sums(house.db)
  assert.deepEqual([received.total, received.difference], [0, 0])
  const { body } = await admin.get<{ items: { outcome: string; reason: string; from: string }[] }>(
    '/mail-log',
  )
  assert.deepEqual(
    body.items.map(({ outcome, reason, from }) => [outcome, reason, from]),
    [['refused', 'too_big', 'anna@example.org']],
  )
})

test('a bounce fails the delivery it speaks of, marks the address, reopens the conversation and tells its author', async () => {
  const testDesk = await startDesk()
  const { desk, house, admin, inbox } = testDesk
  const sink = await startSmtpSink()
  const smtp = { host: '127.0.0.1', port: sink.port, security: 'none', username: null, password: null }
  assert.equal((await admin.post('/channels', { kind: 'mail', inbox, smtp })).status, 201)
  const { number, item } = await mailIn(testDesk, { from: 'Anna <anna@example.org>' })
  const reply = await admin.post<{ id: string }>(`/conversations/${number}/messages`, {
    text: 'Send it back.',
    lastSeen: item,
    then: { status: 'solved' },
  })
  assert.equal(reply.status, 201, JSON.stringify(reply.body))
  await admin.put(`/messages/${reply.body.id}/sending`, {})
  await desk.settle()
  await until(() => sink.taken.length > 0, { ...patiently, what: 'the reply' })
  const ours = /^Message-ID: (<[^>]+>)/im.exec(sink.taken[0]!.source)![1]!
  const raw = [
    'From: MAILER-DAEMON@mx.example.org',
    'To: support@example.com',
    'Subject: Undelivered Mail Returned to Sender',
    'Message-ID: <dsn1@mx.example.org>',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
    '',
    '--b',
    '',
    'I could not deliver your mail.',
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example.org',
    '',
    'Final-Recipient: rfc822; anna@example.org',
    'Action: failed',
    'Status: 5.1.1',
    'Diagnostic-Code: smtp; 550 5.1.1 no such person here',
    '--b',
    'Content-Type: text/rfc822-headers',
    '',
    `Message-ID: ${ours}`,
    'Subject: Re: Where is my order',
    '--b--',
    '',
  ].join('\r\n')
  const post = createTransport({ host: '127.0.0.1', port: desk.smtpPort!, secure: false })
  await post.sendMail({ raw, envelope: { from: '', to: 'support@example.com' } })
  post.close()
  await desk.settle()
  const { body } = await admin.get<OpenedConversation>(`/conversations/${number}`)
  const message = body.items.find((one) => one.id === reply.body.id)
  assert.ok(message?.type === 'message')
  assert.equal(message.state, 'bounced')
  assert.match(JSON.stringify(message.deliveries), /no such person here/)
  assert.equal(body.status.category, 'open')
  assert.equal(body.assignee?.name, 'Admin', 'it is with its author')
  assert.ok(body.items.some((one) => one.type === 'event' && one.kind === 'delivery_bounced'))
  const { failing_since } = await house.db
    .selectFrom('customer_identities')
    .select('failing_since')
    .where('value', '=', 'anna@example.org')
    .executeTakeFirstOrThrow()
  assert.ok(failing_since)
  const { bounce, difference } = (await sums(house.db)).received
  assert.deepEqual({ bounce, difference }, { bounce: 1, difference: 0 })
})

test('the word of the mail server before the SMTP door is believed, from its own machines alone', async () => {
  const seen = async (from: string[]) => {
    const { desk, house } = await startDesk({ config: { mailServer: { name: 'mx.example.com', from } } })
    const post = createTransport({ host: '127.0.0.1', port: desk.smtpPort!, secure: false })
    const send = (n: number, word: string) =>
      post.sendMail({
        from: `c${n}@partner.example`,
        to: 'support@example.com',
        subject: `Mail ${n}`,
        text: 'Words',
        headers: { 'Authentication-Results': word },
      })
    try {
      await send(1, 'mx.example.com; dmarc=pass header.from=partner.example')
      await send(2, 'mx.elsewhere.example; dmarc=pass header.from=partner.example')
      await send(3, 'mx.example.com; dmarc=fail header.from=partner.example')
      return await until(async () => {
        const rows = await house.db
          .selectFrom('messages')
          .select('verified')
          .orderBy('author_address')
          .execute()
        return rows.length === 3 && rows.map(({ verified }) => verified)
      }, patiently)
    } finally {
      post.close()
    }
  }
  assert.deepEqual(await seen(['loopback']), [true, null, false])
  assert.equal((await seen(['10.0.0.0/8']))[0], null)
})
