import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { MailLogRow } from '#features/ledger/ledger.contract.ts'
import type { OutboxMail } from '#features/outbox/outbox.contract.ts'
import { TestClock } from '#platform/clock/clock.ts'
import { startDesk } from '../../../test/desk.ts'
import { type Mail, mailIn } from '../../../test/post.ts'
import { isRobot } from './may-answer.ts'

const clock = new TestClock(new Date('2026-03-02T09:00:00Z'))
const folder = mkdtempSync(join(tmpdir(), 'foyer-zone-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const dnsZone = join(folder, 'zone.json')
const txt = (record: string) => ({ TXT: [[record]] })
/** Domains that say of this machine that it may send their mail; others say nothing, so that nobody is proved. */
const proving = ['mail.example', 'other.example', 'works.example']
writeFileSync(
  dnsZone,
  JSON.stringify(
    Object.fromEntries(
      proving.flatMap((domain) => [
        [domain, txt('v=spf1 ip4:127.0.0.1 -all')],
        [`_dmarc.${domain}`, txt('v=DMARC1; p=reject')],
      ]),
    ),
  ),
)
const house = await startDesk({ clock, config: { dnsZone } })
const { admin } = house
await admin.patch(`/inboxes/${house.inbox}`, { acknowledges: true })

const outbox = async () => (await admin.get<{ items: OutboxMail[] }>('/outbox')).body.items
const answersTo = async (address: string) =>
  (await outbox()).filter(({ to }) => to.some((one) => one.includes(address)))
let n = 0
/** A word of its own for each number. */
const thing = (number: number) => [...String(number)].map((digit) => 'abcdefghij'[Number(digit)]).join('')
/** How many acknowledgements this mail brought its sender. */
async function brought(mail: Mail & { from: string }): Promise<number> {
  const before = (await answersTo(mail.from)).length
  n += 1
  await mailIn(house, { subject: `Question ${n}`, text: `Question about ${thing(n)}`, ...mail })
  await house.desk.settle()
  return (await answersTo(mail.from)).length - before
}
const later = async (hours: number) => {
  clock.set(new Date(clock.now().getTime() + hours * 3600_000))
  await house.desk.settle()
}

test('who writes is told at once, in his language, by a mail that says that a machine wrote it', async () => {
  assert.equal(await brought({ from: 'anna@mail.example' }), 1)
  const [mail] = await answersTo('anna@mail.example')
  const source = await admin.get<string>(`/outbox/${mail!.id}/source`).catch(() => null)
  const raw = String(mail!.source ?? source?.body ?? '')
  assert.match(raw, /^Auto-Submitted: auto-replied$/im)
  assert.match(raw, /^X-Auto-Response-Suppress: All$/im)
  assert.match(raw, /^In-Reply-To: </im)
  assert.match(mail!.subject, /^Re: Question/)
  assert.equal(await brought({ from: 'ivan@mail.example', text: 'Здравствуйте, где мой заказ?' }), 1)
  assert.match((await answersTo('ivan@mail.example'))[0]!.text ?? '', /Мы получили/)
})

test('once a conversation and day, and not where one of us has just answered', async () => {
  const first = await mailIn(house, { from: 'once@mail.example' })
  await house.desk.settle()
  const again = { from: 'once@mail.example', inReplyTo: `<${first.messageId}>` }
  assert.equal(await brought(again), 0)
  await later(25)
  assert.equal(await brought(again), 1)
})

test('five times an address and day, whatever it begins', async () => {
  const counts: number[] = []
  for (let i = 0; i < 7; i += 1) counts.push(await brought({ from: 'many@mail.example' }))
  assert.deepEqual(counts, [1, 1, 1, 1, 1, 0, 0])
})

test('machines, lists, spam and no-reply addresses get nothing', async () => {
  const silent: [string, Mail & { from: string }][] = [
    ['a vacation text', { from: 'a@mail.example', headers: { 'Auto-Submitted': 'auto-replied' } }],
    ['a machine’s own mail', { from: 'b@mail.example', headers: { 'Auto-Submitted': 'auto-generated' } }],
    ['a list', { from: 'c@mail.example', headers: { 'List-Id': '<news.mail.example>' } }],
    ['spam', { from: 'd@mail.example', headers: { 'X-Spam-Flag': 'YES' } }],
    ['no-reply', { from: 'no-reply@mail.example' }],
    ['all answers suppressed', { from: 'e@mail.example', headers: { 'X-Auto-Response-Suppress': 'All' } }],
    [
      'as Exchange says it',
      { from: 'f@mail.example', headers: { 'X-Auto-Response-Suppress': 'DR, OOF, AutoReply' } },
    ],
  ]
  for (const [what, mail] of silent) assert.equal(await brought(mail), 0, what)
  const receipts = { 'X-Auto-Response-Suppress': 'DR, NDR, RN, NRN' }
  assert.equal(await brought({ from: 'g@mail.example', headers: receipts }), 1, 'receipts are no answers')
})

test('two desks that answer each other fall silent after one round', async () => {
  const start = await mailIn(house, { from: 'desk@other.example', subject: 'Ping' })
  await house.desk.settle()
  // The other desk says nothing of being a machine, and begins anew each time.
  let rounds = 0
  for (let i = 0; i < 12; i += 1)
    rounds += await brought({ from: 'desk@other.example', inReplyTo: `<${start.messageId}>` })
  assert.equal(rounds, 0)
})

/** Mail of which only the outcome counts. */
async function arrives({ from, subject, text, inReplyTo, replyTo }: Arriving): Promise<Settled> {
  n += 1
  const head = [
    `From: ${from}`,
    'To: support@example.com',
    `Subject: ${subject ?? `Question ${n}`}`,
    `Message-ID: <bulk-${n}@x.example>`,
    ...(inReplyTo ? [`In-Reply-To: ${inReplyTo}`] : []),
    ...(replyTo ? [`Reply-To: ${replyTo}`] : []),
  ]
  const [receipt] = await house.desk.receiver.receive({
    door: 'smtp',
    channel: null,
    kind: null,
    inboxes: [house.inbox],
    sourceKey: null,
    raw: Buffer.from(`${head.join('\r\n')}\r\n\r\n${text ?? `Question ${n}`}\r\n`),
    envelopeFrom: /[^<\s]+@[^>\s]+(?=>?$)/.exec(from)![0],
    envelopeTo: ['support@example.com'],
    mode: 'live',
    remote: { address: '127.0.0.1', helo: 'x.example' },
    wait: true,
  })
  return { ...(await receipt!.settled)!, ledger: receipt!.ledger }
}
interface Arriving {
  from: string
  subject?: string
  text?: string
  inReplyTo?: string
  replyTo?: string
}
type Settled = { outcome: string; reason: string | null; ledger: string }

test('a sender nobody has proved is told once, by words of which none is his; again after he has answered us', async () => {
  const forged = {
    from: '"Win a prize at evil.example" <third@unproved.example>',
    subject: 'Cheap pills at evil.example',
  }
  const told = () => answersTo('third@unproved.example')
  for (let i = 0; i < 4; i += 1) {
    await arrives(forged)
    await house.desk.settle()
    await later(24)
  }
  const [mail] = await told()
  assert.equal((await told()).length, 1)
  const head = String(mail!.source ?? '').split(/\r?\n\r?\n/)[0]!
  assert.doesNotMatch(`${head}\n${mail!.subject}\n${mail!.text}`, /evil|prize|pills/i)
  // His answer to a mail that only he has shows that he reads there.
  const id = /^Message-ID: (<.*>)/im.exec(head)![1]!
  await arrives({ from: 'third@unproved.example', inReplyTo: id })
  await house.desk.settle()
  assert.equal((await told()).length, 2)
  await later(25)
  await arrives({ from: 'third@unproved.example' })
  await house.desk.settle()
  assert.equal((await told()).length, 2)
})

test('a form that names a third person in Reply-To writes to him once, however many come at once', async () => {
  for (const victim of ['one', 'two', 'three', 'four', 'five'].map((name) => `${name}@elsewhere.example`)) {
    const forged = { from: 'noreply@mail.example', replyTo: `Buy at evil.example <${victim}>` }
    await Promise.all([1, 2, 3, 4, 5, 6].map(() => arrives(forged)))
    await house.desk.settle()
    const mails = await answersTo(victim)
    assert.equal(mails.length, 1)
    assert.doesNotMatch(JSON.stringify(mails), /evil/)
  }
})

test('a responder with an address of its own each time is held by its likeness, seen in the log, taken in by a person', async () => {
  const rows: Settled[] = []
  for (let i = 0; i < 12; i += 1)
    rows.push(
      await arrives({ from: `bot${i}@machine.example`, subject: `Re: Question ${i}`, text: `Call ${i}` }),
    )
  const held = rows.filter(({ outcome }) => outcome === 'quarantined')
  assert.equal(held.length, 4)
  assert.ok(held.every(({ reason }) => reason === 'too_many_alike'))
  const released = await admin.post<MailLogRow>(`/mail-log/${held[0]!.ledger}/retry`)
  assert.equal(released.body.outcome, 'started')
  const made = await admin.post<MailLogRow>(`/mail-log/${held[1]!.ledger}/start`)
  assert.equal(made.body.outcome, 'started')
})

test('busy people are not held: known ones, colleagues with questions of their own, strangers at a public host', async () => {
  const rows: Settled[] = []
  for (let i = 0; i < 12; i += 1) rows.push(await arrives({ from: 'busy@works.example', subject: 'Invoice' }))
  const names = [
    'lamp',
    'chair',
    'table',
    'door',
    'window',
    'roof',
    'key',
    'stove',
    'shelf',
    'mirror',
    'rug',
    'bed',
  ]
  for (const [i, name] of names.entries()) {
    rows.push(await arrives({ from: `p${i}@works.example`, subject: `My ${name}`, text: `About a ${name}` }))
    rows.push(
      await arrives({ from: `stranger${i}@gmail.com`, subject: 'Hello', text: `Do you have a ${name}` }),
    )
  }
  assert.deepEqual([...new Set(rows.map(({ outcome }) => outcome))], ['started'])
})

test('an inbox that does not acknowledge says nothing; its own words stand for the usual ones', async () => {
  await admin.patch(`/inboxes/${house.inbox}`, { acknowledgement: 'Thank you, back at nine.' })
  await brought({ from: 'own@mail.example' })
  assert.match((await answersTo('own@mail.example'))[0]!.text ?? '', /back at nine/)
  await admin.patch(`/inboxes/${house.inbox}`, { acknowledges: false })
  assert.equal(await brought({ from: 'off@mail.example' }), 0)
})

test('an address behind which nobody reads is known', () => {
  for (const address of [
    'noreply@x.org',
    'do-not-reply@x.org',
    'shop.no-reply@x.org',
    'mailer-daemon@x.org',
    'noreply+7@x.org',
    'news-bounces@x.org',
    'postmaster@x.org',
  ])
    assert.ok(isRobot(address), address)
  for (const address of ['anna@x.org', 'nora.reply@x.org', 'listener.anna@x.org', 'rootbeer@x.org'])
    assert.ok(!isRobot(address), address)
})
