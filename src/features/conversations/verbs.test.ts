import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { sql } from 'kysely'
import { smallHouse } from '#test/small-house.ts'
import { lockOld } from './lock-old.ts'
import { wakeDue } from './snooze.ts'

const desk = await smallHouse()
const anna = await desk.agent('Anna', 'admin')
const boris = await desk.agent('Boris')
const support = await desk.team('Support', anna, boris)
const accounts = await desk.team('Accounts', boris)
const inbox = await desk.inbox('Shop', support)
const customer = await desk.customer('Carla')
const fresh = () => desk.conversation(inbox, customer)
const put = (number: number, what: string, body: unknown = {}, agent = anna) =>
  desk.ask(agent, 'PUT', `/conversations/${number}/${what}`, body)
const remove = (number: number, what: string, agent = anna) =>
  desk.ask(agent, 'DELETE', `/conversations/${number}/${what}`)
const open = async (number: number, agent = anna) =>
  (await desk.ask(agent, 'GET', `/conversations/${number}`)).body
/** Kinds and contents of the events shown in its timeline. */
const told = async (number: number) =>
  (await open(number)).items
    .filter((item: { type: string }) => item.type === 'event')
    .map(({ kind, before, after }: Record<string, unknown>) => ({ kind, before, after }))

describe('responsible agent and team', () => {
  test('an agent is named by me, id or address, and the timeline says who', async () => {
    const number = await fresh()
    for (const [agent, id] of [
      ['me', anna],
      [boris, boris],
      ['ANNA@desk.example', anna],
    ]) {
      const { status, body } = await put(number, 'assignee', { agent })
      assert.equal(status, 200)
      assert.equal(body.assignee.id, id)
      assert.deepEqual(body.holder, { kind: 'agent', id, name: id === anna ? 'Anna' : 'Boris' })
    }
    const [first] = await told(number)
    assert.equal(first.kind, 'assigned')
    assert.deepEqual(first.before.assignee, null)
    assert.deepEqual(first.after.assignee, { id: anna, name: 'Anna' })
    assert.deepEqual(first.before.holder, { kind: 'team', id: support, name: 'Support' })
    assert.equal((await remove(number, 'assignee')).body.assignee, null)
    assert.equal((await told(number)).length, 4)
  })

  test('"not ours" hands it on with nobody responsible, and the way it came is seen until somebody gives it a team', async () => {
    const number = await fresh()
    const post = await desk.team('Marketing', anna)
    await put(number, 'assignee', { agent: 'me' })
    const on = (team: string) => put(number, 'team', { team, notOurs: true })
    const names = (list: { name: string }[]) => list.map(({ name }) => name)
    const { body } = await on(accounts)
    assert.deepEqual([body.assignee, body.team.name, names(body.strayed)], [null, 'Accounts', ['Support']])
    assert.deepEqual(body.holder, { kind: 'team', id: accounts, name: 'Accounts' })
    assert.deepEqual(names((await on(post)).body.strayed), ['Support', 'Accounts'])
    assert.deepEqual(names((await on(post)).body.strayed), ['Support', 'Accounts'], 'it is there already')
    const last = (await told(number)).at(-1)
    assert.equal(last.kind, 'not_ours')
    assert.deepEqual([last.before.team.name, last.after.team.name], ['Accounts', 'Marketing'])
    await put(number, 'assignee', { agent: 'me' })
    assert.deepEqual(names((await on(support)).body.strayed), ['Support', 'Accounts', 'Marketing'])
    assert.deepEqual((await put(number, 'team', { team: accounts })).body.strayed, [])
    await put(number, 'closure')
    assert.equal((await on(support)).status, 200, 'what is closed may still be handed on until it locks')
  })

  test('nothing changed is nothing told', async () => {
    const number = await fresh()
    for (const what of [
      'assignee',
      'snooze',
      'closure',
      'spam',
      'trash',
      'follow',
      'tags/none',
      'priority',
      'team',
    ])
      assert.equal((await remove(number, what)).status, 200, what)
    await put(number, 'status', { status: 'new' })
    assert.deepEqual(await told(number), [])
  })

  test('an unknown agent is 422 and named', async () => {
    const { status, body } = await put(await fresh(), 'assignee', { agent: 'nobody@desk.example' })
    assert.equal(status, 422)
    assert.deepEqual([body.errors[0].field, body.errors[0].code], ['agent', 'unknown'])
  })

  test('handing to a team takes it from an agent outside it, and from nobody inside', async () => {
    const number = await fresh()
    await put(number, 'assignee', { agent: boris })
    assert.equal((await put(number, 'team', { team: accounts })).body.assignee.id, boris)
    await put(number, 'team', { team: support })
    await put(number, 'assignee', { agent: anna })
    const { body } = await put(number, 'team', { team: accounts })
    assert.equal(body.assignee, null)
    assert.deepEqual(body.holder, { kind: 'team', id: accounts, name: 'Accounts' })
    assert.equal((await remove(number, 'team')).body.team.id, support)
  })
})

describe('status, priority, snooze', () => {
  test('closing leaves no holder, reopening gives it back', async () => {
    const number = await fresh()
    await put(number, 'assignee', { agent: 'me' })
    const closed = (await put(number, 'closure')).body
    assert.deepEqual(closed.status, { category: 'solved', name: 'solved' })
    assert.equal(closed.holder, null)
    assert.equal(closed.waitingSince, null)
    assert.equal((await remove(number, 'closure')).body.holder.id, anna)
    assert.deepEqual(
      (await told(number)).map(({ kind }: { kind: string }) => kind),
      ['assigned', 'closed', 'reopened'],
    )
  })

  test('whom nobody has answered waits again after reopening, since he wrote; who was answered does not', async () => {
    const number = await fresh()
    await desk.message(number)
    const since = (await open(number)).waitingSince
    assert.notEqual(since, null)
    await put(number, 'closure')
    assert.equal((await remove(number, 'closure')).body.waitingSince !== null, true)
    await put(number, 'status', { status: 'pending' })
    assert.equal((await put(number, 'status', { status: 'open' })).body.waitingSince !== null, true)
    const { last_position } = await desk.db
      .selectFrom('conversations')
      .select('last_position')
      .where('id', '=', String(number))
      .executeTakeFirstOrThrow()
    await sql`insert into messages (conversation, position, direction, medium, at, author_kind, author_id, text)
      values (${number}, ${last_position + 1}, 'out', 'mail', ${new Date()}, 'agent', ${anna}, 'Done')`.execute(
      desk.db,
    )
    await sql`update conversations set last_position = last_position + 1 where id = ${number}`.execute(
      desk.db,
    )
    await put(number, 'closure')
    assert.equal((await remove(number, 'closure')).body.waitingSince, null)
  })

  test('pending is held by the customer, whose words open it again', async () => {
    const number = await fresh()
    assert.equal((await put(number, 'status', { status: 'pending' })).body.holder.kind, 'customer')
    await desk.message(number)
    assert.equal((await open(number)).status.category, 'open')
  })

  test('an installation names its own statuses; locked comes with time only', async () => {
    await desk.ask(anna, 'POST', '/statuses', { name: 'Parts ordered', category: 'on_hold' })
    const number = await fresh()
    const { body } = await put(number, 'status', { status: 'Parts ordered' })
    assert.deepEqual(body.status, { category: 'on_hold', name: 'Parts ordered' })
    const [event] = await told(number)
    assert.deepEqual(event.before.status, { category: 'new', name: 'new' })
    assert.deepEqual(event.after.status, { category: 'on_hold', name: 'Parts ordered' })
    assert.equal((await put(number, 'status', { status: 'closed' })).status, 422)
    assert.equal((await put(number, 'status', { status: 'nonsense' })).status, 422)
    assert.equal((await desk.ask(boris, 'POST', '/statuses', { name: 'X', category: 'open' })).status, 403)
  })

  test('a snooze ends by the clock, with a line that says so', async () => {
    const number = await fresh()
    const until = new Date(desk.clock.now().getTime() + 3600_000)
    assert.equal(
      (await put(number, 'snooze', { until: '2020-01-01T00:00:00Z' })).body.errors[0].code,
      'in_past',
    )
    assert.equal((await put(number, 'snooze', { until })).body.snoozedUntil, until.toISOString())
    await wakeDue(desk.db)(desk.clock.now())
    assert.notEqual((await open(number)).snoozedUntil, null)
    desk.clock.set(until)
    await wakeDue(desk.db)(until)
    const conversation = await open(number)
    assert.equal(conversation.snoozedUntil, null)
    assert.equal(conversation.items.at(-1).kind, 'snooze_ended')
    assert.equal(conversation.items.at(-1).author.kind, 'system')
  })

  test('the customer ends a snooze too', async () => {
    const number = await fresh()
    await put(number, 'snooze', { until: new Date(desk.clock.now().getTime() + 3600_000) })
    await desk.message(number)
    assert.equal((await open(number)).snoozedUntil, null)
  })

  test('after thirty days closed it locks: read, tags and trash remain', async () => {
    const number = await fresh()
    await put(number, 'closure')
    const day = 24 * 3600_000
    await lockOld(desk.db)(new Date(desk.clock.now().getTime() + 29 * day))
    assert.equal((await open(number)).status.category, 'solved')
    await lockOld(desk.db)(new Date(desk.clock.now().getTime() + 30 * day))
    assert.equal((await open(number)).status.category, 'closed')
    for (const [what, body] of [
      ['assignee', { agent: 'me' }],
      ['status', { status: 'open' }],
      ['priority', { priority: 'high' }],
      ['snooze', { until: new Date(Date.now() + 10 * 365 * day) }],
    ] as const) {
      const answer = await put(number, what, body)
      assert.deepEqual([answer.status, answer.body.code], [409, 'conversation_closed'], what)
    }
    assert.equal((await remove(number, 'closure')).status, 409)
    for (const what of ['read', 'follow', 'tags/old', 'trash', 'spam', 'closure'])
      assert.equal((await put(number, what)).status, 200, what)
  })

  test('a merged one says where it goes on', async () => {
    const [into, number] = [await fresh(), await fresh()]
    await desk.db
      .updateTable('conversations')
      .set({ merged_into: String(into), holder_kind: null, holder_id: null })
      .where('id', '=', String(number))
      .execute()
    const { status, body } = await put(number, 'tags/x')
    assert.deepEqual([status, body.code], [409, 'conversation_merged'])
    assert.match(body.title, new RegExp(String(into)))
    assert.equal((await put(number, 'read')).status, 200)
    assert.equal((await open(number)).mergedInto, into)
  })
})

describe('tags, fields, people', () => {
  test('tag sets merge and know no capitals', async () => {
    const number = await fresh()
    await Promise.all(['Lamp', 'Return', 'lamp', 'Refund'].map((name) => put(number, `tags/${name}`)))
    const { tags } = await open(number)
    assert.equal(tags.length, 3)
    assert.deepEqual((await remove(number, 'tags/LAMP')).body.tags, ['Refund', 'Return'])
    assert.equal((await told(number)).length, 4)
    assert.equal((await put(number, `tags/${encodeURIComponent('a,b')}`)).status, 422)
  })

  test('fields: the last writer wins, each on its own', async () => {
    const number = await fresh()
    const patch = (body: unknown) => desk.ask(anna, 'PATCH', `/conversations/${number}`, body)
    await patch({ fields: { order: '17', vip: true } })
    const { body } = await patch({
      subject: 'A lamp, broken',
      topic: 'Returns',
      fields: { vip: null, weight: 2 },
    })
    assert.deepEqual(body.fields, { order: '17', weight: 2 })
    assert.equal(body.subject, 'A lamp, broken')
    await patch({ subject: 'A lamp, broken' })
    assert.deepEqual(
      (await told(number)).map(({ kind }: { kind: string }) => kind),
      ['fields_changed', 'subject_changed', 'topic_changed', 'fields_changed'],
    )
    assert.equal((await patch({ number: 5 })).status, 422)
  })

  test('this is the customer: the other one stays beside', async () => {
    const number = await fresh()
    await desk.db
      .updateTable('conversations')
      .set({ customer_address: 'form@shop.example' })
      .where('id', '=', String(number))
      .execute()
    const dora = await desk.customer('Dora')
    const { body } = await put(number, 'customer', { customer: dora })
    assert.deepEqual(body.customer, {
      id: dora,
      name: 'Dora',
      address: 'dora@mail.example',
      vip: false,
      hint: null,
    })
    assert.deepEqual(body.participants, [
      { id: customer, name: 'Carla', address: 'form@shop.example', confirmed: false },
    ])
    assert.equal((await told(number))[0].after.customer.name, 'Dora')
    assert.equal((await put(number, 'customer', { customer: '99999' })).status, 422)
  })
})

describe('reading', () => {
  test('unread until read, again with new words, not for machines, not once closed', async () => {
    const number = await fresh()
    assert.equal((await open(number)).unread, true)
    assert.equal((await put(number, 'read')).body.unread, false)
    assert.equal((await open(number, boris)).unread, true)
    await desk.message(number, { automatic: 'auto_reply' })
    assert.equal((await open(number)).unread, false)
    await desk.message(number)
    assert.equal((await open(number)).unread, true)
    await put(number, 'read')
    assert.equal((await remove(number, 'read')).body.unread, true)
    assert.equal((await put(number, 'closure')).body.unread, false)
    assert.equal((await told(number)).length, 1)
  })

  test('read as far as was on screen: what came in the meantime stays unread', async () => {
    const number = await fresh()
    const { lastItem } = await open(number)
    await desk.message(number)
    assert.equal((await put(number, 'read', { lastSeen: lastItem })).body.unread, true)
    assert.equal((await put(number, 'read')).body.unread, false)
    assert.equal((await put(number, 'read', { lastSeen: lastItem })).body.unread, false)
    const foreign = (await open(await fresh())).lastItem
    assert.equal((await put(number, 'read', { lastSeen: foreign })).body.errors[0].field, 'lastSeen')
  })

  test('what is missing in a body is named', async () => {
    const { body } = await desk.ask(anna, 'PUT', `/conversations/${await fresh()}/assignee`)
    assert.deepEqual([body.errors[0].field, body.errors[0].code], ['agent', 'required'])
  })

  test('following is mine alone and in nobody else’s timeline', async () => {
    const number = await fresh()
    assert.equal((await put(number, 'follow')).body.following, true)
    assert.equal((await open(number, boris)).following, false)
    assert.equal((await remove(number, 'follow')).body.following, false)
    assert.deepEqual(await told(number), [])
  })
})
