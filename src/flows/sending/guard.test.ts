import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Message, OpenedConversation } from '#features/conversations/conversations.contract.ts'
import { cloneDatabase } from '../../../test/database.ts'
import { type Client, type Problem, startDesk } from '../../../test/desk.ts'
import { raceGuard } from '../../../test/guard-race.ts'
import { mailIn } from '../../../test/post.ts'

const house = await startDesk()
const olga = await house.addAgent({ name: 'Olga' })
const boris = await house.addAgent({ name: 'Boris' })
type Stale = Problem & { newer: { id: string; type: string; kind?: string }[] }

const reply = (client: Client, number: number, lastSeen: string, text: string) =>
  client.post<Stale & Message>(`/conversations/${number}/messages`, { text, lastSeen })
const comment = (client: Client, number: number, body: object) =>
  client.post<{ id: string }>(`/conversations/${number}/comments`, body)
const guard = (level: string) => house.admin.patch(`/inboxes/${house.inbox}`, { guard: level })

test('a comment stops a reply when it is marked so or speaks to the writer; others do not, nor do one’s own', async () => {
  const { number, item } = await mailIn(house, { subject: 'Comments' })
  await comment(boris.client, number, { text: 'Just so' })
  await comment(olga.client, number, { text: 'My own', stop: true })
  const first = await reply(olga.client, number, item, 'First')
  assert.equal(first.status, 201)
  const stops = await comment(boris.client, number, { text: 'Wait', stop: true })
  const stopped = await reply(olga.client, number, first.body.id, 'Second')
  assert.deepEqual([stopped.body.code, stopped.body.newer.map(({ id }) => id)], ['stale', [stops.body.id]])
  const speaks = await comment(boris.client, number, { text: 'Olga?', mentions: [olga.id] })
  const mentioned = await reply(olga.client, number, stops.body.id, 'Second')
  assert.deepEqual(
    mentioned.body.newer.map(({ id }) => id),
    [speaks.body.id],
  )
  assert.equal((await reply(olga.client, number, speaks.body.id, 'Second')).status, 201)
})

test('an inbox may be stricter, every comment stops, or not guard at all', async () => {
  const { number, item } = await mailIn(house, { subject: 'Levels' })
  const said = await comment(boris.client, number, { text: 'Just so' })
  await guard('all')
  const strict = await reply(olga.client, number, item, 'One')
  assert.deepEqual(
    strict.body.newer.map(({ id }) => id),
    [said.body.id],
  )
  await guard('off')
  assert.equal((await reply(olga.client, number, item, 'One')).status, 201)
  assert.equal((await reply(boris.client, number, item, 'Two')).status, 201)
  await guard('default')
})

test('closing by another stops a reply; an automatic answer does not', async () => {
  const { number, item, messageId } = await mailIn(house, { subject: 'Closed' })
  await mailIn(house, {
    subject: 'Out of office',
    inReplyTo: `<${messageId}>`,
    headers: { 'Auto-Submitted': 'auto-replied' },
  })
  const taken = await reply(olga.client, number, item, 'One')
  assert.equal(taken.status, 201)
  await boris.client.put(`/conversations/${number}/closure`, {})
  const closed = await reply(olga.client, number, taken.body.id, 'Two')
  assert.deepEqual([closed.body.code, closed.body.newer[0]?.kind], ['stale', 'closed'])
  const { items } = (await olga.client.get<OpenedConversation>(`/conversations/${number}`)).body
  assert.equal((await reply(olga.client, number, items.at(-1)!.id, 'Two')).status, 201)
})

test('of two simultaneous sends in two processes exactly one is taken, round after round', async () => {
  const rounds = Number(process.env.FOYER_GUARD_ROUNDS ?? 50)
  const { clean, others } = await raceGuard(await cloneDatabase(), rounds)
  assert.deepEqual([clean, others], [rounds, []])
})
