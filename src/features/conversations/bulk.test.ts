import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { smallHouse } from '#test/small-house.ts'

const desk = await smallHouse()
const anna = await desk.agent('Anna')
const boris = await desk.agent('Boris')
const support = await desk.team('Support', anna, boris)
const accounts = await desk.team('Accounts', boris)
const inbox = await desk.inbox('Shop', support)
const hidden = await desk.inbox('Board', accounts, { only: true })
const customer = await desk.customer('Carla')
const fresh = () => desk.conversation(inbox, customer)
const bulk = (numbers: number[], what: object, agent = anna) =>
  desk.ask(agent, 'POST', '/conversations/bulk', { numbers, do: what })
const undo = (id: string, agent = anna) => desk.ask(agent, 'POST', `/bulk/${id}/undo`, {})
const open = async (number: number, agent = anna) =>
  (await desk.ask(agent, 'GET', `/conversations/${number}`)).body
/** What an undo must bring back. */
const stateOf = async (number: number) => {
  const { status, assignee, team, holder, priority, tags, snoozedUntil, waitingSince, spam, trashed } =
    await open(number)
  return { status, assignee, team, holder, priority, tags, snoozedUntil, waitingSince, spam, trashed }
}

describe('one change to many', () => {
  test('answers each number for itself; what is not visible is not there', async () => {
    const [a, b] = [await fresh(), await fresh()]
    const unseen = await desk.conversation(hidden, customer)
    const until = new Date(desk.clock.now().getTime() + 3600_000).toISOString()
    const { status, body } = await bulk([b, unseen, a, 999_999, a], {
      assignee: 'me',
      priority: 'high',
      addTags: ['Lamp'],
      snooze: until,
    })
    assert.equal(status, 200)
    assert.deepEqual(
      body.answers.map(({ number, ok, code }: Record<string, unknown>) => [number, ok, code]),
      [
        [b, true, undefined],
        [unseen, false, 'not_found'],
        [a, true, undefined],
        [999_999, false, 'not_found'],
      ],
    )
    for (const number of [a, b]) {
      const { assignee, priority, tags, snoozedUntil } = await open(number)
      assert.deepEqual([assignee.id, priority, tags, snoozedUntil], [anna, 'high', ['Lamp'], until])
    }
  })

  test('what cannot be is refused whole; one that is locked only for itself', async () => {
    const [a, locked] = [await fresh(), await fresh()]
    await desk.ask(anna, 'PUT', `/conversations/${locked}/closure`, {})
    await desk.db
      .updateTable('conversations')
      .set({ category: 'closed', locked_at: desk.clock.now() })
      .where('id', '=', String(locked))
      .execute()
    assert.equal((await bulk([a], { assignee: 'nobody@desk.example' })).body.errors[0].field, 'do.assignee')
    assert.equal((await bulk([a], { addTags: [''] })).status, 422)
    // The tag would stand, the priority not: neither does.
    const { answers } = (await bulk([locked, a], { priority: 'low', addTags: ['x'] })).body
    assert.deepEqual([answers[0].ok, answers[0].code, answers[1].ok], [false, 'conversation_closed', true])
    assert.match(answers[0].text, /locked/)
    assert.deepEqual((await open(locked)).tags, [])
  })

  test('undo brings everything back', async () => {
    const numbers = [await fresh(), await fresh()]
    await desk.ask(anna, 'PUT', `/conversations/${numbers[0]}/assignee`, { agent: boris })
    await desk.ask(anna, 'PUT', `/conversations/${numbers[1]}/tags/Old`, {})
    const before = [await stateOf(numbers[0]!), await stateOf(numbers[1]!)]
    const { id } = (
      await bulk(numbers, {
        status: 'solved',
        team: accounts,
        priority: 'urgent',
        addTags: ['New'],
        removeTags: ['old'],
        spam: true,
        trash: true,
      })
    ).body
    assert.deepEqual((await open(numbers[1]!)).tags, ['New'])
    assert.equal((await undo(id, boris)).status, 404)
    const { body } = await undo(id)
    assert.ok(body.answers.every(({ ok }: { ok: boolean }) => ok))
    assert.deepEqual([await stateOf(numbers[0]!), await stateOf(numbers[1]!)], before)
    assert.deepEqual((await undo(id)).body.answers, [])
  })

  test('undo leaves what somebody changed since, even where it looks the same again', async () => {
    const [a, b] = [await fresh(), await fresh()]
    const { id } = (await bulk([a, b], { priority: 'high', assignee: 'me' })).body
    for (const priority of ['low', 'high'])
      await desk.ask(boris, 'PUT', `/conversations/${a}/priority`, { priority })
    const { answers } = (await undo(id)).body
    assert.deepEqual(
      answers.map(({ ok, code }: Record<string, unknown>) => [ok, code]),
      [
        [false, 'changed_since'],
        [true, undefined],
      ],
    )
    assert.deepEqual([(await open(a)).priority, (await open(a)).assignee], ['high', null])
    assert.deepEqual([(await open(b)).priority, (await open(b)).assignee], ['normal', null])
  })
})

describe('participants', () => {
  test('are added, confirmed and removed by address or id, each told once', async () => {
    const number = await fresh()
    const path = `/conversations/${number}/participants`
    const added = await desk.ask(anna, 'POST', path, { address: 'Pavel@Partner.Example', name: 'Pavel' })
    assert.equal(added.status, 200)
    const [pavel] = added.body.participants
    assert.deepEqual(
      { ...pavel, id: '' },
      { id: '', name: 'Pavel', address: 'pavel@partner.example', confirmed: true },
    )
    await desk.ask(anna, 'POST', path, { customer: pavel.id })
    assert.equal((await desk.ask(anna, 'POST', path, { address: 'nonsense' })).status, 422)
    await desk.ask(anna, 'DELETE', `${path}/pavel@partner.example`)
    await desk.ask(anna, 'DELETE', `${path}?customer=${pavel.id}`)
    const { participants, items } = await open(number)
    assert.deepEqual(participants, [])
    assert.deepEqual(
      items.slice(1).map(({ kind }: { kind: string }) => kind),
      ['participant_added', 'participant_removed'],
    )
    assert.equal(items[1].after.participant, 'pavel@partner.example')
  })

  test('one who came by Cc is confirmed', async () => {
    const number = await fresh()
    await desk.db
      .insertInto('participants')
      .values({
        conversation: String(number),
        customer,
        address: 'cc@mail.example',
        added_at: desk.clock.now(),
      })
      .execute()
    assert.equal((await open(number)).participants[0].confirmed, false)
    const path = `/conversations/${number}/participants`
    const { body } = await desk.ask(anna, 'POST', path, { address: 'cc@mail.example' })
    assert.equal(body.participants[0].confirmed, true)
    assert.equal((await open(number)).items.at(-1).kind, 'participant_confirmed')
  })
})
