// Too large from a source that cannot refuse: a row in the mail log, and a word to the sender where he is a person.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import type { OutboxMail } from '#features/outbox/outbox.contract.ts'
import { TestClock } from '#platform/clock/clock.ts'
import { startDesk } from '#test/desk.ts'
import { startImapServer } from '#test/imap-server.ts'
import { runFoyer } from '#test/process.ts'
import { until } from '#test/until.ts'
import { turnAwayTooLarge } from './too-large.ts'

const clock = new TestClock(new Date())
const { desk, house, admin, inbox, databaseUrl } = await startDesk({ clock })
const tooMany = 51 * 1024 * 1024

interface Row {
  outcome: string
  reason: string
  from: string
  subject: string
  size: number
}
const log = async () => (await admin.get<{ items: Row[] }>('/mail-log?outcome=refused')).body.items
const answers = async (to: string) => {
  await desk.settle()
  const { items } = (await admin.get<{ items: OutboxMail[] }>('/outbox')).body
  return items.filter((mail) => mail.to.some((one) => one.includes(to)))
}
const source = async (to: string) => {
  const { rows } = await sql<{
    source: Buffer
  }>`select source from outbox_mails where ${to} = any(recipients)`.execute(house.db)
  return rows.map((row) => row.source.toString('latin1')).join()
}

let n = 0
const headOf = (from: string, more: string[] = [], subject = 'Pictures of the lamp') =>
  [
    `From: ${from}`,
    'To: support@example.com',
    `Subject: ${subject}`,
    `Message-ID: <big${++n}@example.org>`,
    ...more,
  ].join('\r\n')
const comes = (head: string, sourceKey = `INBOX:1:${++n}`) =>
  turnAwayTooLarge(house, {
    door: 'imap',
    channel: null,
    inbox,
    sourceKey,
    sha256: new Uint8Array(32),
    size: tooMany,
    head: Buffer.from(`${head}\r\n\r\n`),
    envelopeFrom: null,
  })

test('a mailbox with a mail that is too large: it is in the log, its sender is told, and the next mail comes in', async () => {
  const server = await startImapServer()
  try {
    const imap = {
      host: '127.0.0.1',
      port: server.port,
      security: 'none',
      username: 'big',
      password: server.password,
    }
    const { body } = await admin.post<{ id: string }>('/channels', {
      kind: 'mail',
      inbox,
      since: 'now',
      imap,
    })
    server.deliver('big', `${headOf('Anna <anna@example.org>')}\r\n\r\n${'x'.repeat(tooMany)}`)
    server.deliver('big', `${headOf('Ivo <ivo@example.org>', [], 'A small one')}\r\n\r\nWords`)
    await until(
      async () =>
        (await house.db.selectFrom('messages').select('id').where('subject', '=', 'A small one').execute())
          .length === 1,
      { within: 60_000, what: 'the mail behind it' },
    )
    const [row] = await log()
    assert.deepEqual(
      [row!.outcome, row!.reason, row!.from, row!.subject],
      ['refused', 'too_big', 'anna@example.org', 'Pictures of the lamp'],
    )
    const [answer, ...others] = await until(async () => {
      const all = await answers('anna@example.org')
      return all.length > 0 && all
    })
    assert.equal(others.length, 0)
    assert.match(answer!.text ?? '', /larger than 50 MB/)
    const raw = await source('anna@example.org')
    assert.match(raw, /^Auto-Submitted: auto-replied$/im)
    assert.doesNotMatch(
      raw,
      /Pictures of the lamp/,
      'no words of the sender’s go to an address he may have forged',
    )
    await admin.patch(`/channels/${body.id}`, { enabled: false })
  } finally {
    await server.stop()
  }
})

test('the same mail from the same place is told of once, and one address once a month', async () => {
  const head = headOf('Bo <bo@example.org>')
  assert.equal(await comes(head, 'INBOX:1:5000'), true)
  assert.equal(await comes(head, 'INBOX:1:5000'), false)
  assert.equal(await comes(headOf('Bo <bo@example.org>')), false)
  clock.set(new Date(clock.now().getTime() + 31 * 24 * 3_600_000))
  assert.equal(await comes(headOf('Bo <bo@example.org>')), true)
  await until(async () => (await answers('bo@example.org')).length === 2)
})

for (const [who, head] of [
  ['a vacation note', headOf('<c1@example.org>', ['Auto-Submitted: auto-replied'])],
  ['a newsletter', headOf('<c2@example.org>', ['List-Id: <news.example.org>'])],
  ['bulk mail', headOf('<c3@example.org>', ['Precedence: bulk'])],
  ['nobody’s address', headOf('<noreply@example.org>')],
  ['a mail system', headOf('<mailer-daemon@example.org>')],
  ['what was judged to be spam', headOf('<c4@example.org>', ['X-Spam-Flag: YES'])],
  ['one that asks machines to be silent', headOf('<c5@example.org>', ['X-Auto-Response-Suppress: All'])],
  ['one whose return path is empty', headOf('<c6@example.org>', ['Return-Path: <>'])],
  ['ourselves', headOf('<support@example.com>')],
  ['nobody', 'Subject: From nobody'],
  ['what is no head', '\0\0\0'],
] as const)
  test(`${who} is not answered, and stands in the log`, async () => {
    const before = (await log()).length
    assert.equal(await comes(head), false)
    assert.equal((await log()).length, before + 1)
  })

test('from a pipe: the mail server is told that it is dealt with, the sender hears from us', async () => {
  const input = `${headOf('Иван <ivan@example.org>')}\r\n\r\n${'x'.repeat(tooMany)}`
  const env = { DATABASE_URL: databaseUrl, SENDER: 'ivan@example.org' }
  const args = ['mail', '--inbox', 'support@example.com', '--data', house.config.data]
  const { code, out, err } = await runFoyer(args, { env, input })
  assert.equal(code, 0, err)
  assert.match(out, /refused \(too_big\).*its sender is told/)
  const [answer] = await until(async () => {
    const all = await answers('ivan@example.org')
    return all.length > 0 && all
  })
  assert.match(answer!.text ?? '', /больше 50 МБ/)
})
