import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { smallHouse } from '#test/small-house.ts'

const desk = await smallHouse()
const anna = await desk.agent('Anna', 'admin')
const boris = await desk.agent('Boris')
const outsider = await desk.agent('Olga')
const support = await desk.team('Support', anna, boris)
const inbox = await desk.inbox('Shop', support, { only: true })
const customer = await desk.customer('Carla')
const fresh = () => desk.conversation(inbox, customer)
const write = (number: number, body: unknown, agent = boris, headers = {}) =>
  desk.ask(agent, 'POST', `/conversations/${number}/comments`, body, headers)
const open = (number: number, agent = boris) => desk.ask(agent, 'GET', `/conversations/${number}`)

describe('comments', () => {
  test('take their place in the timeline and are the last words in the list', async () => {
    const number = await fresh()
    const { status, body } = await write(number, { html: '<p>Ask <b>Pavel</b><script>x</script></p>' })
    assert.equal(status, 201)
    assert.equal(body.type, 'comment')
    assert.equal(body.text, 'Ask Pavel')
    assert.equal(body.html, '<p>Ask <b>Pavel</b></p>')
    assert.deepEqual(body.author, { kind: 'agent', id: boris, name: 'Boris', address: null })
    const opened = (await open(number)).body
    assert.deepEqual(opened.items.at(-1), body)
    assert.equal(opened.preview, 'Ask Pavel')
    assert.equal(opened.lastItem, body.id)
    assert.equal(opened.unread, false)
    assert.equal((await write(number, { text: ' ' })).status, 422)
  })

  test('the same request twice makes one', async () => {
    const number = await fresh()
    const key = { 'idempotency-key': 'once' }
    const first = await write(number, { text: 'Once' }, boris, key)
    const second = await write(number, { text: 'Once' }, boris, key)
    assert.equal(first.body.id, second.body.id)
    assert.equal((await write(number, { text: 'Other' }, boris, key)).body.code, 'key_reused')
    assert.equal((await open(number)).body.items.length, 2)
  })

  test('a mention lets see, makes follow and is unread', async () => {
    const number = await fresh()
    assert.equal((await open(number, outsider)).status, 404)
    await write(number, { text: '@Olga, look', mentions: [outsider] })
    const { status, body } = await open(number, outsider)
    assert.equal(status, 200)
    assert.equal(body.following, true)
    assert.equal(body.unread, true)
    assert.deepEqual(body.items.at(-1).mentions, [{ id: outsider, name: 'Olga' }])
    const mentioned = await desk.ask(outsider, 'GET', '/conversations?view=mentioned')
    assert.deepEqual(
      mentioned.body.items.map((item: { number: number }) => item.number),
      [number],
    )
    assert.equal((await desk.ask(outsider, 'PUT', `/conversations/${number}/read`, {})).body.unread, false)
    assert.equal((await write(number, { text: 'x', mentions: ['999'] })).body.errors[0].field, 'mentions.0')
  })

  test('are changed by their author or an administrator, and keep what they said', async () => {
    const number = await fresh()
    const { id } = (await write(number, { text: 'Frist', stop: true })).body
    const change = (agent: string, body: unknown) => desk.ask(agent, 'PATCH', `/comments/${id}`, body)
    const edited = (await change(boris, { text: 'First' })).body
    assert.equal(edited.text, 'First')
    assert.equal(edited.stop, true)
    assert.notEqual(edited.editedAt, null)
    assert.equal((await change(anna, { stop: false })).body.stop, false)
    await write(number, { text: 'for Olga', mentions: [outsider] })
    assert.equal((await change(outsider, { text: 'Mine' })).body.code, 'not_yours')
    const history = await desk.db
      .selectFrom('events')
      .select(['kind', 'before'])
      .where('item', '=', id)
      .where('kind', '=', 'comment_edited')
      .orderBy('id')
      .execute()
    assert.deepEqual(
      history.map(({ before }) => before.text),
      ['Frist', 'First'],
    )
  })

  test('taken back, nothing stays to be read', async () => {
    const number = await fresh()
    const upload = (await desk.upload(boris, 'a.txt', 'text/plain', Buffer.from('secret'))).body
    const { id } = (await write(number, { text: 'secret', attachments: [upload.id] })).body
    assert.equal((await desk.ask(boris, 'GET', `/attachments/${upload.id}`)).status, 200)
    await desk.ask(boris, 'PATCH', `/comments/${id}`, { text: 'still secret' })
    const { status, body } = await desk.ask(boris, 'DELETE', `/comments/${id}`)
    assert.equal(status, 200)
    assert.equal(body.text, '')
    assert.notEqual(body.deletedAt, null)
    assert.deepEqual(body.attachments, [])
    assert.equal((await open(number)).body.preview, 'Where is my order')
    const told = await desk.db.selectFrom('events').selectAll().where('item', '=', id).execute()
    assert.ok(told.some(({ kind }) => kind === 'comment_edited'))
    assert.doesNotMatch(JSON.stringify(told), /secret/)
    assert.equal((await desk.ask(boris, 'DELETE', `/comments/${id}`)).status, 404)
    assert.equal((await desk.ask(boris, 'GET', `/attachments/${upload.id}`)).status, 404)
  })

  test('a mention taken back is one no longer; who wrote there goes on seeing it', async () => {
    const mentioned = async () =>
      (await desk.ask(outsider, 'GET', '/conversations?view=mentioned')).body.items.map(
        (item: { number: number }) => item.number,
      )
    const number = await fresh()
    const first = (await write(number, { text: '@Olga', mentions: [outsider] })).body
    const second = (await write(number, { text: '@Olga again', mentions: [outsider] })).body
    await desk.ask(boris, 'DELETE', `/comments/${second.id}`)
    assert.ok((await mentioned()).includes(number))
    await desk.ask(boris, 'PATCH', `/comments/${first.id}`, { mentions: [] })
    assert.ok(!(await mentioned()).includes(number))
    assert.equal((await open(number, outsider)).status, 404)

    const third = (await write(number, { text: '@Olga', mentions: [outsider] })).body
    await write(number, { text: 'Here I am' }, outsider)
    assert.deepEqual((await desk.ask(boris, 'DELETE', `/comments/${third.id}`)).body.mentions, [])
    assert.ok(!(await mentioned()).includes(number))
    assert.equal((await open(number, outsider)).status, 200)
  })
})
