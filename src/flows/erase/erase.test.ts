// What is erased is nowhere: not in a file of the data folder, not in a dump of the database, in no encoding, in no quote.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { OpenedConversation } from '#features/conversations/conversations.contract.ts'
import { isAccountedFor, sums } from '#features/ledger/ledger.ts'
import { startDesk } from '#test/desk.ts'
import { mailIn } from '#test/post.ts'
import { dumpOf, filesOf } from '#test/whole.ts'

const desk = await startDesk()
const { admin, house, addAgent } = desk
const { db } = house

/** Every file of the data folder and every table as text. */
const everything = async () => new Map([...filesOf(desk), ...(await dumpOf(desk))])

/** The same bytes in every form they travel in. */
function formsOf(word: string): string[] {
  const bytes = Buffer.from(word)
  const turned = [0, 1, 2].map((before) =>
    Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .slice(before === 0 ? 0 : before + 1, -4),
  )
  const quoted = [...bytes].map((byte) => `=${byte.toString(16).padStart(2, '0').toUpperCase()}`).join('')
  return [word, word.toLowerCase(), bytes.toString('hex'), quoted, ...turned]
}
async function placesOf(...words: string[]): Promise<string[]> {
  await desk.desk.settle()
  const forms = words.flatMap(formsOf)
  return [...(await everything())].flatMap(([place, bytes]) => {
    const flat = Buffer.from(bytes.toString('latin1').replace(/=?\r?\n|\\r\\n|\\n/g, ''), 'latin1')
    return forms.some((form) => bytes.includes(form) || flat.includes(form)) ? [place] : []
  })
}
const erase = (path: string, reason = 'He asked for it') => admin.put<Problem>(`/${path}/erasure`, { reason })
interface Problem {
  code?: string
  errors?: unknown
}
interface Opened {
  items: {
    id: string
    type: string
    text: string
    attachments: { id: string; name: string }[]
    erased: object | null
  }[]
}
const open = async (number: number) => (await admin.get<Opened>(`/conversations/${number}`)).body.items

const marker = 'XQ-MARKER-77381-ZW'
const words = `My passport number is ${marker} and my son is called Кузьмадемьян, please keep it to yourselves.`
const file = Buffer.from(`%PDF-1.4 a scan FILE-MARKER-55120-QK ${'x'.repeat(5000)}`)
const mail = (id: string, parts: string[], more = '') =>
  [
    'From: Anna Bell <anna@mail.example>',
    'To: support@example.com',
    `Subject: Passport ${id}`,
    `Message-ID: <${id}@mail.example>`,
    `${more}MIME-Version: 1.0`,
    'Content-Type: multipart/mixed; boundary=b',
    '',
    ...parts.map((part) => `--b\r\n${part}`),
    '--b--',
    '',
  ].join('\r\n')
const text = (body: string) =>
  `Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n${body}`
const html = (body: string) =>
  `Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(body).toString('base64').replace(/.{76}/g, '$&\r\n')}`
const attached = (name: string) =>
  `Content-Type: application/pdf; name="${name}"\r\nContent-Transfer-Encoding: base64\r\n\r\n${file.toString('base64').replace(/.{76}/g, '$&\r\n')}`
const reply = (id: string) => `In-Reply-To: <${id}@mail.example>\r\nReferences: <${id}@mail.example>\r\n`
const send = (id: string, raw: string) => mailIn(desk, { raw, messageId: `<${id}@mail.example>` })

test('a message is erased everywhere, quotes of it too; the ledger balances and names hash and reason', async () => {
  const first = await send('p1', mail('p1', [text(words)]))
  const quote = words.replace(/(.{40}\S*) /g, '$1\r\n> ')
  const second = await send(
    'p2',
    mail('p2', [text(`One more thing.\r\n\r\nOn Monday Anna wrote:\r\n> ${quote}`)], reply('p1')),
  )
  const rich = await send(
    'p3',
    mail(
      'p3',
      [
        html(
          `<p>And this.</p><blockquote><p>My passport number is <b>${marker}</b> and my son</p></blockquote>`,
        ),
      ],
      reply('p2'),
    ),
  )
  assert.deepEqual([second.number, rich.number], [first.number, first.number])
  const answered = await admin.post<{ id: string }>(
    `/conversations/${first.number}/messages`,
    { text: 'We keep it.', lastSeen: rich.item, quote: 'all' },
    { headers: { 'idempotency-key': 'one' } },
  )
  assert.equal(answered.status, 201)
  const early = await erase(`messages/${answered.body.id}`)
  assert.deepEqual([early.status, early.body.code], [409, 'already_sending'])
  await admin.put(`/messages/${answered.body.id}/sending`)
  await desk.desk.settle()
  await admin.post(`/conversations/${first.number}/comments`, { text: `He says ${marker}, see above` })
  await admin.put(`/conversations/${first.number}/draft`, { text: `> My passport number is ${marker}` })
  assert.ok((await placesOf(marker)).length >= 8, 'it is in many places')
  const before = await sums(db)
  const { sha256 } = await db
    .selectFrom('ledger')
    .select('sha256')
    .where('item', '=', first.item)
    .executeTakeFirstOrThrow()

  const { client } = await addAgent({ name: 'Boris' })
  assert.equal((await client.put(`/messages/${first.item}/erasure`, { reason: 'x' })).status, 403)
  assert.equal((await erase(`messages/${first.item}`, ' ')).status, 422)
  const done = await erase(`messages/${first.item}`)
  assert.equal(done.status, 200)
  assert.deepEqual(await placesOf(marker, 'Кузьмадемьян'), [])

  const items = await open(first.number)
  const shown = new Map(items.map((item) => [item.id, item]))
  assert.equal(shown.get(first.item)?.text, '')
  assert.partialDeepStrictEqual(shown.get(first.item)?.erased, { by: 'Admin', reason: 'He asked for it' })
  assert.match(shown.get(second.item)!.text, /^One more thing\.\s+On Monday Anna wrote:\s+> …/)
  assert.match(shown.get(rich.item)!.text, /And this\./)
  assert.match(shown.get(answered.body.id)!.text, /We keep it\./)
  assert.equal((await admin.get(`/messages/${first.item}/source`)).status, 404)
  assert.equal((await admin.get(`/messages/${second.item}/source`)).status, 404)
  const row = await db
    .selectFrom('ledger')
    .selectAll()
    .where('item', '=', first.item)
    .executeTakeFirstOrThrow()
  assert.deepEqual(
    [row.sha256.equals(sha256), row.outcome, row.erased_because, row.subject],
    [true, 'started', 'He asked for it', null],
  )
  const after = await sums(db)
  assert.deepEqual([after, isAccountedFor(after)], [before, true])
  const found = await admin.get<{ items: unknown[] }>('/search', { query: { q: marker } })
  assert.deepEqual(found.body.items, [])
})

test('an attachment is erased with the mails that carried it; the same file of another person stays', async () => {
  const one = await send('a1', mail('a1', [text('My scan'), attached('scan.pdf')]))
  const again = await send('a2', mail('a2', [text('Once more'), attached('again.pdf')], reply('a1')))
  const other = await mailIn(desk, {
    raw: mail('o1', [text('Mine too'), attached('other.pdf')]).replaceAll(
      'anna@mail.example',
      'olga@mail.example',
    ),
    messageId: '<o1@mail.example>',
  })
  assert.equal(again.number, one.number)
  assert.notEqual(other.number, one.number)
  const hasFiles = async (number: number) =>
    (await admin.get<{ hasAttachments: boolean }>(`/conversations/${number}`)).body.hasAttachments
  assert.equal(await hasFiles(one.number), true)
  const scan = (await open(one.number)).find(({ id }) => id === one.item)!.attachments[0]!
  assert.equal((await erase(`attachments/${scan.id}`)).status, 200)
  await desk.desk.settle()
  assert.deepEqual(
    (await open(one.number)).flatMap((item) => item.attachments ?? []),
    [],
  )
  assert.deepEqual([await hasFiles(one.number), await hasFiles(other.number)], [false, true])
  assert.match((await open(one.number)).find(({ id }) => id === one.item)!.text, /My scan/)
  assert.equal((await admin.get(`/attachments/${scan.id}`)).status, 404)
  const kept = (await open(other.number)).find(({ id }) => id === other.item)!.attachments[0]!
  const response = await fetch(`${desk.url}/api/v1/attachments/${kept.id}`, {
    headers: { authorization: `Bearer ${admin.key}` },
  })
  const bytes = Buffer.from(await response.arrayBuffer())
  assert.equal(
    createHash('sha256').update(bytes).digest('hex'),
    createHash('sha256').update(file).digest('hex'),
  )
  // Its bytes are where the other person's mail is, and nowhere else.
  const places = await placesOf('FILE-MARKER-55120-QK')
  assert.equal(places.length, 2, places.join('\n'))
  assert.equal((await erase(`attachments/${kept.id}`)).status, 200)
  assert.deepEqual(await placesOf('FILE-MARKER-55120-QK', 'scan.pdf', 'other.pdf'), [])
})

test('a comment is erased with its words of before and its file; what was erased is noted without its words', async () => {
  const { number } = await send('c1', mail('c1', [text('Hello')]))
  const form = new FormData()
  form.set('file', new Blob(['COMMENT-FILE-90817-XY']), 'list.txt')
  const upload = await admin.post<{ id: string }>('/attachments', form)
  const comment = await admin.post<{ id: string }>(`/conversations/${number}/comments`, {
    text: 'Her PIN is COMMENT-MARKER-4471',
    attachments: [upload.body.id],
  })
  await admin.patch(`/comments/${comment.body.id}`, { text: 'Her PIN was COMMENT-MARKER-4471, changed' })
  await desk.desk.settle()
  assert.equal((await erase(`comments/${comment.body.id}`)).status, 200)
  assert.deepEqual(await placesOf('COMMENT-MARKER-4471', 'COMMENT-FILE-90817-XY'), [])
  const lines = readFileSync(join(house.config.data, 'erasures.jsonl'), 'utf8').trim().split('\n')
  assert.deepEqual(
    lines.map((line) => JSON.parse(line).kind),
    ['message', 'attachment', 'attachment', 'comment'],
  )
  assert.equal((await erase('messages/999999')).status, 404)
  assert.equal((await erase(`messages/${comment.body.id}`)).status, 404, 'a comment is no message')
})

test('a question that is erased is nobody’s to answer any more', async () => {
  const { number } = await mailIn(desk, { subject: 'Refund', text: 'May I have it back?' })
  const accounting = await admin.post<{ id: string }>('/teams', { name: 'Accounting', members: [] })
  assert.equal(accounting.status, 201)
  const asked = await admin.post<{ id: string }>(`/conversations/${number}/consults`, {
    to: [{ address: 'books@accounting.example' }],
    text: 'Did Mrs Bell pay twice?',
    outside: true,
  })
  assert.equal(asked.status, 201, JSON.stringify(asked.body))
  const open = async () => (await admin.get<OpenedConversation>(`/conversations/${number}`)).body
  assert.equal((await open()).holder?.kind, 'partner')
  const erased = await admin.put(`/comments/${asked.body.id}/erasure`, { reason: 'A name' })
  assert.equal(erased.status, 200)
  const now = await open()
  assert.deepEqual([now.holder?.kind, now.consults], ['team', []])
  const kinds = now.items.flatMap((item) => (item.type === 'event' ? [item.kind] : []))
  assert.deepEqual(kinds.slice(-2), ['consult_withdrawn', 'comment_erased'])
})

test('a person is exported whole and erased everywhere; others keep their words, the ledger hash and reason', async () => {
  const who = 'Zinaida-PERSON-7712'
  const hers = (id: string, more = '') =>
    mail(id, [text(`I am ${who}, my street is PERSON-STREET-9981`), attached(`${who}.pdf`)], more)
      .replaceAll('anna@mail.example', 'zinaida-person@mail.example')
      .replaceAll('Anna Bell', who)
      .replace('Subject: Passport', `Subject: From ${who}`)
  const own = await mailIn(desk, { raw: hers('z1'), messageId: '<z1@mail.example>' })
  await admin.post(`/conversations/${own.number}/comments`, { text: `${who} rang twice` })
  await admin.patch(`/conversations/${own.number}`, { subject: `The matter of ${who}` })
  const group = await mailIn(desk, {
    raw: mail('g1', [text('The other one says OTHERS-STAY-441')])
      .replaceAll('anna@mail.example', 'group@mail.example')
      .replace('To: support@example.com', 'To: support@example.com\r\nCc: zinaida-person@mail.example'),
    messageId: '<g1@mail.example>',
  })
  const joined = await mailIn(desk, {
    raw: hers('z2', reply('g1')).replace(/Subject: [^\r]*/, 'Subject: Re: Passport g1'),
    messageId: '<z2@mail.example>',
  })
  assert.equal(joined.number, group.number)
  const { customer } = (await admin.get<{ customer: { id: string } }>(`/conversations/${own.number}`)).body
  await admin.post(`/customers/${customer.id}/notes`, { text: `${who} likes tea` })
  const { client } = await addAgent({ name: 'Clare' })
  assert.equal((await client.get(`/customers/${customer.id}/export`)).status, 403)
  const zip = await fetch(`${desk.url}/api/v1/customers/${customer.id}/export`, {
    headers: { authorization: `Bearer ${admin.key}` },
  })
  const bytes = Buffer.from(await zip.arrayBuffer())
  assert.equal(zip.status, 200)
  for (const name of ['person.json', 'internal.json', `-${who}.pdf`, '.eml'])
    assert.ok(bytes.includes(name), `${name} is in the export`)
  const before = await sums(db)

  const done = await admin.put<{ erased: number }>(`/customers/${customer.id}/erasure`, {
    reason: 'She asked to be forgotten',
  })
  assert.equal(done.status, 200)
  assert.equal(done.body.erased, 3)
  assert.deepEqual(await placesOf(who, 'PERSON-STREET-9981'), [])
  const others = await open(group.number)
  assert.match(others.find(({ id }) => id === group.item)!.text, /OTHERS-STAY-441/)
  const left = await placesOf('zinaida-person@mail.example')
  assert.ok(
    left.every((place) => place.includes('/files/')),
    `only in the mail of somebody else: ${left.join(', ')}`,
  )
  const after = await sums(db)
  assert.deepEqual([after, isAccountedFor(after)], [before, true])
  const row = await db.selectFrom('ledger').selectAll().where('item', '=', own.item).executeTakeFirstOrThrow()
  assert.deepEqual(
    [row.sha256.length, row.erased_because, row.from_address],
    [32, 'She asked to be forgotten', null],
  )
})
