import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { smallHouse } from '#test/small-house.ts'

const desk = await smallHouse()
const anna = await desk.agent('Anna')
const boris = await desk.agent('Boris')
const outsider = await desk.agent('Olga')
const support = await desk.team('Support', anna, boris)
const inbox = await desk.inbox('Shop', support, { only: true })
const customer = await desk.customer('Carla')
const fresh = () => desk.conversation(inbox, customer)
const path = (number: number, kind = 'draft') => `/conversations/${number}/${kind}`
const put = (agent: string, number: number, body: object, kind = 'draft') =>
  desk.ask(agent, 'PUT', path(number, kind), { text: '', ...body })
const later = (seconds: number) => desk.clock.set(new Date(desk.clock.now().getTime() + seconds * 1000))
const kinds = async (number: number) =>
  (
    await desk.db
      .selectFrom('events')
      .select(['kind', 'before', 'after'])
      .where('conversation', '=', String(number))
      .where('kind', 'like', 'draft%')
      .orderBy('id')
      .execute()
  ).map(({ kind, before, after }) => {
    assert.doesNotMatch(JSON.stringify([before, after]), /Dear/)
    return kind
  })

describe('a draft', () => {
  test('keeps everything a reply will need, and none is null', async () => {
    const number = await fresh()
    const none = await desk.ask(anna, 'GET', path(number))
    assert.deepEqual([none.status, none.body], [200, null])
    const upload = (await desk.upload(anna, 'a.pdf', 'application/pdf', Buffer.from('%PDF'))).body
    const input = {
      text: 'Dear Carla',
      html: '<p>Dear Carla</p><script>x</script>',
      to: ['carla@mail.example', { name: 'D', address: 'd@mail.example' }],
      cc: [],
      attachments: [upload.id],
      then: { status: 'solved' },
      stopped: true,
    }
    const { status, body } = await put(anna, number, input)
    assert.equal(status, 200)
    assert.equal(body.html, '<p>Dear Carla</p>')
    assert.deepEqual(body.to, input.to)
    assert.deepEqual(body.cc, [])
    assert.equal(body.bcc, null)
    assert.equal(body.attachments[0].name, 'a.pdf')
    assert.deepEqual([body.stopped, body.then.status], [true, 'solved'])
    assert.deepEqual((await desk.ask(anna, 'GET', path(number))).body, body)
    assert.equal((await put(boris, number, { attachments: [upload.id] })).status, 422)
    assert.equal((await desk.ask(anna, 'DELETE', path(number))).status, 204)
    assert.equal((await desk.ask(anna, 'GET', path(number))).body, null)
  })

  test('is told without its words, and not with every key', async () => {
    const number = await fresh()
    for (const words of ['Dear', 'Dear C', 'Dear Ca']) {
      await put(anna, number, { text: words })
      later(1)
    }
    assert.deepEqual(await kinds(number), ['draft_saved'])
    later(10)
    await put(anna, number, { text: 'Dear Carla' })
    await desk.ask(anna, 'DELETE', path(number))
    assert.deepEqual(await kinds(number), ['draft_saved', 'draft_saved', 'draft_removed'])
  })

  test('of a comment is nobody else’s business', async () => {
    const number = await fresh()
    await put(anna, number, { text: 'Dear, dear' }, 'comment-draft')
    assert.equal((await desk.ask(anna, 'GET', path(number, 'comment-draft'))).body.text, 'Dear, dear')
    assert.equal((await desk.ask(boris, 'GET', path(number, 'comment-draft'))).body, null)
    assert.equal((await desk.ask(boris, 'GET', `${path(number)}?agent=${anna}`)).status, 404)
    assert.deepEqual(await kinds(number), [])
  })

  test('of a colleague is read with her knowledge, and taken over when she rests', async () => {
    const number = await fresh()
    const upload = (await desk.upload(anna, 'a.pdf', 'application/pdf', Buffer.from('%PDF'))).body
    await put(anna, number, { text: 'Dear Carla,', attachments: [upload.id] })
    assert.equal((await desk.ask(boris, 'GET', `${path(number)}?agent=${anna}`)).body.text, 'Dear Carla,')
    await put(boris, number, { text: 'my own start' })
    const take = () => desk.ask(boris, 'POST', `${path(number)}/takeover`, { agent: anna })
    assert.equal((await take()).body.code, 'being_written')
    later(21)
    const { status, body } = await take()
    assert.equal(status, 200)
    assert.equal(body.agent.id, boris)
    assert.equal(body.text, 'Dear Carla,\n\nmy own start')
    assert.equal(body.attachments[0].id, upload.id)
    assert.equal((await desk.ask(anna, 'GET', path(number))).body, null)
    assert.equal((await desk.ask(boris, 'GET', `/attachments/${upload.id}`)).status, 200)
    assert.deepEqual((await kinds(number)).slice(-1), ['draft_taken'])
  })

  test('tells its writer who has looked, once, and colleagues who writes, not what', async () => {
    const number = await fresh()
    await put(anna, number, { text: 'Dear Carla,' })
    for (let n = 0; n < 3; n += 1) await desk.ask(boris, 'GET', `${path(number)}?agent=${anna}`)
    const { viewers } = (await desk.ask(anna, 'GET', path(number))).body
    assert.deepEqual(
      viewers.map((viewer: { id: string; name: string }) => [viewer.id, viewer.name]),
      [[boris, 'Boris']],
    )
    assert.deepEqual(await kinds(number), ['draft_saved', 'draft_viewed'])
    const { drafts } = (await desk.ask(boris, 'GET', `/conversations/${number}`)).body
    assert.deepEqual(drafts[0].agent, { id: anna, name: 'Anna' })
    assert.doesNotMatch(JSON.stringify(drafts), /Dear/)
  })

  test('passes to who asks for the pen when its writer gives it, and stays when not', async () => {
    const number = await fresh()
    await put(anna, number, { text: 'Dear Carla,', html: '<div>Dear <strong>Carla</strong>,</div>' })
    const askIt = () => desk.ask(boris, 'PUT', `${path(number)}/asked`, { agent: anna })
    const answer = (give: boolean) => desk.ask(anna, 'DELETE', `${path(number)}/asked?give=${give}`)
    assert.equal((await answer(true)).status, 404)
    assert.equal((await askIt()).status, 204)
    assert.deepEqual((await desk.ask(anna, 'GET', path(number))).body.askedBy, { id: boris, name: 'Boris' })
    assert.equal((await answer(false)).status, 204)
    assert.equal((await desk.ask(anna, 'GET', path(number))).body.askedBy, null)
    await askIt()
    assert.equal((await answer(true)).status, 204)
    assert.equal((await desk.ask(anna, 'GET', path(number))).body, null)
    const taken = (await desk.ask(boris, 'GET', path(number))).body
    assert.deepEqual([taken.text, taken.agent.id], ['Dear Carla,', boris])
    assert.match(taken.html, /<strong>Carla/)
    assert.equal((await desk.ask(outsider, 'PUT', `${path(number)}/asked`, { agent: boris })).status, 404)
  })

  test('changed on another device is not written over by what is known no more', async () => {
    const number = await fresh()
    const first = (await put(anna, number, { text: 'Dear' })).body
    later(1)
    await put(anna, number, { text: 'Dear Carla', known: first.updatedAt })
    const late = await put(anna, number, { text: 'Dear Carlos', known: first.updatedAt })
    assert.deepEqual([late.status, late.body.code], [409, 'draft_changed'])
    assert.equal((await desk.ask(anna, 'GET', path(number))).body.text, 'Dear Carla')
  })

  test('shows under Drafts, newest first, page by page, and in the view', async () => {
    const numbers = []
    for (let n = 0; n < 3; n += 1) {
      const number = await fresh()
      later(1)
      await put(boris, number, { text: `Dear ${n}` })
      await put(boris, number, { text: `comment ${n}` }, 'comment-draft')
      numbers.unshift(number)
    }
    const seen: string[] = []
    let cursor = ''
    do {
      const { body } = await desk.ask(boris, 'GET', `/drafts?limit=2${cursor}`)
      seen.push(...body.items.map((draft: Record<string, string>) => `${draft.conversation} ${draft.kind}`))
      cursor = body.nextCursor ? `&cursor=${body.nextCursor}` : ''
    } while (cursor)
    assert.deepEqual(
      seen.slice(0, 6),
      numbers.flatMap((number) => [`${number} comment`, `${number} reply`]),
    )
    const view = (await desk.ask(boris, 'GET', '/conversations?view=drafts')).body
    for (const number of numbers)
      assert.ok(view.items.some((item: { number: number }) => item.number === number))
  })

  test('in an inbox one does not see is 404', async () => {
    const number = await fresh()
    for (const kind of ['draft', 'comment-draft']) {
      assert.equal((await desk.ask(outsider, 'GET', path(number, kind))).status, 404)
      assert.equal((await put(outsider, number, {}, kind)).status, 404)
      assert.equal((await desk.ask(outsider, 'DELETE', path(number, kind))).status, 404)
    }
    const take = await desk.ask(outsider, 'POST', `${path(number)}/takeover`, { agent: anna })
    assert.equal(take.status, 404)
  })
})
