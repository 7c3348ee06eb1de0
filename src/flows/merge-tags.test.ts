import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tagFollower } from '#features/views/views.ts'
import { followOnce } from '#platform/events/follow.ts'
import { sequence } from '#platform/events/sequencer.ts'
import { smallHouse } from '#test/small-house.ts'

const desk = await smallHouse()
const admin = await desk.agent('Admin', 'admin')
const anna = await desk.agent('Anna')
const support = await desk.team('Support', anna)
// The follower begins with what is new when it first runs.
await followOnce(desk.db, 'tags', tagFollower)

test('tags are counted for administrators, and merged: what has both has one, views find the one that stays', async () => {
  const inbox = await desk.inbox('Mill', support)
  const tag = async (...names: string[]) => {
    const number = await desk.conversation(inbox, await desk.customer(names.join('and')))
    for (const name of names) await desk.ask(anna, 'PUT', `/conversations/${number}/tags/${name}`, {})
    return number
  }
  const both = await tag('refund', 'money-back')
  const one = await tag('money-back')
  assert.equal((await desk.ask(anna, 'GET', '/tags?counts=true')).status, 403)
  const counted = (await desk.ask(admin, 'GET', '/tags?counts=true')).body.items
  const named = (name: string) => counted.find((each: { name: string }) => each.name === name)
  assert.deepEqual([named('refund').conversations, named('money-back').conversations], [1, 2])
  const view = (await desk.ask(anna, 'POST', '/views', { name: 'Money', filters: { tag: 'vip,Money-Back' } }))
    .body
  const merge = (agent: string, into: string) =>
    desk.ask(agent, 'POST', `/tags/${named('money-back').id}/merge`, { into })
  assert.equal((await merge(anna, named('refund').id)).status, 403)
  assert.equal((await merge(admin, named('money-back').id)).status, 422)
  assert.equal((await merge(admin, '999999')).body.errors[0].field, 'into')
  assert.equal((await merge(admin, named('refund').id)).body.name, 'refund')
  for (const number of [both, one])
    assert.deepEqual((await desk.ask(anna, 'GET', `/conversations/${number}`)).body.tags, ['refund'])
  assert.equal((await merge(admin, named('refund').id)).status, 404)
  await sequence(desk.db)
  await followOnce(desk.db, 'tags', tagFollower)
  const views = (await desk.ask(anna, 'GET', '/views?limit=100')).body.items
  assert.equal(views.find((each: { id: string }) => each.id === view.id).filters.tag, 'vip,refund')
})
