// An agent answers news from his own mailbox: for colleagues, or, where he says so and it is proven that it is he, for the
// customer, under the guard. Nobody else's answer gets anywhere.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import type { Item, OpenedConversation } from '#features/conversations/conversations.contract.ts'
import { minutes, TestClock, after as timeAfter } from '#platform/clock/clock.ts'
import { startDesk } from '#test/desk.ts'
import { mailIn } from '#test/post.ts'
import type { AtTheDoor } from './receiver.ts'

const folder = mkdtempSync(join(tmpdir(), 'foyer-zone-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const dnsZone = join(folder, 'zone.json')
const txt = (record: string) => ({ TXT: [[record]] })
writeFileSync(
  dnsZone,
  JSON.stringify({
    'example.com': txt('v=spf1 ip4:127.0.0.1 -all'),
    '_dmarc.example.com': txt('v=DMARC1; p=reject'),
  }),
)
const clock = new TestClock(new Date('2026-03-02T09:00:00Z'))
const testDesk = await startDesk({ clock, config: { dnsZone } })
const { desk, house, admin, inbox, addAgent } = testDesk
const ben = await addAgent({ name: 'Ben Blum', address: 'ben@example.com' })
/** His domain says nothing of its mail. */
const carl = await addAgent({ name: 'Carl Grün', address: 'carl@plain.example' })
const vera = await addAgent({ name: 'Vera Rot', address: 'vera@example.com' })
await ben.client.patch('/me', { settings: { undoSeconds: 0 } })

const open = async (number: number) => (await admin.get<OpenedConversation>(`/conversations/${number}`)).body
const words = (items: readonly Item[], type: 'message' | 'comment') =>
  items.flatMap((item) => (item.type === type ? [`${item.author.name}: ${item.text.trim()}`] : []))
const pass = async (by = minutes(15)) => {
  await desk.settle()
  clock.set(timeAfter(clock.now(), by))
  await desk.settle()
}
const mailsTo = (address: string, kind: string) =>
  house.db
    .selectFrom('outbox_mails')
    .select(['subject', 'text', 'source'])
    .where('system_kind', '=', kind)
    .where(sql<boolean>`${address} = any(recipients)`)
    .orderBy('id')
    .execute()

interface Notice {
  number: number
  messageId: string
  replyTo: string
  text: string
}
let serial = 0
/** A customer writes, Ben is made responsible, and is mailed of it. */
async function noticed(to = { id: ben.id, address: 'ben@example.com' }): Promise<Notice> {
  serial += 1
  const { number } = await mailIn(testDesk, {
    from: `Anna <anna${serial}@mail.example>`,
    subject: `Order ${serial}`,
    text: `Where is parcel ${'abcdefghij'[serial % 10]}${'klmnopqrst'[serial % 7]}?`,
  })
  await admin.put(`/conversations/${number}/assignee`, { agent: to.id })
  await pass()
  const mail = (await mailsTo(to.address, 'notifications')).at(-1)!
  const head = mail.source
    .toString()
    .split('\r\n\r\n')[0]!
    .replace(/\r\n[ \t]+/g, ' ')
  const field = (name: string) => new RegExp(`^${name}: <?([^>\r\n]+)>?`, 'mi').exec(head)?.[1] ?? ''
  assert.ok(mail.text.includes(`/conversations/${number}`), mail.text)
  return { number, messageId: field('Message-ID'), replyTo: field('Reply-To'), text: mail.text }
}
interface Answer {
  from?: string
  head?: string[]
  references?: boolean
  quote?: boolean
  more?: Partial<AtTheDoor>
}
async function answer(
  notice: Notice,
  text: string,
  { from = 'Ben Blum <ben@example.com>', head = [], references = true, quote = true, more = {} }: Answer = {},
) {
  serial += 1
  const quoted = notice.text
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\r\n')
  const raw = [
    `From: ${from}`,
    `To: ${notice.replyTo}`,
    'Subject: Re: whatever it was',
    `Message-ID: <a${serial}@example.com>`,
    ...(references ? [`In-Reply-To: <${notice.messageId}>`, `References: <${notice.messageId}>`] : []),
    ...head,
    'Content-Type: text/plain; charset=utf-8',
    '',
    text.replace(/\n/g, '\r\n'),
    '',
    ...(quote ? ['Foyer wrote:', quoted] : []),
  ].join('\r\n')
  const receipts = await desk.receiver.receive({
    ...{ door: 'smtp', channel: null, kind: null, inboxes: [inbox], sourceKey: null, raw: Buffer.from(raw) },
    ...{ envelopeFrom: /[^<\s]+@[^>\s]+/.exec(from)![0], envelopeTo: [notice.replyTo], mode: 'live' },
    remote: { address: '127.0.0.1', helo: 'mx.example.com' },
    ...more,
  })
  const [settled] = await Promise.all(receipts.map((receipt) => receipt.settled))
  return settled!
}
const byImap: Partial<AtTheDoor> = { door: 'imap', kind: 'mail', envelopeFrom: null, remote: null }

test('an answer is an internal comment of his, whatever its subject; without what it quotes', async () => {
  const notice = await noticed()
  assert.match(notice.text, /Write your answer above this line/)
  const settled = await answer(notice, 'He called already.\nI look after it.')
  assert.deepEqual([settled.outcome, settled.conversation], ['comment', String(notice.number)])
  const { items } = await open(notice.number)
  assert.deepEqual(words(items, 'comment'), ['Ben Blum: He called already.\nI look after it.'])
  assert.equal(words(items, 'message').length, 1, 'nothing for the customer')
  const bare = await answer(notice, 'By the mark alone.', { references: false })
  assert.equal(bare.outcome, 'comment')
  const cut = await answer(notice, 'By Message-ID alone.', { quote: false })
  assert.equal(cut.outcome, 'comment')
})

test('/reply sends it to the customer, and /close closes', async () => {
  const notice = await noticed()
  const settled = await answer(notice, '/reply\n/close\n\nDear Anna,\nit left today.')
  assert.deepEqual([settled.outcome, settled.reason], ['comment', 'reply_by_mail'])
  await pass(1000)
  const now = await open(notice.number)
  assert.deepEqual(words(now.items, 'message').slice(1), ['Ben Blum: Dear Anna,\nit left today.'])
  assert.equal(now.status.category, 'solved')
  const sent = now.items.findLast((item) => item.type === 'message')
  assert.equal(sent?.type === 'message' && sent.state, 'sent')
  assert.equal(words(now.items, 'comment').length, 0)
})

test('by his setting answers go out, and /comment keeps them inside', async () => {
  await ben.client.patch('/me', { settings: { notifications: { 'answers.mail': true } } })
  const notice = await noticed()
  assert.match(notice.text, /it goes to the customer, unless/)
  await answer(notice, '/comment\nFor you alone')
  await answer(notice, 'For the customer')
  const { items } = await open(notice.number)
  assert.deepEqual(words(items, 'comment'), ['Ben Blum: For you alone'])
  assert.deepEqual(words(items, 'message').slice(1), ['Ben Blum: For the customer'])
  await ben.client.patch('/me', { settings: { notifications: { 'answers.mail': false } } })
})

test('what the customer wrote since stops it: the words wait as a draft, and he is told', async () => {
  const notice = await noticed()
  const { items } = await open(notice.number)
  const first = items.find((item) => item.type === 'message')!
  const id = await house.db
    .selectFrom('messages')
    .select('message_id')
    .where('id', '=', first.id)
    .executeTakeFirstOrThrow()
  await mailIn(testDesk, {
    from: first.author.address!,
    inReplyTo: `<${id.message_id}>`,
    text: 'It has come, thank you very much indeed.',
  })
  const settled = await answer(notice, '/reply\nIt will come tomorrow.')
  assert.deepEqual([settled.outcome, settled.item], ['comment', null])
  assert.equal(words((await open(notice.number)).items, 'message').length, 2)
  const draft = (
    await ben.client.get<{ text: string; stopped: boolean }>(`/conversations/${notice.number}/draft`)
  ).body
  assert.deepEqual([draft.text, draft.stopped], ['It will come tomorrow.', true])
  const told = (await mailsTo('ben@example.com', 'agent_mail')).at(-1)!
  assert.match(told.text, /wait in the conversation as a draft/)
})

test('not proven, nothing goes out and nothing changes; the words are kept for colleagues and he is told', async () => {
  await carl.client.patch('/me', { settings: { notifications: { 'answers.mail': true } } })
  const notice = await noticed({ id: carl.id, address: 'carl@plain.example' })
  const before = await open(notice.number)
  const from = 'Carl Grün <carl@plain.example>'
  await answer(notice, 'By his setting it would go out', { from, more: byImap })
  assert.deepEqual(await mailsTo('carl@plain.example', 'agent_mail'), [], 'among colleagues is what is usual')
  await answer(notice, '/reply\n/close\nDear Anna', { from, more: byImap })
  const now = await open(notice.number)
  assert.deepEqual(words(now.items, 'comment'), [
    'Carl Grün: By his setting it would go out',
    'Carl Grün: Dear Anna',
  ])
  assert.deepEqual([now.status, words(now.items, 'message').length], [before.status, 1])
  assert.match((await mailsTo('carl@plain.example', 'agent_mail')).at(-1)!.text, /not proven/)
})

test('somebody else’s answer waits, forged ones too; a colleague who was passed it comments as himself', async () => {
  const notice = await noticed()
  const customer = await answer(notice, '/reply\nI am in', { from: `Anna <anna${serial}@mail.example>` })
  assert.deepEqual([customer.outcome, customer.reason], ['quarantined', 'notice_not_his'])
  const forged = await answer(notice, '/close', {
    more: { remote: { address: '192.0.2.7', helo: 'mx.evil.example' } },
  })
  assert.deepEqual([forged.outcome, forged.reason], ['quarantined', 'notice_not_his'])
  const unproven = await answer(notice, 'As Vera?', { from: 'Vera Rot <vera@example.com>', more: byImap })
  assert.equal(unproven.outcome, 'quarantined')
  const colleague = await answer(notice, 'I know her', { from: 'Vera Rot <vera@example.com>' })
  assert.equal(colleague.outcome, 'comment')
  const { items, status } = await open(notice.number)
  assert.deepEqual(words(items, 'comment'), ['Vera Rot: I know her'])
  assert.equal(words(items, 'message').length, 1)
  assert.equal(status.category, 'new')
})

test('what waits is put where it belongs as a comment, never as a message', async () => {
  const notice = await noticed()
  await answer(notice, '/reply\nFrom elsewhere', { from: 'Eve <eve@else.example>' })
  const { body } = await admin.get<{ items: { id: string; reason: string | null }[] }>(
    '/mail-log?outcome=quarantined',
  )
  const entry = body.items.find(({ reason }) => reason === 'notice_not_his')!
  const taken = await admin.post(`/mail-log/${entry.id}/join`, { conversation: notice.number })
  assert.ok([200, 202].includes(taken.status), JSON.stringify(taken.body))
  await desk.settle()
  const { items } = await open(notice.number)
  assert.equal(words(items, 'message').length, 1)
  assert.equal(words(items, 'comment').length, 1)
})

test('commands without words: given to a colleague, a team, another status; what is none is said', async () => {
  const notice = await noticed()
  await answer(notice, '/assign vera\n/status pending')
  const given = await open(notice.number)
  assert.deepEqual([given.assignee?.id, given.status.category], [vera.id, 'pending'])
  assert.deepEqual(words(given.items, 'comment'), [])
  await answer(notice, '/assign Nobody Known\n/reply\nDear Anna')
  const kept = await open(notice.number)
  assert.deepEqual(words(kept.items, 'comment'), ['Ben Blum: Dear Anna'])
  assert.equal(words(kept.items, 'message').length, 1)
  assert.match(
    (await mailsTo('ben@example.com', 'agent_mail')).at(-1)!.text,
    /“Nobody Known” is nobody’s name/,
  )
  await answer(notice, '/replay\nHello')
  assert.match((await mailsTo('ben@example.com', 'agent_mail')).at(-1)!.text, /“\/replay” is not understood/)
})

test('an absence note, one who sees it no more, one who has gone: nothing comes of it', async () => {
  const notice = await noticed()
  const away = await answer(notice, 'I am away.', { head: ['Auto-Submitted: auto-replied'] })
  assert.deepEqual([away.outcome, away.reason], ['ignored', 'absence_note'])
  const team = (await admin.post<{ id: string }>('/teams', { name: 'Board', members: [] })).body.id
  await admin.delete(`/conversations/${notice.number}/assignee`)
  await admin.patch(`/inboxes/${inbox}`, { seenBy: 'teams', teams: [team] })
  await admin.put(`/conversations/${notice.number}/team`, { team })
  const unseen = await answer(notice, 'Still me', {})
  assert.deepEqual([unseen.outcome, unseen.reason], ['quarantined', 'notice_not_seen'])
  await admin.patch(`/inboxes/${inbox}`, { seenBy: 'all' })
  await admin.delete(`/agents/${ben.id}`)
  const gone = await answer(notice, '/reply\nStill me')
  assert.deepEqual([gone.outcome, gone.reason], ['quarantined', 'notice_not_his'])
})
