import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { smallHouse } from '#test/small-house.ts'

const desk = await smallHouse()
const admin = await desk.agent('Admin', 'admin')
const anna = await desk.agent('Anna')
const boris = await desk.agent('Boris')
const support = await desk.team('Support', anna)
const names = async (agent: string) =>
  (await desk.ask(agent, 'GET', '/saved-replies')).body.items.map(({ name }: { name: string }) => name)

describe('saved replies', () => {
  test('are found by those they are for', async () => {
    const add = (agent: string, input: object) =>
      desk.ask(agent, 'POST', '/saved-replies', { text: 'Dear {{customer}}', ...input })
    const mine = (await add(anna, { name: 'mine' })).body
    await add(anna, { name: 'Team', scope: 'team', team: support })
    const all = (await add(boris, { name: 'all', scope: 'all' })).body
    assert.deepEqual(await names(anna), ['all', 'mine', 'Team'])
    assert.deepEqual(await names(boris), ['all'])
    assert.equal((await add(boris, { name: 'x', scope: 'team', team: support })).status, 422)
    assert.equal((await add(boris, { name: 'x', scope: 'team' })).body.errors[0].code, 'required')
    assert.equal((await add(boris, { name: '' })).status, 422)

    const change = (agent: string, id: string, body: object) =>
      desk.ask(agent, 'PATCH', `/saved-replies/${id}`, body)
    assert.equal((await change(boris, mine.id, { text: 'x' })).status, 404)
    assert.equal((await change(admin, mine.id, { text: 'x' })).status, 404)
    assert.equal((await change(anna, all.id, { text: 'x' })).body.code, 'not_yours')
    assert.equal((await change(admin, all.id, { text: 'Hello' })).body.text, 'Hello')
    assert.equal((await change(anna, mine.id, { scope: 'all' })).body.scope, 'all')
    assert.equal((await desk.ask(anna, 'DELETE', `/saved-replies/${mine.id}`)).status, 204)
    assert.deepEqual(await names(anna), ['all', 'Team'])
    const first = (await desk.ask(anna, 'GET', '/saved-replies?limit=1')).body
    const second = (await desk.ask(anna, 'GET', `/saved-replies?limit=1&cursor=${first.nextCursor}`)).body
    assert.equal(second.items[0].name, 'Team')
    assert.equal(second.nextCursor, null)
  })
})
