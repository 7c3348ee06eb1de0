import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { OutboxMail } from '#features/outbox/outbox.contract.ts'
import { TestClock } from '#platform/clock/clock.ts'
import { startDesk } from '../../../test/desk.ts'
import { type Mail, mailIn } from '../../../test/post.ts'
import { isRobot } from './may-answer.ts'

const clock = new TestClock(new Date('2026-03-02T09:00:00Z'))
const house = await startDesk({ clock })
const { admin } = house
await admin.patch(`/inboxes/${house.inbox}`, { acknowledges: true })

const outbox = async () => (await admin.get<{ items: OutboxMail[] }>('/outbox')).body.items
const answersTo = async (address: string) =>
  (await outbox()).filter(({ to }) => to.some((one) => one.includes(address)))
let n = 0
/** How many acknowledgements this mail brought its sender. */
async function brought(mail: Mail & { from: string }): Promise<number> {
  const before = (await answersTo(mail.from)).length
  n += 1
  await mailIn(house, { subject: `Question ${n}`, text: `Question ${n}`, ...mail })
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
