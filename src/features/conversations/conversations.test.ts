import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { smallHouse } from '#test/small-house.ts'

const desk = await smallHouse()
const anna = await desk.agent('Anna', 'admin')
const boris = await desk.agent('Boris')
const support = await desk.team('Support', anna, boris)
const inbox = await desk.inbox('Shop', support)
const customer = await desk.customer('Carla')

describe('a conversation in the API', () => {
  test('shows who asked, who holds it and what was said', async () => {
    const number = await desk.conversation(inbox, customer, 'A broken lamp')
    const { status, body } = await desk.ask(anna, 'GET', `/conversations/${number}`)
    assert.equal(status, 200)
    assert.equal(body.number, number)
    assert.deepEqual(body.status, { category: 'new', name: 'new' })
    assert.deepEqual(body.holder, { kind: 'team', id: support, name: 'Support' })
    assert.deepEqual(body.customer, {
      id: customer,
      name: 'Carla',
      address: 'carla@mail.example',
      vip: false,
      hint: null,
    })
    assert.equal(body.unread, true)
    assert.equal(body.items.length, 1)
    assert.equal(body.items[0].text, 'A broken lamp')
    assert.equal(body.olderCursor, null)
    assert.equal(body.lastItem, body.items[0].id)
  })

  test('what is not there, or not visible, is 404', async () => {
    assert.equal((await desk.ask(anna, 'GET', '/conversations/999999')).status, 404)
    assert.equal((await desk.ask(null, 'GET', '/conversations/1')).status, 401)
  })

  test('its timeline pages both ways and opens around an item', async () => {
    const number = await desk.conversation(inbox, customer)
    const ids = []
    for (let n = 0; n < 9; n += 1) ids.push(await desk.message(number, { text: `words ${n}` }))
    const opened = (await desk.ask(anna, 'GET', `/conversations/${number}?limit=4`)).body
    assert.deepEqual(
      opened.items.map((item: { id: string }) => item.id),
      ids.slice(-4),
    )
    const older = (
      await desk.ask(anna, 'GET', `/conversations/${number}/items?limit=4&before=${opened.olderCursor}`)
    ).body
    assert.deepEqual(
      older.items.map((item: { id: string }) => item.id),
      ids.slice(1, 5),
    )
    const newer = (
      await desk.ask(anna, 'GET', `/conversations/${number}/items?limit=4&after=${older.newerCursor}`)
    ).body
    assert.deepEqual(newer.items, opened.items)
    const around = (await desk.ask(anna, 'GET', `/conversations/${number}?limit=4&around=${ids[4]}`)).body
    assert.deepEqual(
      around.items.map((item: { id: string }) => item.id),
      ids.slice(2, 6),
    )
    const foreign = await desk.conversation(inbox, customer)
    assert.equal((await desk.ask(anna, 'GET', `/conversations/${foreign}?around=${ids[4]}`)).status, 404)
    assert.equal((await desk.ask(anna, 'GET', `/conversations/${number}?before=rubbish`)).status, 400)
  })

  test('HTML from outside is harmless by the time it is shown', async () => {
    const number = await desk.conversation(inbox, customer)
    await desk.message(number, { html: '<p onclick="x()">Hi<script>alert(1)</script><img src="cid:a"></p>' })
    const { body } = await desk.ask(anna, 'GET', `/conversations/${number}`)
    assert.equal(body.items.at(-1).html, '<p>Hi<img src="cid:a" /></p>')
  })

  test('a list pages without a gap or a repetition while new ones come in', async () => {
    const other = await desk.customer('Dora')
    const numbers: number[] = []
    for (let n = 0; n < 7; n += 1) {
      desk.clock.set(new Date(desk.clock.now().getTime() + 1000))
      numbers.push(await desk.conversation(inbox, other))
    }
    for (const sort of ['due', 'waiting', 'priority', 'newest', 'oldest', 'updated']) {
      const seen: number[] = []
      let cursor: string | null = null
      do {
        const path = `/conversations?customer=${other}&sort=${sort}&limit=3${cursor ? `&cursor=${cursor}` : ''}`
        const { body, status } = await desk.ask(anna, 'GET', path)
        assert.equal(status, 200, JSON.stringify(body))
        seen.push(...body.items.map((item: { number: number }) => item.number))
        cursor = body.nextCursor
        desk.clock.set(new Date(desk.clock.now().getTime() + 1))
        if (sort === 'newest' || sort === 'updated') await desk.conversation(inbox, other)
      } while (cursor)
      const firsts = seen.filter((number) => numbers.includes(number))
      assert.equal(new Set(seen).size, seen.length, sort)
      assert.deepEqual(
        firsts.toSorted((a, b) => a - b),
        numbers,
        sort,
      )
      if (sort === 'waiting') assert.deepEqual(firsts, numbers)
    }
    assert.equal((await desk.ask(anna, 'GET', '/conversations?cursor=WyJ4IiwiMSJd')).status, 400)
  })

  test('views and filters find what they say', async () => {
    const one = await desk.customer('Emil')
    const [a, b, c, d] = [
      await desk.conversation(inbox, one),
      await desk.conversation(inbox, one),
      await desk.conversation(inbox, one),
      await desk.conversation(inbox, one),
    ]
    await desk.ask(anna, 'PUT', `/conversations/${a}/assignee`, { agent: 'me' })
    await desk.ask(anna, 'PUT', `/conversations/${b}/closure`, {})
    await desk.ask(anna, 'PUT', `/conversations/${c}/spam`, {})
    await desk.ask(anna, 'PUT', `/conversations/${d}/priority`, { priority: 'urgent' })
    await desk.ask(anna, 'PUT', `/conversations/${d}/tags/Lamp`, {})
    const found = async (query: string, agent = anna) =>
      (await desk.ask(agent, 'GET', `/conversations?customer=${one}&${query}`)).body.items.map(
        (item: { number: number }) => item.number,
      )
    assert.deepEqual(await found('view=mine'), [a])
    assert.deepEqual(await found('view=mine', boris), [])
    assert.deepEqual(await found('view=unassigned'), [d])
    assert.deepEqual(
      (await found('view=open')).toSorted((x: number, y: number) => x - y),
      [a, d],
    )
    assert.deepEqual(await found('view=my-teams&sort=priority'), [d, a])
    assert.deepEqual(await found('view=closed'), [b])
    assert.deepEqual(await found('view=spam'), [c])
    assert.deepEqual(await found('assignee=me,none&status=new&sort=oldest'), [a, d])
    assert.deepEqual(await found('tag=lamp'), [d])
    assert.deepEqual(await found('tag=none&sort=oldest'), [a, b])
    assert.deepEqual(await found('priority=urgent'), [d])
    assert.deepEqual(await found('status=solved'), [b])
    assert.equal((await desk.ask(anna, 'GET', '/conversations?assignee=x')).status, 422)
    assert.equal((await desk.ask(anna, 'GET', '/conversations?view=nothing')).status, 404)
    for (const view of ['all', 'pending', 'snoozed', 'trash', 'drafts', 'mentioned', 'thanks', 'stuck'])
      assert.equal((await desk.ask(anna, 'GET', `/conversations?view=${view}&q=lamp`)).status, 200, view)
  })
})
