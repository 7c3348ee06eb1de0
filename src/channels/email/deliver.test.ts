import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { after, test } from 'node:test'
import { startSmtpSink } from '../../../test/smtp-sink.ts'
import type { Connection, OutgoingMessage } from '../channel.ts'
import { compose } from './compose.ts'
import { openMailOut } from './deliver.ts'
import { read } from './read/read.ts'

const sink = await startSmtpSink()
const out = openMailOut({ of: async () => null, refused: async () => {} })
after(() => out.close())

const connection = (port: number, extra: object = {}): Connection => ({
  id: String(port),
  kind: 'mail',
  inbox: '1',
  settings: { smtp: { host: '127.0.0.1', port, security: 'starttls', username: null, ...extra } },
  secrets: { smtp: 'geheim' },
})
const message: OutgoingMessage = {
  id: '1',
  conversation: '2',
  at: new Date('2026-03-01T10:00:00Z'),
  messageId: 'm-1@example.com',
  inReplyTo: 'q2@example.org',
  references: ['q1@example.org', 'q2@example.org'],
  from: { name: 'Ольга', address: 'support@example.com' },
  replyTo: null,
  to: [{ name: 'Anna, B.', address: 'anna@xn--e1afmkfd.xn--p1ai' }],
  cc: [{ name: null, address: 'boris@example.org' }],
  subject: 'Re: Счёт',
  text: 'Добрый день.\nГотово.',
  html: '<p>Добрый день.<br>Готово. <img src="cid:p1@x"></p>',
  attachments: [
    {
      id: '1',
      name: 'счёт №1.pdf',
      type: 'application/pdf',
      size: 3,
      contentId: null,
      url: '',
      open: () => Readable.from(['PDF']),
    },
    {
      id: '2',
      name: 'p.png',
      type: 'image/png',
      size: 3,
      contentId: 'p1@x',
      url: '',
      open: () => Readable.from(['PNG']),
    },
  ],
  headers: { 'X-Loop': 'foyer-x' },
  envelopeFrom: 'support+b-1@example.com',
}
const recipients = ['anna@xn--e1afmkfd.xn--p1ai', 'boris@example.org']
const signal = () => AbortSignal.timeout(20_000)

test('a mail arrives whole in one transaction: names, thread, both texts, pictures inside, files beside', async () => {
  const outcomes = await out.deliver(message, recipients, connection(sink.port), signal())
  assert.deepEqual(
    outcomes.map(({ outcome, code }) => [outcome, code]),
    [
      ['sent', '250'],
      ['sent', '250'],
    ],
  )
  assert.equal(sink.transactions(), 1)
  const { from, to, source } = sink.taken.at(-1)!
  assert.equal(from, 'support+b-1@example.com')
  assert.deepEqual(to, ['anna@пример.рф', 'boris@example.org'])
  const mail = await read(Buffer.from(source, 'latin1'))
  assert.equal(mail.subject, 'Re: Счёт')
  assert.equal(mail.messageId, 'm-1@example.com')
  assert.equal(mail.text.trim(), message.text)
  assert.deepEqual(mail.from[0], {
    name: 'Ольга',
    address: 'support@example.com',
    shown: 'support@example.com',
  })
  assert.equal(mail.to[0]!.name, 'Anna, B.')
  assert.deepEqual(mail.attachments.map(({ name, inline }) => [name, inline]).sort(), [
    ['p.png', true],
    ['счёт №1.pdf', false],
  ])
  assert.match(source, /^In-Reply-To: <q2@example.org>\r$/m)
  assert.match(source, /^References: <q1@example.org> <q2@example.org>\r$/m)
  assert.match(source, /^Date: Sun, 01 Mar 2026 10:00:00 \+0000\r$/m)
  assert.match(source, /^X-Loop: foyer-x\r$/m)
  assert.doesNotMatch(source, /^(X-Mailer|User-Agent|Bcc):/im)
})

test('one refused recipient fails with the words of the server, the other one has his mail', async () => {
  sink.behave({ rcpt: (address) => (address.startsWith('boris') ? '550 5.1.1 no such person' : null) })
  const outcomes = await out.deliver(message, recipients, connection(sink.port), signal())
  assert.deepEqual(
    outcomes.map(({ outcome }) => outcome),
    ['sent', 'failed'],
  )
  assert.match(outcomes[1]!.text, /no such person/)
  assert.equal(outcomes[1]!.code, '550')
})

test('a greylisted recipient is tried later, and all of them where the server refuses the mail for now', async () => {
  sink.behave({ rcpt: (address) => (address.startsWith('anna') ? '451 4.7.1 greylisted' : null) })
  assert.deepEqual(
    (await out.deliver(message, recipients, connection(sink.port), signal())).map(({ outcome }) => outcome),
    ['retry', 'sent'],
  )
  sink.behave({ data: () => '452 4.3.1 disk full' })
  const later = await out.deliver(message, recipients, connection(sink.port), signal())
  assert.deepEqual(
    later.map(({ outcome, code }) => [outcome, code]),
    [
      ['retry', '452'],
      ['retry', '452'],
    ],
  )
  sink.behave({ data: () => '554 5.7.1 no spam please' })
  const never = await out.deliver(message, recipients, connection(sink.port), signal())
  assert.deepEqual(
    never.map(({ outcome }) => outcome),
    ['failed', 'failed'],
  )
})

test('a connection cut after the final dot is uncertain, one that never came about is tried again', async () => {
  sink.behave({ cut: () => true })
  const cut = await out.deliver(message, recipients, connection(sink.port), signal())
  assert.deepEqual(
    cut.map(({ outcome }) => outcome),
    ['uncertain', 'uncertain'],
  )
  sink.behave({})
  const again = await out.deliver(message, recipients, connection(sink.port), signal())
  assert.deepEqual(
    again.map(({ outcome }) => outcome),
    ['sent', 'sent'],
  )
  const dead = await startSmtpSink()
  await dead.close()
  const none = await out.deliver(message, recipients, connection(dead.port), signal())
  assert.deepEqual(
    none.map(({ outcome }) => outcome),
    ['retry', 'retry'],
  )
  assert.match(none[0]!.text, /ECONNREFUSED/)
})

test('a wrong password waits for the administrator, and the test names the setting', async () => {
  const guarded = await startSmtpSink({ username: 'foyer', password: 'right' })
  const wrong = connection(guarded.port, { username: 'foyer' })
  assert.equal((await out.deliver(message, recipients, wrong, signal()))[0]!.outcome, 'retry')
  const tested = await out.test(wrong)
  assert.equal(tested.ok, false)
  assert.match(tested.error!, /535/)
  assert.equal(tested.hint, 'sending:hint.password')
  const right = { ...wrong, secrets: { smtp: 'right' } }
  assert.equal((await out.test(right)).ok, true)
  assert.equal((await out.deliver(message, recipients, right, signal()))[0]!.outcome, 'sent')
})

test('the test names host, port or security', async () => {
  assert.equal((await out.test(connection(sink.port, { host: 'nowhere.invalid' }))).hint, 'sending:hint.host')
  const closed = await startSmtpSink()
  await closed.close()
  assert.equal((await out.test(connection(closed.port))).hint, 'sending:hint.port')
  assert.equal((await out.test(connection(sink.port, { security: 'tls' }))).hint, 'sending:hint.security')
})

test('a hostile subject or name makes no header of its own', async () => {
  const source = (
    await compose({
      ...message,
      attachments: [],
      subject: 'Hi\r\nBcc: all@example.org',
      from: { name: 'A\r\nX-Evil: 1', address: 'support@example.com' },
    })
  ).toString()
  assert.doesNotMatch(source, /^(Bcc|X-Evil):/m)
})

test('an address with letters beyond ASCII goes where the server offers that, and fails plainly where it does not', async () => {
  const to = ['анна@example.org', 'boris@example.org']
  const told = async (port: number, envelopeFrom = message.envelopeFrom) =>
    (await out.deliver({ ...message, envelopeFrom }, to, connection(port), signal())).map(
      ({ recipient, outcome, own }) => [recipient, outcome, own?.key],
    )
  assert.deepEqual(await told(sink.port), [
    ['анна@example.org', 'sent', undefined],
    ['boris@example.org', 'sent', undefined],
  ])
  assert.deepEqual(sink.taken.at(-1)!.to, to)
  const old = await startSmtpSink({ asciiOnly: true })
  const failed = ['анна@example.org', 'failed', 'sending:attempt.ascii_only']
  assert.deepEqual(await told(old.port), [failed, ['boris@example.org', 'sent', undefined]])
  assert.deepEqual(old.taken.at(-1)!.to, ['boris@example.org'])
  assert.deepEqual(
    (await told(old.port, 'помощь@example.com')).map(([, outcome]) => outcome),
    ['failed', 'failed'],
  )
  assert.equal(old.transactions(), 1)
})
