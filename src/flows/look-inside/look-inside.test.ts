import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { createTransport } from 'nodemailer'
import type { Item, Message } from '#features/conversations/conversations.contract.ts'
import { inboxAddress, startDesk } from '#test/desk.ts'
import { until } from '#test/until.ts'

const { desk, admin, addAgent } = await startDesk()
const outsider = await addAgent({ name: 'Olga' })
const post = createTransport({ host: '127.0.0.1', port: Number(desk.smtpPort), ignoreTLS: true })
after(() => post.close())

/** A PNG head of any size: nothing unpacks it here. */
function png(width: number, height: number): Buffer {
  const bytes = Buffer.alloc(64)
  bytes.write('\x89PNG\r\n\x1a\n', 'latin1')
  bytes.writeUInt32BE(width, 16)
  bytes.writeUInt32BE(height, 20)
  return bytes
}
const calendar = `BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nSUMMARY:Lamp\\, fitting\r\nDTSTART:20261124T090000Z\r\nDTEND:20261124T100000Z\r\nORGANIZER;CN="Heike M":mailto:heike@example.com\r\nATTENDEE:mailto:a@example.com\r\nBEGIN:VALARM\r\nDESCRIPTION:Alarm\r\nEND:VALARM\r\nLOCATION:A very long\r\n  street\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`
const inner =
  'From: Ann <ann@example.com>\r\nTo: b@example.com\r\nSubject: =?utf-8?B?0J/RgNC40LLQtdGC?=\r\nDate: Mon, 02 Mar 2026 10:11:00 +0000\r\n\r\nInner words\r\n'
const files: { filename: string; content: string | Buffer; contentType?: string }[] = [
  { filename: 'a.png', content: png(20, 10) },
  { filename: 'bomb.png', content: png(60_000, 60_000) },
  { filename: 'page.png', content: '<html><script>alert(1)</script>', contentType: 'image/png' },
  { filename: 'a.pdf', content: '%PDF-1.4 …', contentType: 'application/octet-stream' },
  { filename: 'fake.pdf', content: '<script>alert(1)</script>', contentType: 'application/pdf' },
  { filename: 'drawing.svg', content: '<svg onload="alert(1)"/>', contentType: 'image/svg+xml' },
  { filename: 'list.csv', content: Buffer.from('Имя;Число\n"Чай; зелёный";5\n') },
  { filename: 'old.txt', content: Buffer.from('cff0e8e2e5f22c20eae0ea20e4e5ebe03f', 'hex') },
  { filename: 'binary.txt', content: Buffer.from([1, 0, 2, 0, 3]) },
  { filename: 'inner.eml', content: inner, contentType: 'message/rfc822' },
  { filename: 'invitation.ics', content: calendar },
]
await post.sendMail({
  from: 'Heike <heike@example.com>',
  to: inboxAddress,
  subject: 'Files <b>',
  html: '<p>See <b>all</b> <img src="cid:logo"><img src="https://far.example/x.png"></p><script>alert(1)</script><blockquote type="cite">Old words</blockquote>',
  attachments: [
    ...files,
    { filename: 'logo.gif', content: Buffer.from('474946383961010001000000', 'hex'), cid: 'logo' },
  ],
})
const number = await until(async () => {
  const { body } = await admin.get<{ items: { number: number }[] }>('/conversations', {
    query: { view: 'all' },
  })
  return body.items[0]?.number
})
const opened = await admin.get<{ items: Item[] }>(`/conversations/${number}`)
const message = opened.body.items.find((item): item is Message => item.type === 'message')!
const idOf = (name: string) => message.attachments.find((file) => file.name === name)!.id
const view = (name: string) => admin.get(`/attachments/${idOf(name)}/view`)
const preview = async (name: string) =>
  (await admin.get<Record<string, unknown>>(`/attachments/${idOf(name)}/preview`)).body

describe('a file that is looked at', () => {
  test('is shown in place when its bytes are a harmless picture or a PDF', async () => {
    for (const [name, type] of [
      ['a.png', 'image/png'],
      ['a.pdf', 'application/pdf'],
    ] as const) {
      const { status, headers } = await view(name)
      assert.equal(status, 200, name)
      assert.equal(headers.get('content-type'), type)
      assert.equal(headers.get('x-content-type-options'), 'nosniff')
      assert.match(headers.get('content-security-policy')!, /default-src 'none'/)
      assert.match(headers.get('content-disposition')!, /^inline;/)
    }
  })

  test('is not shown when it unpacks to gigabytes or only calls itself a picture or a PDF', async () => {
    for (const name of ['bomb.png', 'page.png', 'fake.pdf', 'drawing.svg', 'list.csv'])
      assert.equal((await view(name)).status, 404, name)
  })

  test('says what a table, an old code page, a mail and an invitation hold', async () => {
    assert.deepEqual((await preview('list.csv')).rows, [
      ['Имя', 'Число'],
      ['Чай; зелёный', '5'],
    ])
    assert.equal((await preview('old.txt')).text, 'Привет, как дела?')
    const mail = await preview('inner.eml')
    assert.equal(mail.subject, 'Привет')
    assert.equal(mail.from, 'Ann <ann@example.com>')
    assert.match(String(mail.text), /Inner words/)
    const [event] = (await preview('invitation.ics')).events as Record<string, unknown>[]
    assert.deepEqual(
      [event?.summary, event?.start, event?.organizer, event?.location, event?.description],
      ['Lamp, fitting', '2026-11-24T09:00:00Z', 'Heike M <heike@example.com>', 'A very long street', ''],
    )
  })

  test('of which nothing can be told is 404, and so is everything to who does not see the conversation', async () => {
    for (const name of ['binary.txt', 'a.png', 'a.pdf'])
      assert.equal((await admin.get(`/attachments/${idOf(name)}/preview`)).status, 404, name)
    const inboxes = await admin.get<{ items: { id: string }[] }>('/inboxes')
    const team = await admin.post<{ id: string }>('/teams', { name: 'Few', members: [] })
    await admin.patch(`/inboxes/${inboxes.body.items[0]!.id}`, { teams: [team.body.id], team: team.body.id })
    for (const path of [
      `/attachments/${idOf('list.csv')}/preview`,
      `/attachments/${idOf('a.png')}/view`,
      `/items/${message.id}/attachments`,
      `/messages/${message.id}/source/text`,
      `/conversations/${number}/document`,
    ])
      assert.equal((await outsider.client.get(path)).status, 404, path)
    await admin.patch(`/inboxes/${inboxes.body.items[0]!.id}`, { teams: null })
  })
})

test('all files of a message come in one ZIP, without the pictures inside its words', async () => {
  const { status, headers, body } = await admin.get<string>(`/items/${message.id}/attachments`)
  assert.equal(status, 200)
  assert.equal(headers.get('content-type'), 'application/zip')
  assert.ok(body.startsWith('PK'))
  assert.ok(body.includes('invitation.ics'))
  assert.ok(!body.includes('logo.gif'))
  assert.equal((await admin.get('/items/999999/attachments')).status, 404)
})

test('the source is read with its headers decoded', async () => {
  const { body } = await admin.get<{ headers: { name: string; value: string }[]; text: string }>(
    `/messages/${message.id}/source/text`,
  )
  assert.equal(body.headers.find(({ name }) => name === 'Subject')?.value, 'Files <b>')
  assert.ok(body.text.includes('\r\nSubject: Files <b>\r\n'))
})

describe('a conversation as one page', () => {
  const page = async (query: Record<string, string | boolean> = {}) =>
    admin.get<string>(`/conversations/${number}/document`, { query })

  test('holds its words and pictures, runs nothing, loads nothing', async () => {
    const { body, headers } = await page()
    assert.match(
      headers.get('content-security-policy')!,
      /^sandbox allow-same-origin allow-modals; default-src 'none'/,
    )
    assert.match(body, /<title>Files &lt;b&gt;<\/title>/)
    assert.match(body, /<img src="data:image\/gif;base64,/)
    assert.ok(!body.includes('far.example'))
    assert.ok(!/<script|onload|onerror/i.test(body))
    assert.match(body, /http-equiv="Content-Security-Policy"/)
    assert.match(body, /list\.csv/)
    // A picture that came as a file is shown too, one that only calls itself so is not.
    assert.match(body, /<img class="attached" src="data:image\/png;base64,[^"]+" alt="a\.png">/)
    assert.ok(!body.includes('alt="page.png"'))
  })

  test('leaves internal comments out unless asked for', async () => {
    await admin.post(`/conversations/${number}/comments`, { text: 'Between <i>us</i>' })
    assert.ok(!(await page()).body.includes('Between'))
    assert.match((await page({ comments: true })).body, /Between &lt;i&gt;us/)
  })

  test('is saved under its subject', async () => {
    const { headers } = await page({ download: true })
    assert.match(headers.get('content-disposition')!, /^attachment; filename="Files _b_\.html"/)
  })
})
