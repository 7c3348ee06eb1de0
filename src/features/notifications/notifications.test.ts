import assert from 'node:assert/strict'
import { test } from 'node:test'
import { minutes, after as timeAfter } from '#platform/clock/clock.ts'
import { inTransaction } from '#platform/db/db.ts'
import { append, system } from '#platform/events/events.ts'
import { followOnce } from '#platform/events/follow.ts'
import { sequence } from '#platform/events/sequencer.ts'
import { nextMorning } from '#shared/notifications/next-morning.ts'
import { smallHouse } from '../../../test/small-house.ts'
import { until } from '../../../test/until.ts'
import { openSeats } from '../events/seats.ts'
import { whoKnows } from '../events/sight.ts'
import type { Notification } from './notifications.contract.ts'
import { mailDue, notificationFollower } from './notifications.ts'

const house = await smallHouse()
const { db, clock } = house
const [anna, boris, vera] = [await house.agent('Anna'), await house.agent('Boris'), await house.agent('Vera')]
const sales = await house.team('Sales', anna, boris)
const desk = await house.inbox('Desk', sales)
const olga = await house.customer('Olga')
/** Works through what happened since. */
async function follow() {
  while ((await sequence(db)) > 0);
  while ((await followOnce(db, 'notifications', notificationFollower(clock))) > 0);
}
await follow()
const bell = async (agent: string) => {
  await follow()
  return (await house.ask(agent, 'GET', '/notifications')).body as { items: Notification[]; unread: number }
}
const why = async (agent: string) => (await bell(agent)).items.map(({ kind }) => kind)
const act = async (agent: string, method: string, path: string, body: object = {}) => {
  const answer = await house.ask(agent, method, path, body)
  assert.ok(answer.status < 300, JSON.stringify(answer.body))
  return answer.body
}
const choose = (agent: string, notifications: Record<string, boolean>) =>
  act(agent, 'PATCH', '/me', { settings: { notifications } })

test('each is told what concerns him and why, nobody of what he did himself', async () => {
  const number = await house.conversation(desk, olga, 'Broken lamp')
  assert.deepEqual(await why(anna), [], 'what is new for the team is off until it is asked for')
  await act(boris, 'PUT', `/conversations/${number}/assignee`, { agent: anna })
  assert.deepEqual(await why(anna), ['assigned'])
  const own = await house.conversation(desk, olga, 'Taken by himself')
  await act(boris, 'PUT', `/conversations/${own}/assignee`, { agent: 'me' })
  assert.deepEqual(await why(boris), [])
  await act(anna, 'POST', `/conversations/${number}/comments`, { text: 'Look, please', mentions: [boris] })
  const [told] = (await bell(boris)).items
  assert.deepEqual(
    [told?.kind, told?.conversation, told?.actor],
    ['mentioned', { number, subject: 'Broken lamp' }, { kind: 'agent', name: 'Anna' }],
  )
  await house.message(number, { text: 'Any news?' })
  assert.deepEqual(await why(anna), ['customer_yours'], 'who writes has read what was before')
  assert.deepEqual(await why(boris), ['customer_followed', 'mentioned'], 'who is mentioned follows')
  await act(boris, 'POST', `/conversations/${number}/comments`, { text: 'Asked the shop' })
  assert.deepEqual(await why(anna), ['colleague', 'customer_yours'])
  await act(anna, 'PUT', `/conversations/${number}/assignee`, { agent: 'me' })
  await house.message(number, { automatic: 'autoreply' })
  assert.equal((await bell(anna)).unread, 2, 'neither one’s own acts nor automatic answers')
  await act(anna, 'PUT', `/conversations/${number}/spam`)
  assert.equal((await bell(anna)).unread, 0, 'spam is no news')
})

test('what is read elsewhere is gone, all of it or that of one conversation', async () => {
  const [one, two] = [await house.conversation(desk, olga), await house.conversation(desk, olga)]
  for (const number of [one, two])
    await act(vera, 'PUT', `/conversations/${number}/assignee`, { agent: boris })
  await follow()
  await act(boris, 'PUT', '/notifications/read')
  for (const number of [one, two]) await house.message(number)
  assert.equal((await bell(boris)).unread, 2)
  await act(boris, 'PUT', `/conversations/${one}/read`)
  assert.deepEqual(
    (await bell(boris)).items.map(({ conversation }) => conversation.number),
    [two],
  )
  await act(vera, 'PUT', `/conversations/${two}/read`)
  assert.equal((await bell(boris)).unread, 1, 'a colleague’s reading is his own')
  assert.equal((await act(boris, 'PUT', '/notifications/read', { conversation: two })).unread, 0)
  const comment = await act(vera, 'POST', `/conversations/${two}/comments`, { text: 'x', mentions: [boris] })
  assert.equal((await bell(boris)).unread, 1)
  await act(vera, 'DELETE', `/comments/${comment.id}`)
  assert.equal((await bell(boris)).unread, 0, 'taken back')
})

test('nobody is told of what he may not see, then or any more', async () => {
  const closed = await house.inbox('Board', await house.team('Board', vera), { only: true })
  const number = await house.conversation(closed, olga, 'Secret')
  await follow()
  await act(vera, 'PUT', `/conversations/${number}/follow`)
  await follow()
  const follows = { conversation: String(number), agent: anna, followed_at: clock.now() }
  await db.insertInto('followers').values(follows).execute()
  await house.message(number)
  assert.equal((await bell(vera)).unread, 1)
  assert.equal((await bell(anna)).unread, 0)
  const { rows } = await import('kysely').then(({ sql }) =>
    sql`select from notifications where agent = ${anna} and conversation = ${number}`.execute(db),
  )
  assert.equal(rows.length, 0, 'it is not even kept for him')
  await db.deleteFrom('team_members').where('agent', '=', vera).execute()
  assert.equal((await bell(vera)).unread, 0, 'he has left the team')
})

test('one is told of a kind no more when it is stopped, by each means for itself', async () => {
  const number = await house.conversation(desk, olga)
  await act(anna, 'PUT', `/conversations/${number}/assignee`, { agent: boris })
  assert.deepEqual(await why(boris), ['assigned'])
  await choose(boris, { 'assigned.page': false })
  assert.deepEqual(await why(boris), [])
  await choose(boris, { 'assigned.page': true, 'team.page': true })
  await house.conversation(desk, olga, 'New')
  assert.deepEqual(await why(boris), ['team', 'assigned'])
  await act(boris, 'PUT', '/notifications/read')
  await choose(boris, { 'team.page': false })
})

test('that there is news for somebody is told to nobody else', async () => {
  const event = { at: clock.now(), actor: system, kind: 'notifications_added', after: { agent: anna } }
  await inTransaction(db, (tx) => append(tx, event))
  const told = { ...event, conversation: null, before: {} } as never
  const knows = await whoKnows(db, async () => new Map(), [told])
  assert.deepEqual([knows(told, anna), knows(told, boris)], [true, false])
})

interface Mail {
  recipients: string[]
  subject: string
  text: string
  source: Buffer
}
const mails = (): Promise<Mail[]> =>
  db
    .selectFrom('outbox_mails')
    .select(['recipients', 'subject', 'text', 'source'])
    .where('system_kind', '=', 'notifications')
    .orderBy('id')
    .execute()
async function wait(by: number) {
  await follow()
  clock.set(timeAfter(clock.now(), by))
  while ((await mailDue(house.house)(clock.now())) > 0);
}

test('who does not have the desk open gets one mail for a burst, without the customers’ words', async () => {
  const dora = await house.agent('Dora')
  const [one, two] = [
    await house.conversation(desk, olga, 'Private matter'),
    await house.conversation(desk, olga, 'Other matter'),
  ]
  await wait(minutes(60))
  const before = (await mails()).length
  await act(anna, 'PUT', `/conversations/${one}/assignee`, { agent: dora })
  await wait(minutes(9))
  await act(anna, 'POST', `/conversations/${two}/comments`, { text: 'You know this', mentions: [dora] })
  assert.equal((await mails()).length, before, 'not yet')
  await wait(minutes(1))
  const [mail, ...more] = (await mails()).slice(before)
  assert.equal(more.length, 0)
  assert.deepEqual(mail?.recipients, ['dora@desk.example'])
  assert.match(mail?.subject ?? '', /2 things/)
  assert.match(mail?.text ?? '', /Anna assigned you .*\n.*\/conversations\/\d+/)
  assert.match(mail?.text ?? '', /Anna mentioned you/)
  assert.doesNotMatch(mail?.text ?? '', /Private matter|Other matter|You know this|Olga/)
  const source = mail?.source.toString() ?? ''
  assert.match(source, /^Auto-Submitted: auto-generated/m)
  assert.match(source, /^List-Unsubscribe-Post: List-Unsubscribe=One-Click/m)
  await house.message(one, { text: 'Words of mine' })
  await choose(dora, { 'words.mail': true })
  await wait(minutes(10))
  const last = (await mails()).at(-1)
  assert.match(last?.text ?? '', /Private matter\nWords of mine/)
  assert.doesNotMatch(last?.text ?? '', /Anna/, 'each thing is mailed once')

  const { pathname } = new URL(
    /^List-Unsubscribe: <([^>]+)>/m.exec(last!.source.toString().replace(/\r\n\s+/g, ' '))![1]!,
  )
  const path = pathname.replace('/api/v1', '')
  assert.equal((await house.ask(null, 'GET', path)).status, 200)
  await house.message(one)
  await wait(minutes(10))
  const sent = (await mails()).length
  assert.equal(sent, before + 3, 'looking at the link stops nothing')
  assert.equal((await house.ask(null, 'POST', `${path}x`)).status, 404, 'only what we have signed')
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  assert.equal((await house.ask(null, 'POST', path, 'List-Unsubscribe=One-Click', form)).status, 200)
  await house.message(one)
  await wait(minutes(10))
  assert.equal((await mails()).length, sent)
  assert.equal((await bell(dora)).unread, 5, 'the bell stays')
})

test('whoever likes it so gets one mail in the morning, by his own clock', async () => {
  const greta = await house.agent('Greta')
  await choose(greta, { 'digest.mail': true })
  await act(greta, 'PATCH', '/me', { settings: { timeZone: 'Asia/Ulaanbaatar' } })
  const number = await house.conversation(desk, olga, 'For the morning')
  await wait(minutes(60))
  const before = (await mails()).length
  await act(anna, 'PUT', `/conversations/${number}/assignee`, { agent: greta })
  await follow()
  const morning = nextMorning(clock.now(), 'Asia/Ulaanbaatar')
  await wait(morning.getTime() - clock.now().getTime() - 1000)
  const hers = async () =>
    (await mails()).slice(before).filter(({ recipients }) => recipients.includes('greta@desk.example')).length
  assert.equal(await hers(), 0, 'not in the night')
  await wait(1000)
  assert.equal(await hers(), 1)
})

test('hostile words stay words in a mail of news: no header, no markup, no text of ours', async () => {
  const frieda = await house.agent('Frieda')
  const name = 'Eve\r\nBcc: third@else.example <b>{{url}} $t(notifications:mail.hello)'
  const words = '<img src=x onerror=alert(1)> {{name}} $t(notifications:mail.many)'
  const number = await house.conversation(desk, await house.customer(name), words)
  await choose(frieda, { 'words.mail': true })
  await wait(minutes(60))
  await act(anna, 'PUT', `/conversations/${number}/assignee`, { agent: frieda })
  await wait(minutes(10))
  await house.message(number, { text: words })
  await wait(minutes(10))
  const mail = (await mails()).at(-1)!
  assert.deepEqual(mail.recipients, ['frieda@desk.example'])
  const [head = ''] = mail.source.toString().split('\r\n\r\n')
  assert.doesNotMatch(head, /^Bcc:/im)
  assert.match(head, /^Content-Type: text\/plain/im)
  assert.match(
    mail.subject,
    /^Eve Bcc: third@else\.example <b>\{\{url\}\} \$t\(notifications:mail\.hello\) answered/,
  )
  assert.ok(mail.text?.includes(`${words}\n${words}`), mail.text ?? '')
})

test('who has the desk open, has read it, is away, or is one of our own inboxes gets no mail', async () => {
  const number = await house.conversation(desk, olga)
  await wait(minutes(60))
  const before = (await mails()).length
  const given = async (agent: string, meanwhile = async () => {}) => {
    await act(vera, 'PUT', `/conversations/${number}/assignee`, { agent })
    await follow()
    await meanwhile()
    await wait(minutes(10))
    return (await mails()).length - before
  }
  const seats = openSeats(db, (error) => assert.fail(String(error)))
  seats.set(new Set([anna]))
  await until(() => db.selectFrom('live_seats').selectAll().executeTakeFirst())
  assert.equal(await given(anna), 0, 'the desk is open')
  await seats.close()
  const eva = await house.agent('Eva')
  assert.equal(await given(eva, () => act(eva, 'PUT', '/notifications/read')), 0, 'read')
  const fedor = await house.agent('Fedor')
  await act(fedor, 'PUT', '/me/absence')
  assert.equal(await given(fedor), 0, 'away')
  const gleb = await house.agent('Gleb')
  // The database refuses it today; rows from before may have it.
  await db.deleteFrom('taken_addresses').where('address', '=', 'desk@shop.example').execute()
  await db.updateTable('agents').set({ address: 'desk@shop.example' }).where('id', '=', gleb).execute()
  assert.equal(await given(gleb), 0, 'an address that customers write to')
  await choose(fedor, { 'away.mail': true })
  assert.equal(await given(fedor), 1, 'away, and asked for it')
  const hanna = await house.agent('Hanna')
  assert.equal(await given(hanna), 2, 'nothing of that')
})
