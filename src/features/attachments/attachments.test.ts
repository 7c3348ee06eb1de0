import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { smallHouse } from '#test/small-house.ts'
import { contentDisposition } from './disposition.ts'
import { sweepLoose } from './loose.ts'

const desk = await smallHouse()
const anna = await desk.agent('Anna', 'admin')
const boris = await desk.agent('Boris')
const outsider = await desk.agent('Olga', 'admin')
const support = await desk.team('Support', anna, boris)
const inbox = await desk.inbox('Shop', support, { only: true })
const customer = await desk.customer('Carla')
const get = (agent: string, id: string) => desk.ask(agent, 'GET', `/attachments/${id}`)

describe('an upload', () => {
  test('is kept whole, with a name that is safe anywhere', async () => {
    const bytes = Buffer.alloc(5_000_000, 'foyer')
    const { status, body } = await desk.upload(
      anna,
      '..\\..\\etc/Счёт\u202Efdp.exe',
      'application/x-msdownload',
      bytes,
    )
    assert.equal(status, 201)
    assert.deepEqual(
      { ...body, id: '' },
      { id: '', name: 'Счётfdp.exe', type: 'application/x-msdownload', size: bytes.length },
    )
    const back = await get(anna, body.id)
    assert.ok(back.raw.equals(bytes))
    assert.match(back.headers['content-disposition']!, /^attachment; filename=".*"; filename\*=UTF-8''%D0%A1/)
    assert.equal(back.headers['x-content-type-options'], 'nosniff')
    assert.match(back.headers['content-security-policy']!, /^sandbox; default-src 'none'$/)
  })

  test('sent twice with one key is one', async () => {
    const send = (words: string) =>
      desk.upload(anna, 'a.txt', 'text/plain', Buffer.from(words), { 'idempotency-key': 'k' })
    assert.equal((await send('one')).body.id, (await send('one')).body.id)
    assert.equal((await send('two')).body.code, 'key_reused')
  })

  test('belongs to its uploader alone, until somebody who sees its conversation sees it', async () => {
    const { id } = (await desk.upload(boris, 'a.png', 'image/png', Buffer.from('x'))).body
    assert.equal((await get(boris, id)).status, 200)
    assert.equal((await get(anna, id)).status, 404)
    const number = await desk.conversation(inbox, customer)
    const path = `/conversations/${number}/comments`
    assert.equal((await desk.ask(anna, 'POST', path, { text: 'x', attachments: [id] })).status, 422)
    const written = await desk.ask(boris, 'POST', path, { text: 'x', attachments: [id] })
    assert.equal(written.body.attachments[0].name, 'a.png')
    assert.equal((await desk.ask(boris, 'POST', path, { text: 'x', attachments: [id] })).status, 422)
    const file = await get(anna, id)
    assert.equal(file.headers['content-type'], 'image/png')
    assert.match(file.headers['content-disposition']!, /^inline; /)
    // Administrators see no more than their teams do.
    assert.equal((await get(outsider, id)).status, 404)
  })

  test('of a page or picture that could run is only ever a download', async () => {
    for (const type of ['text/html', 'image/svg+xml', 'application/xhtml+xml', 'nonsense']) {
      const { id } = (await desk.upload(anna, 'page', type, Buffer.from('<script>x</script>'))).body
      const { headers } = await get(anna, id)
      assert.equal(headers['content-type'], 'application/octet-stream', type)
      assert.match(headers['content-disposition']!, /^attachment/)
    }
  })

  test('of more than 50 MB is refused and leaves nothing', async () => {
    const { status, body } = await desk.upload(anna, 'big', 'a/b', Buffer.alloc(50 * 1024 * 1024 + 1))
    assert.deepEqual([status, body.code], [413, 'too_large'])
    assert.equal((await desk.ask(anna, 'POST', '/attachments', { not: 'multipart' })).status, 422)
  })

  test('nobody takes goes after a day, unless a draft holds it', async () => {
    const loose = (await desk.upload(anna, 'a', 'a/b', Buffer.from('1'))).body.id
    const held = (await desk.upload(anna, 'b', 'a/b', Buffer.from('2'))).body.id
    const number = await desk.conversation(inbox, customer)
    await desk.db
      .insertInto('drafts')
      .values({
        conversation: String(number),
        agent: anna,
        kind: 'reply',
        text: '',
        attachments: [held],
        updated_at: desk.clock.now(),
      })
      .execute()
    const later = (hours: number) => new Date(desk.clock.now().getTime() + hours * 3600_000)
    await sweepLoose(desk.db)(later(23))
    assert.equal((await get(anna, loose)).status, 200)
    await sweepLoose(desk.db)(later(25))
    assert.equal((await get(anna, loose)).status, 404)
    assert.equal((await get(anna, held)).status, 200)
  })
})

test('a file name reaches every browser unharmed and harmless', () => {
  assert.equal(
    contentDisposition('attachment', 'a"b\\c\r\nд (1).txt'),
    `attachment; filename="a_b_c___ (1).txt"; filename*=UTF-8''a%22b%5Cc%0D%0A%D0%B4%20%281%29.txt`,
  )
})
