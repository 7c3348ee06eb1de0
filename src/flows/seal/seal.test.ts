// What is sealed is nowhere in the clear but behind its seal, and opens to who may, with a reason.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { MailLogRow } from '#features/ledger/ledger.contract.ts'
import { minutes, TestClock } from '#platform/clock/clock.ts'
import { startDesk } from '#test/desk.ts'
import { mailIn } from '#test/post.ts'
import { dumpOf } from '#test/whole.ts'

const clock = new TestClock(new Date('2026-03-02T09:00:00Z'))
const desk = await startDesk({ clock })
const { admin, addAgent, house } = desk

interface Opened {
  subject: string
  preview: string
  items: {
    id: string
    type: string
    kind?: string
    text: string
    after?: { reason?: string }
    sealed?: { id: string; by: string; reason: string } | null
    attachments: { id: string; name: string; seal: string | null }[]
  }[]
}
const open = async (number: number) => (await admin.get<Opened>(`/conversations/${number}`)).body
const secret = 'SEAL-MARKER-90210-QX'
const words = `My card ends with ${secret} and belongs to my neighbour Варфоломей, nobody else may know.`
const raw = (id: string, body: string, more = '') =>
  [
    'From: Anna Bell <anna@mail.example>',
    'To: support@example.com',
    'Subject: Card',
    `Message-ID: <${id}@mail.example>`,
    `${more}MIME-Version: 1.0`,
    'Content-Type: multipart/mixed; boundary=b',
    '',
    `--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${body}`,
    `--b\r\nContent-Type: application/pdf; name="neighbour-scan-${id}.pdf"\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from('%PDF-1.4 SCAN').toString('base64')}`,
    '--b--',
    '',
  ].join('\r\n')

test('a sealed message is in no list, search, quote, draft, event, raw mail or row; who may opens it, and it is told', async () => {
  const first = await mailIn(desk, { raw: raw('s1', words), messageId: '<s1@mail.example>' })
  const second = await mailIn(desk, {
    raw: raw(
      's2',
      `And?\r\n\r\nAnna wrote:\r\n> ${words}`,
      'In-Reply-To: <s1@mail.example>\r\nReferences: <s1@mail.example>\r\n',
    ),
    messageId: '<s2@mail.example>',
  })
  assert.equal(second.number, first.number)
  await admin.put(`/conversations/${first.number}/draft`, { text: `> ${words}` })
  const { client: boris, id: borisId } = await addAgent({ name: 'Boris' })
  const sealed = await boris.put<{ id: string }>(`/messages/${first.item}/seal`, { reason: 'Card data' })
  assert.equal(sealed.status, 200)
  await desk.desk.settle()

  const shown = await open(first.number)
  const item = shown.items.find(({ id }) => id === first.item)!
  assert.equal(item.text, '')
  assert.partialDeepStrictEqual(item.sealed, { id: sealed.body.id, by: 'Boris', reason: 'Card data' })
  assert.deepEqual(
    item.attachments.map(({ name, seal }) => [name, seal]),
    [['', sealed.body.id]],
  )
  const dump = await dumpOf(desk)
  for (const marker of [secret, secret.toLowerCase(), 'Варфоломей', 'neighbour-scan-s1'])
    assert.deepEqual(
      [...dump].filter(([, bytes]) => bytes.includes(marker)).map(([place]) => place),
      [],
      marker,
    )
  for (const q of [secret, 'Варфоломей', '"my neighbour"']) {
    const found = await admin.get<{ items: unknown[] }>('/search', { query: { q } })
    assert.deepEqual(found.body.items, [], q)
  }
  const [file] = item.attachments
  for (const path of [
    `/attachments/${file!.id}`,
    `/attachments/${file!.id}/view`,
    `/attachments/${file!.id}/preview`,
    `/messages/${first.item}/source`,
    `/messages/${second.item}/source`,
    `/messages/${first.item}/source/text`,
  ])
    assert.equal((await admin.get(path)).status, 403, path)
  assert.equal((await admin.get(`/items/${first.item}/attachments`)).status, 404)
  const passedOn = { to: ['eva@else.example'], item: first.item }
  assert.equal((await admin.post(`/conversations/${first.number}/forwards`, passedOn)).status, 403)

  const log = await admin.get<{ items: MailLogRow[] }>('/mail-log')
  const row = log.body.items.find(({ message }) => message === first.item)
  assert.deepEqual([row?.subject, row?.gone], [null, 'sealed'])

  const openings = `/seals/${sealed.body.id}/openings`
  assert.equal((await boris.post(openings, { reason: 'Curious' })).status, 403)
  assert.equal((await admin.post(openings, { reason: ' ' })).status, 422)
  await admin.patch(`/agents/${borisId}`, { rights: ['sealed'] })
  const opened = await boris.post<{ text: string; attachments: { name: string }[] }>(openings, {
    reason: 'The refund',
  })
  assert.match(opened.body.text, /SEAL-MARKER-90210-QX.*Варфоломей/)
  assert.deepEqual(
    opened.body.attachments.map(({ name }) => name),
    ['neighbour-scan-s1.pdf'],
  )
  assert.equal((await boris.get(`/attachments/${file!.id}`)).status, 200)
  assert.equal((await admin.get(`/attachments/${file!.id}`)).status, 403, 'opened to Boris alone')
  clock.set(new Date(clock.now().getTime() + minutes(11)))
  assert.equal((await boris.get(`/attachments/${file!.id}`)).status, 403, 'and for ten minutes')
  const told = (await open(first.number)).items.filter(({ kind }) => kind === 'seal_opened')
  assert.deepEqual(
    told.map(({ after }) => after?.reason),
    ['The refund'],
  )
  const again = await boris.put(`/messages/${first.item}/seal`, { reason: 'Once more' })
  assert.equal(again.status, 403)

  assert.equal((await boris.delete(`/seals/${sealed.body.id}`, { reason: 'Not his' })).status, 200)
  const back = (await open(first.number)).items
  assert.match(back.find(({ id }) => id === first.item)!.text, /SEAL-MARKER/)
  assert.match(back.find(({ id }) => id === second.item)!.text, /> .*SEAL-MARKER/s)
  assert.equal((await admin.get(`/messages/${first.item}/source`)).status, 200)
})

test('a sealed file leaves the words; what is erased is behind no seal any more', async () => {
  const mail = await mailIn(desk, {
    raw: raw('s5', 'Look at KEEP-THIS').replaceAll('anna@', 'olga@'),
    messageId: '<s5@mail.example>',
  })
  const before = (await open(mail.number)).items.find(({ id }) => id === mail.item)!
  const file = before.attachments[0]!
  const sealed = await admin.put<{ id: string }>(`/attachments/${file.id}/seal`, { reason: 'A passport' })
  assert.equal(sealed.status, 200)
  const item = (await open(mail.number)).items.find(({ id }) => id === mail.item)!
  assert.match(item.text, /KEEP-THIS/)
  assert.equal(item.sealed, null)
  assert.equal(item.attachments[0]!.seal, sealed.body.id)
  assert.equal((await admin.put(`/messages/${mail.item}/seal`, { reason: 'All of it' })).status, 200)
  assert.equal((await admin.put(`/messages/${mail.item}/erasure`, { reason: 'Asked' })).status, 200)
  await desk.desk.settle()
  const left = await house.db.selectFrom('sealed_words').select('item').execute()
  assert.deepEqual(
    left.filter(({ item: one }) => one === mail.item || one === file.id),
    [],
  )
  const shown = (await open(mail.number)).items.find(({ id }) => id === mail.item)!
  assert.deepEqual([shown.sealed, shown.attachments], [null, []])
})

test('a card number that arrives is pointed out until somebody has checked it', async () => {
  const mail = await mailIn(desk, { from: 'Kim <kim@mail.example>', text: 'Use 4111 1111 1111 1111, please' })
  const hints = async () =>
    (
      await admin.get<{ items: { id: string; hints: string[] }[] }>(`/conversations/${mail.number}`)
    ).body.items.find(({ id }) => id === mail.item)!.hints
  assert.deepEqual(await hints(), ['card'])
  assert.equal((await admin.put(`/messages/${mail.item}/check`)).status, 200)
  assert.deepEqual(await hints(), [])
})
