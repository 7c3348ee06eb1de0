// Everything that came in and went out is accounted for, whatever became of it; what disappears is noticed.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { LedgerSums } from '#features/ledger/ledger.contract.ts'
import { sums, turnAway } from '#features/ledger/ledger.ts'
import type { AtTheDoor } from '#flows/receive/receiver.ts'
import { startDesk } from '#test/desk.ts'
import { runFoyer } from '#test/process.ts'

const { desk, house, admin, inbox, addAgent, databaseUrl } = await startDesk()
const data = mkdtempSync(join(tmpdir(), 'foyer-ledger-'))
after(() => rmSync(data, { recursive: true, force: true }))
const { db } = house
const foyer = (...args: string[]) =>
  runFoyer(['ledger', '--data', data, ...args], { env: { DATABASE_URL: databaseUrl, LC_ALL: 'C' } })

async function take(head: string, more: Partial<AtTheDoor> = {}) {
  const raw = Buffer.from(`From: anna@example.org\r\nTo: support@example.com\r\n${head}\r\n\r\nWords\r\n`)
  const [receipt] = await desk.receiver.receive({
    door: 'pipe',
    channel: null,
    kind: null,
    inboxes: [inbox],
    sourceKey: null,
    raw,
    envelopeFrom: 'anna@example.org',
    envelopeTo: [],
    mode: 'live',
    remote: null,
    ...more,
  })
  return { id: receipt!.ledger, settled: await receipt!.settled! }
}
const setOutcome = (id: string, outcome: 'waiting' | 'failed' | 'comment', next: Date | null = null) =>
  db.updateTable('ledger').set({ outcome, next_try_at: next }).where('id', '=', id).execute()

test('mails with every outcome and deliveries in every state leave no difference', async () => {
  const first = await take('Message-ID: <one@example.org>\r\nSubject: One')
  const reply = await take('Message-ID: <two@example.org>\r\nIn-Reply-To: <one@example.org>')
  const again = await take('Message-ID: <one@example.org>\r\nSubject: One')
  const bounce = await take(
    'Message-ID: <back@example.org>\r\nSubject: Undelivered\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.org\r\n\r\nFinal-Recipient: rfc822; x@example.org\r\nAction: failed\r\nStatus: 5.1.1\r\n--b--',
  )
  const overfull = await take(
    `Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\nx\r\n'.repeat(2000)}--b--`,
  )
  const outcomes = [first, reply, again, bounce, overfull].map(({ settled }) => settled?.outcome)
  assert.deepEqual(outcomes, ['started', 'threaded', 'ignored', 'bounce', 'quarantined'])
  const far = new Date('2999-01-01')
  await setOutcome((await take('Subject: A')).id, 'waiting', far)
  await setOutcome((await take('Subject: B')).id, 'failed', far)
  await setOutcome((await take('Subject: C')).id, 'comment')
  await turnAway(db, {
    door: 'smtp',
    channel: null,
    inbox,
    sha256: Buffer.alloc(32),
    size: 1e9,
    envelopeFrom: null,
    envelopeTo: [],
    reason: 'too_big',
    at: new Date(),
  })

  const states = ['scheduled', 'held', 'queued', 'sending', 'uncertain', 'sent', 'delivered', 'read']
    .concat('failed', 'bounced', 'cancelled')
    .map((state) => ({ state, address: `${state}@example.net` }))
  const { status } = await admin.post(`/conversations/${first.settled!.conversation}/messages`, {
    text: 'To all of you',
    lastSeen: reply.settled!.item,
    sendAt: '2999-01-01T00:00:00Z',
    to: states.map(({ address }) => ({ address })),
    cc: [],
  })
  assert.equal(status, 201)
  for (const { state, address } of states)
    await db
      .updateTable('deliveries')
      .set({ state: state as 'sent', due_at: null })
      .where('recipient', '=', address)
      .execute()

  const { body } = await admin.get<LedgerSums>('/ledger')
  assert.deepEqual(body, {
    received: {
      total: 8,
      threaded: 1,
      started: 1,
      comment: 1,
      bounce: 1,
      ignored: 1,
      quarantined: 1,
      failed: 1,
      waiting: 1,
      difference: 0,
    },
    outgoing: {
      total: 11,
      sent: 1,
      delivered: 2,
      bounced: 1,
      failed: 1,
      cancelled: 1,
      waiting: 5,
      difference: 0,
    },
    demo: { total: 0, difference: 0 },
  })
  const { client } = await addAgent({ name: 'Boris' })
  assert.equal((await client.get('/ledger')).status, 403)
  const said = await foyer()
  assert.deepEqual([said.code, said.err], [0, ''])
  assert.match(said.out, /^8 messages taken in: 1 joined a conversation.*Everything is accounted for\.\n$/s)
  assert.deepEqual(JSON.parse((await foyer('--json')).out), body)
})

test('a ledger row or a delivery that disappears raises the alarm, in words', async () => {
  await db.deleteFrom('ledger').where('outcome', '=', 'bounce').execute()
  assert.equal((await sums(db)).received.difference, 1)
  const alarmed = await foyer()
  assert.equal(alarmed.code, 1)
  assert.match(
    alarmed.err,
    /^1 message was taken in and has no line in the mail log any more\.\n.*Make a backup/s,
  )
  await db.deleteFrom('deliveries').where('state', 'in', ['sent', 'read']).execute()
  const { outgoing } = await sums(db)
  assert.deepEqual([outgoing.total, outgoing.difference], [11, 2])
  const russian = await foyer('--language', 'ru')
  assert.match(russian.err, /2 получателя были назначены, но их доставок больше нет\./)
  assert.equal((await foyer('--json')).code, 1)
})

test('one lost at a door and one made up at another are two, not none', async () => {
  const { received } = await sums(db)
  await db.insertInto('door_counts').values({ door: 'imap', shard: 0, received: '-1' }).execute()
  assert.equal(received.difference, 1)
  assert.equal((await sums(db)).received.difference, 2)
  await db.deleteFrom('door_counts').where('door', '=', 'imap').execute()
  await db.insertInto('door_counts').values({ door: 'demo', shard: 0, received: '5' }).execute()
  const { demo, received: same } = await sums(db)
  assert.deepEqual([demo.difference, same.difference], [5, 1])
})
