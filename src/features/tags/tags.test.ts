import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { smallHouse } from '#test/small-house.ts'

const desk = await smallHouse()
const admin = await desk.agent('Admin', 'admin')
const anna = await desk.agent('Anna')
const support = await desk.team('Support', anna)

describe('tags', () => {
  test('are made by anybody, renamed and removed by administrators', async () => {
    const make = (name: string) => desk.ask(anna, 'POST', '/tags', { name })
    const lamp = (await make('Lamp')).body
    assert.equal((await make('LAMP')).body.id, lamp.id)
    await make('Desk')
    const inbox = await desk.inbox('Shop', support)
    const number = await desk.conversation(inbox, await desk.customer('Carla'))
    await desk.ask(anna, 'PUT', `/conversations/${number}/tags/lamp`, {})
    const change = (agent: string, name: string) => desk.ask(agent, 'PATCH', `/tags/${lamp.id}`, { name })
    assert.equal((await change(anna, 'Lamps')).status, 403)
    assert.equal((await change(admin, 'desk')).body.code, 'taken')
    assert.equal((await change(admin, 'Lamps')).body.name, 'Lamps')
    assert.deepEqual((await desk.ask(anna, 'GET', `/conversations/${number}`)).body.tags, ['Lamps'])
    const page = (await desk.ask(anna, 'GET', '/tags?limit=1')).body
    assert.equal(page.items[0].name, 'Desk')
    assert.equal((await desk.ask(anna, 'GET', `/tags?cursor=${page.nextCursor}`)).body.items[0].name, 'Lamps')
    assert.equal((await desk.ask(admin, 'DELETE', `/tags/${lamp.id}`)).status, 204)
    assert.deepEqual((await desk.ask(anna, 'GET', `/conversations/${number}`)).body.tags, [])
  })
})
