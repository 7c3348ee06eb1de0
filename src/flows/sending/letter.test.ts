import assert from 'node:assert/strict'
import { test } from 'node:test'
import PostalMime from 'postal-mime'
import type { Message, OpenedConversation } from '#features/conversations/conversations.contract.ts'
import type { OutboxMail } from '#features/outbox/outbox.contract.ts'
import { TestClock } from '#platform/clock/clock.ts'
import { startDesk } from '../../../test/desk.ts'
import { mailIn } from '../../../test/post.ts'
import { read } from '../../channels/email/read/read.ts'
import { replySubject } from './letter.ts'

const clock = new TestClock(new Date('2026-03-02T09:00:00Z'))
const house = await startDesk({ clock })
const { db } = house.house
const olga = await house.addAgent({ name: 'Olga Berg', address: 'olga@private.example' })
await olga.client.patch('/me', { settings: { undoSeconds: 0, signature: 'Olga Berg\nSupport' } })
const inbox = (change: object) => house.admin.patch(`/inboxes/${house.inbox}`, change)

async function reply(number: number, lastSeen: string, body: object) {
  const { status, body: message } = await olga.client.post<Message>(`/conversations/${number}/messages`, {
    lastSeen,
    ...body,
  })
  assert.equal(status, 201, JSON.stringify(message))
  await house.desk.settle()
  const { items } = (await house.admin.get<{ items: OutboxMail[] }>('/outbox')).body
  const mail = items.find((one) => one.message === message.id)
  assert.ok(mail)
  return { message, mail, source: await read(Buffer.from(mail.source)) }
}
for (const [subject, answered] of [
  ['Order', 'Re: Order'],
  ['Re: Order', 'Re: Order'],
  ['RE: re: AW: Order', 'Re: Order'],
  ['Re[3]: Заказ', 'Re: Заказ'],
  ['Отв: На: Заказ', 'Re: Заказ'],
  ['Fwd: Order', 'Re: Fwd: Order'],
  ['回复：订单', 'Re: 订单'],
  ['Regarding: you', 'Re: Regarding: you'],
] as const)
  test(`${subject} is answered as ${answered}`, () => assert.equal(replySubject(subject), answered))

/** Opened by somebody with a language and a time zone. */
async function speaks(number: number, language: string, time_zone: string) {
  const { customer } = await db
    .selectFrom('conversations')
    .select('customer')
    .where('id', '=', String(number))
    .executeTakeFirstOrThrow()
  await db.updateTable('customers').set({ language, time_zone }).where('id', '=', customer).execute()
}

test('a mail looks as if a person had typed it: signatures once, history in the reader’s language and time', async () => {
  await inbox({ signature: 'Example Ltd' })
  const { number, item } = await mailIn(house, {
    from: 'Анна <anna-ru@mail.example>',
    subject: 'Заказ',
    text: 'Где мой заказ?\n\n-- \nАнна',
  })
  await speaks(number, 'ru', 'Asia/Ulaanbaatar')
  const { mail, source } = await reply(number, item, { text: 'Уже едет.' })
  const [words, past] = mail.text.split('пишет:')
  assert.match(words!, /^Уже едет\.\n\nOlga Berg\nSupport\nExample Ltd\n\n2 марта 2026 г\. в 17:00, Анна $/)
  assert.equal(past!.trim(), '> Где мой заказ?')
  assert.equal(source.text.trim(), mail.text.trim())
  assert.match(mail.html!, /<blockquote[^>]*>\n<p>Где мой заказ\?<\/p>/)
  assert.doesNotMatch(mail.source, new RegExp(`#${number}\\b|private\\.example|foyer\\.|ticket`, 'i'))
  const signed = await reply(number, (await last(number)).id, {
    text: 'Ещё раз.\n\nOlga Berg\nSupport',
    quote: 'none',
  })
  assert.equal(signed.mail.text, 'Ещё раз.\n\nOlga Berg\nSupport\n\nExample Ltd')
  await inbox({ signature: null })
})

const last = async (number: number) =>
  (await olga.client.get<OpenedConversation>(`/conversations/${number}`)).body.items.at(-1)!

test('while nobody has said which language a customer speaks, his letters tell it', async () => {
  const from = 'Пётр <petr@mail.example>'
  const { number, item } = await mailIn(house, { from, subject: 'Чайник', text: 'Где мой чайник?' })
  const { mail } = await reply(number, item, { text: 'Уже едет.' })
  assert.match(mail.text, /2026 г\./)
  const english = await mailIn(house, { subject: 'Kettle', text: 'Where is my kettle?' })
  assert.match((await reply(english.number, english.item, { text: 'On its way.' })).mail.text, /wrote:/)
})

test('whole history has what the customer wrote and got, never a comment, a stranger or what went elsewhere', async () => {
  const { number, item, messageId } = await mailIn(house, { subject: 'Whole', text: 'First question' })
  const first = await reply(number, item, { text: 'First answer' })
  await olga.client.post(`/conversations/${number}/comments`, { text: 'He is a bore' })
  await olga.client.post(`/conversations/${number}/forwards`, {
    to: ['expert@else.example'],
    text: 'What do you think',
  })
  await house.desk.settle()
  const ours = first.source.messageId!
  await mailIn(house, {
    from: 'Stranger <stranger@else.example>',
    subject: 'Re: Whole',
    inReplyTo: `<${ours}>`,
    text: 'Between us: too dear',
  })
  const second = await mailIn(house, {
    subject: 'Re: Whole',
    inReplyTo: `<${ours}>`,
    text: 'Second question',
  })
  assert.equal(second.number, number)
  const all = await reply(number, second.item, { text: 'Second answer', quote: 'all' })
  const quoted = all.mail.text.split('\n').filter((line) => /^> \S/.test(line))
  assert.deepEqual(quoted, ['> Second question', '> First answer', '> First question'])
  assert.deepEqual(all.source.references.slice(0, 2), [messageId, ours])
  assert.deepEqual(all.source.inReplyTo, [second.messageId])
  const none = await reply(number, all.message.id, { text: 'And more', quote: 'none', sendAnyway: true })
  assert.doesNotMatch(none.mail.text, /wrote:/)
})

test('the sender’s name follows the inbox: the agent, his first name, the team', async () => {
  const { number, item } = await mailIn(house, { subject: 'Names' })
  let seen = item
  for (const [senderName, shown] of [
    ['agent', 'Olga Berg'],
    ['first', 'Olga'],
    ['team', 'Support'],
  ] as const) {
    await inbox({ senderName })
    const { source, message } = await reply(number, seen, { text: `As ${senderName}`, sendAnyway: true })
    assert.deepEqual([source.from[0]!.name, source.from[0]!.address], [shown, 'support@example.com'])
    seen = message.id
  }
  await inbox({ senderName: 'agent' })
})

test('with plus addressing the answer and the bounce find their way by address alone', async () => {
  await inbox({ plusAddressing: true })
  const { number, item } = await mailIn(house, { subject: 'Plus' })
  const { source } = await reply(number, item, { text: 'Answer here' })
  const [to] = source.replyTo
  assert.match(to!.address, /^support\+c-[a-z0-9]+@example\.com$/)
  const answer = await mailIn(house, {
    to: to!.address,
    subject: 'Something else',
    text: 'No headers at all',
  })
  assert.equal(answer.number, number)
  await inbox({ plusAddressing: false })
})

test('HTML is made harmless, a picture of the desk travels inside, files go along', async () => {
  const { number, item } = await mailIn(house, { subject: 'Pictures' })
  const upload = async (name: string, type: string) => {
    const form = new FormData()
    form.set('file', new Blob(['PNGPNG'], { type }), name)
    return (await olga.client.post<{ id: string }>('/attachments', form)).body.id
  }
  const [picture, file] = [await upload('logo.png', 'image/png'), await upload('note.txt', 'text/plain')]
  const html = `<p onclick="x()">See <b>this</b></p><script>alert(1)</script><img src="/api/v1/attachments/${picture}">`
  const { mail, source, message } = await reply(number, item, {
    html,
    attachments: [picture, file],
    quote: 'none',
  })
  assert.doesNotMatch(mail.source, /onclick|script/)
  assert.match(source.html!, /<img src="cid:[a-z0-9]+@example\.com"/)
  assert.deepEqual(
    source.attachments.map(({ name, inline }) => [name, inline]),
    [
      ['logo.png', true],
      ['note.txt', false],
    ],
  )
  assert.match(source.text, /^See this/)
  assert.deepEqual(
    message.attachments.map(({ inline }) => inline),
    [true, false],
  )
  assert.match(mail.html!, new RegExp(`src="/api/v1/attachments/${picture}"`))
  const taken = await olga.client.post<{ errors?: { field: string }[] }>(
    `/conversations/${number}/messages`,
    {
      text: 'Again',
      lastSeen: message.id,
      attachments: [picture],
    },
  )
  assert.equal(taken.body.errors?.[0]?.field, 'attachments.0')
})

test('the preview is what leaves', async () => {
  const { number, item } = await mailIn(house, { subject: 'Preview', text: 'Show me' })
  const body = { text: 'Here', cc: ['carl@mail.example'] }
  const seen = await olga.client.post<{
    from: object
    to: object[]
    cc: object[]
    subject: string
    text: string
    html: string
  }>(`/conversations/${number}/messages/preview`, body)
  assert.equal(seen.status, 200)
  const { mail, message } = await reply(number, item, body)
  assert.deepEqual(
    [seen.body.text, seen.body.html, seen.body.subject, seen.body.to, seen.body.cc],
    [mail.text, mail.html, mail.subject, message.to, message.cc],
  )
})

test('a forward carries the message on, or the mail as it came; never to ourselves', async () => {
  const { number } = await mailIn(house, { subject: 'Pass on', text: 'For the experts' })
  const forward = (body: object) =>
    olga.client.post<Message & { errors?: { code: string }[] }>(`/conversations/${number}/forwards`, body)
  const own = await forward({ to: ['support@example.com'] })
  assert.equal(own.body.errors?.[0]?.code, 'own_address')
  const words = await forward({ to: ['Eva <eva@else.example>'], text: 'Can you help?' })
  assert.equal(words.status, 201)
  assert.match(
    words.body.text,
    /^Can you help\?\n\n-+ Forwarded message -+\nFrom: Anna Bell <anna@mail.example>\nDate: .*\nSubject: Pass on\nTo: support@example\.com\n\nFor the experts$/s,
  )
  const whole = await forward({ to: ['eva@else.example'], asAttachment: true })
  assert.deepEqual(
    whole.body.attachments.map(({ name, type }) => [name, type]),
    [['Pass on.eml', 'message/rfc822']],
  )
  await house.desk.settle()
  const { items } = (await house.admin.get<{ items: OutboxMail[] }>('/outbox')).body
  const sent = items.find((one) => one.message === words.body.id)!
  assert.equal(sent.subject, 'Fwd: Pass on')
  assert.doesNotMatch(sent.source, /^(In-Reply-To|Reply-To):/m)
  const file = await read(Buffer.from(items.find((one) => one.message === whole.body.id)!.source))
  assert.match(Buffer.from(file.attachments[0]!.bytes).toString(), /^Subject: Pass on\r?$/m)
})

test('a forward keeps the formatting and the pictures between the words, and of the files those chosen', async () => {
  const { number, item } = await mailIn(house, {
    subject: 'Two papers',
    html: '<p>See <b>both</b></p><img src="cid:lamp@client"><script>alert(1)</script>',
    attachments: [
      { filename: 'a.txt', content: 'first' },
      { filename: 'b.txt', content: 'second' },
      { filename: 'lamp.gif', content: Buffer.from('R0lGODlhAQABAAAAACw=', 'base64'), cid: 'lamp@client' },
    ],
  })
  const { items } = (await olga.client.get<{ items: Message[] }>(`/conversations/${number}`)).body
  const files = items.find((one) => one.id === item)!.attachments
  const second = files.find(({ name }) => name === 'b.txt')!
  const to = ['eva@else.example']
  const forward = (body: object) =>
    olga.client.post<Message & { errors?: { field: string }[] }>(`/conversations/${number}/forwards`, {
      to,
      ...body,
    })
  assert.equal((await forward({ files: ['999999'] })).body.errors?.[0]?.field, 'files.0')
  const sent = await forward({ html: '<p>Look <i>here</i></p>', files: [second.id] })
  assert.deepEqual(
    sent.body.attachments.map(({ name, inline }) => [name, inline]),
    [
      ['lamp.gif', true],
      ['b.txt', false],
    ],
  )
  await house.desk.settle()
  const outbox = (await house.admin.get<{ items: OutboxMail[] }>('/outbox')).body.items
  const { source } = outbox.find((one) => one.message === sent.body.id)!
  const mail = await PostalMime.parse(source)
  assert.match(mail.html ?? '', /Look <i>here<\/i>.*Forwarded message.*See <b>both<\/b>.*cid:lamp@client/s)
  assert.doesNotMatch(mail.html ?? '', /script|alert/)
  assert.match(mail.text ?? '', /^Look here\n\n-+ Forwarded message/)
  assert.deepEqual(
    mail.attachments.map(({ filename, contentId }) => [filename, contentId]),
    [
      ['lamp.gif', '<lamp@client>'],
      ['b.txt', undefined],
    ],
  )
})

test('the test mailbox shows only what its reader may see', async () => {
  const team = await house.admin.post<{ id: string }>('/teams', { name: 'Legal' })
  const { number, item } = await mailIn(house, { subject: 'Secret' })
  const { mail } = await reply(number, item, { text: 'Between us' })
  await inbox({ teams: [team.body.id] })
  const boris = await house.addAgent({ name: 'Boris', teams: [] })
  const seen = (await boris.client.get<{ items: OutboxMail[] }>('/outbox')).body.items
  assert.deepEqual(
    seen.filter(({ conversation }) => conversation === number),
    [],
  )
  assert.equal((await boris.client.post(`/outbox/${mail.id}/answer`, { text: 'x' })).status, 404)
  assert.equal(
    (await boris.client.post(`/conversations/${number}/messages`, { text: 'x', lastSeen: item })).status,
    404,
  )
  assert.equal((await boris.client.delete(`/messages/${mail.message}/sending`)).status, 404)
  await inbox({ teams: null })
})
