// What agents mark as spam is learned, and new mail like it begins in the view Spam with its reason.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Conversation } from '#features/conversations/conversations.contract.ts'
import type { SpamLearning } from '#features/spam/spam.contract.ts'
import { startDesk } from '#test/desk.ts'
import { mailIn } from '#test/post.ts'

const desk = await startDesk()
const { admin, house } = desk
let count = 0

async function mail(from: string, subject: string, text: string, more = '') {
  const id = `<m${++count}@mail.example>`
  const raw = `From: ${from}\r\nTo: support@example.com\r\nSubject: ${subject}\r\nMessage-ID: ${id}\r\n${more}\r\n${text}\r\n`
  return mailIn(desk, { raw, messageId: id })
}
const spam = (n: number) =>
  mail(
    `"Lucky ${n}" <win${n}@casino${n}.example>`,
    `Your casino bonus number ${n}`,
    `Claim your jackpot bonus now, winner ${n}! Gamble at http://casino.example/x${n} and double it.`,
  )
const ordinary = (n: number) =>
  mail(
    `buyer${n}@shop.example`,
    `Order ${n}`,
    `Hello, my parcel with the blue kettle has not arrived. Could you look where it is? Regards, buyer ${n}`,
  )
const answer = async ({ number, item }: { number: number; item: string }) => {
  const sent = await admin.post<{ id: string }>(
    `/conversations/${number}/messages`,
    { text: 'We are looking.', lastSeen: item },
    { headers: { 'idempotency-key': `a${number}` } },
  )
  assert.equal(sent.status, 201)
  await admin.put(`/messages/${sent.body.id}/sending`)
}
const opened = async (number: number) => (await admin.get<Conversation>(`/conversations/${number}`)).body
const learned = async () => {
  await desk.desk.settle()
  return (await admin.get<SpamLearning>('/spam-learning')).body
}

test('nothing is judged before enough was marked and answered; then new mail like it begins as spam, with its words', async () => {
  const early: number[] = []
  for (let n = 0; n < 20; n++) {
    const { number } = await spam(n)
    early.push(number)
    assert.equal((await opened(number)).spam, false, 'too little is known yet')
    await admin.put(`/conversations/${number}/spam`, {})
  }
  for (let n = 0; n < 20; n++) await answer(await ordinary(n))
  assert.deepEqual(await learned(), { on: true, spam: 20, other: 20, fewest: 20 })

  const { number } = await spam(99)
  const one = await opened(number)
  assert.equal(one.spam, true)
  assert.equal(one.spamVerdict?.by, 'learned')
  assert.ok(one.spamVerdict.words.includes('bonus'), one.spamVerdict.words.join(' '))
  const { body } = await admin.get<{ items: Conversation[] }>('/conversations', { query: { view: 'spam' } })
  assert.ok(body.items.some((each) => each.number === number))
  assert.equal((await opened(early[0]!)).spamVerdict, null, 'an agent said so, nobody judged')

  const other = await opened((await ordinary(99)).number)
  assert.deepEqual([other.spam, other.spamVerdict], [false, null])
})

test('whom we have answered is never taken for a spammer, nor what an agent sends in', async () => {
  const known = await mail('friend@shop.example', 'Kettle', 'Hello, where is the blue kettle of my order?')
  await answer(known)
  await learned()
  const words = 'Claim your jackpot bonus now, winner! Gamble at http://casino.example/x and double it.'
  const his = await opened((await mail('friend@shop.example', 'Casino bonus', words)).number)
  assert.equal(his.spam, false)
  const strange = await opened((await mail('stranger@shop.example', 'Casino bonus', words)).number)
  assert.equal(strange.spam, true)
})

test('"not spam" takes it back and is learned; the copied people of judged mail take no part before', async () => {
  const judged = await mail(
    'more@casino200.example',
    'Your casino bonus',
    'Claim your jackpot bonus now, winner! Gamble and double it.',
    'Cc: third@elsewhere.example\r\n',
  )
  const before = await opened(judged.number)
  assert.deepEqual([before.spam, before.participants], [true, []])
  const { spam: wasSpam, other: wasOther } = await learned()
  const freed = await admin.delete<Conversation>(`/conversations/${judged.number}/spam`)
  assert.equal(freed.body.spam, false)
  assert.equal(freed.body.spamVerdict, null)
  const now = await learned()
  assert.deepEqual([now.spam, now.other], [wasSpam, wasOther + 1])
  await admin.put(`/conversations/${judged.number}/spam`, {})
  const again = await learned()
  assert.deepEqual([again.spam, again.other], [wasSpam + 1, wasOther], 'the other lesson was taken back')
})

test('what is erased is unlearned, and the words of a verdict go with it', async () => {
  const judged = await spam(300)
  await admin.put(`/conversations/${judged.number}/spam`, {})
  const marked = await spam(301)
  await admin.delete(`/conversations/${marked.number}/spam`)
  const before = await learned()
  for (const { item } of [judged, marked])
    assert.equal((await admin.put(`/messages/${item}/erasure`, { reason: 'Asked for' })).status, 200)
  const after = await learned()
  assert.deepEqual([after.spam, after.other], [before.spam, before.other - 1], 'a verdict alone is no lesson')
  assert.deepEqual((await opened(judged.number)).spamVerdict, { by: 'learned', words: [] })
  const left = await house.db.selectFrom('spam_words').select('word').where('spam', '<', 0).execute()
  assert.deepEqual(left, [])
})

test('a mail that a filter before us marked says so', async () => {
  const { number } = await mail('x@y.example', 'Hello', 'Hello', 'X-Spam-Flag: YES\r\n')
  assert.deepEqual((await opened(number)).spamVerdict, { by: 'filter', words: [] })
})

test('judging can be switched off and what was learned forgotten, by administrators', async () => {
  const { client } = await desk.addAgent({ name: 'Boris' })
  assert.equal((await client.get('/spam-learning')).status, 200)
  assert.equal((await client.put('/spam-learning', { on: false })).status, 403)
  assert.equal((await client.delete('/spam-learning')).status, 403)
  assert.equal((await admin.put<SpamLearning>('/spam-learning', { on: false })).body.on, false)
  assert.equal((await opened((await spam(400)).number)).spam, false)
  await admin.put('/spam-learning', { on: true })
  assert.equal((await opened((await spam(401)).number)).spam, true)
  const gone = await admin.delete<SpamLearning>('/spam-learning')
  assert.deepEqual([gone.body.spam, gone.body.other], [0, 0])
  assert.equal((await opened((await spam(402)).number)).spam, false)
})
