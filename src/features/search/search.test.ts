import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { sql } from 'kysely'
import { append, change, start } from '#features/conversations/conversations.ts'
import { type Db, inTransaction } from '#platform/db/db.ts'
import { append as appendEvent, system } from '#platform/events/events.ts'
import { followOnce } from '#platform/events/follow.ts'
import { sequence } from '#platform/events/sequencer.ts'
import { testDatabase } from '#test/database.ts'
import { indexConversations, search, searchFollower } from './search.ts'

const now = new Date('2026-05-04T10:00:00Z')
const db = await testDatabase()
let agent: string
let stranger: string
let inboxes: string[]
let team: string
const numbers: Record<string, number> = {}

interface Told {
  name: string
  address: string
  phone?: string
  subject: string
  texts: string[]
  comments?: string[]
  inbox?: number
  minute: number
}

const insert = async (table: 'teams' | 'agents' | 'inboxes' | 'customers', row: object) =>
  (
    await db
      .insertInto(table)
      .values({ ...row, created_at: now } as never)
      .returning('id')
      .executeTakeFirstOrThrow()
  ).id

async function tell(key: string, told: Told): Promise<string> {
  const at = new Date(now.getTime() + told.minute * 60_000)
  const customer = await insert('customers', { name: told.name })
  const identities = [
    { kind: 'mail', value: told.address },
    ...(told.phone ? [{ kind: 'phone', value: told.phone }] : []),
  ]
  await db
    .insertInto('customer_identities')
    .values(identities.map((identity) => ({ ...identity, customer, created_at: at })))
    .execute()
  const from = { name: told.name, address: told.address }
  return inTransaction(db, async (tx) => {
    let row = await start(tx, {
      at,
      actor: { kind: 'customer', id: customer },
      inbox: inboxes[told.inbox ?? 0]!,
      channel: null,
      customer,
      customerAddress: told.address,
      subject: told.subject,
      team,
      medium: 'mail',
    })
    for (const text of told.texts)
      ({ conversation: row } = await append(
        tx,
        row,
        {
          direction: 'in',
          medium: 'mail',
          channel: null,
          at,
          author: { kind: 'customer', id: customer, ...from },
          subject: null,
          text,
          html: null,
          from,
          to: [],
          cc: [],
          attachments: [],
          preview: text.slice(0, 100),
        },
        { now: at },
      ))
    for (const text of told.comments ?? []) await comment(tx, row.id, text, at)
    numbers[key] = Number(row.id)
    return row.id
  })
}

async function comment(tx: Db, conversation: string, text: string, at: Date) {
  const { last_position } = await tx
    .updateTable('conversations')
    .set((column) => ({ last_position: column('last_position', '+', 1) }))
    .where('id', '=', conversation)
    .returning('last_position')
    .executeTakeFirstOrThrow()
  const { id } = await tx
    .insertInto('comments')
    .values({ conversation, position: last_position, at, author_kind: 'agent', author_id: agent, text })
    .returning('id')
    .executeTakeFirstOrThrow()
  await appendEvent(tx, { at, kind: 'commented', actor: system, conversation, item: id })
}

async function follow() {
  await sequence(db)
  while ((await followOnce(db, 'search', searchFollower)) > 0);
}

const ask = async (
  q: string,
  { by = agent, ...options }: { by?: string; typing?: boolean; limit?: number } = {},
) => search(db, by, { q, limit: 50, ...options }, now)
const keysOf = (found: Awaited<ReturnType<typeof ask>>) =>
  found.items.map(({ conversation }) =>
    Object.keys(numbers).find((key) => numbers[key] === conversation.number),
  )
const finds = async (q: string, ...keys: string[]) =>
  assert.deepEqual(keysOf(await ask(q)), keys, `found for ${q}`)

team = await insert('teams', { name: 'Support' })
agent = await insert('agents', { name: 'Agent', address: 'agent@example.com' })
stranger = await insert('agents', { name: 'Stranger', address: 'stranger@example.com' })
const closed = await insert('teams', { name: 'Finance' })
await db.insertInto('team_members').values({ team: closed, agent }).execute()
inboxes = [
  await insert('inboxes', { name: 'Support', address: 'support@example.com', team }),
  await insert('inboxes', { name: 'Money', address: 'money@example.com', team: closed, seen_by: 'teams' }),
]
await db.insertInto('inbox_teams').values({ inbox: inboxes[1]!, team: closed }).execute()
await tell('refund', {
  name: 'Pyotr Ivanov',
  address: 'pyotr.ivanov@mail.example',
  subject: 'Where are my refunds?',
  texts: [
    'I returned two chairs, order ORD-2024-0173.',
    'Still waiting. <b>Please & thank you</b> for the refund.',
  ],
  comments: ['The warehouse confirmed the pallet.'],
  minute: 1,
})
await tell('feature', {
  name: 'Алёна Фёдорова',
  address: 'alena@почта.рф',
  phone: '+79123456789',
  subject: 'Предложение',
  texts: ['Нам очень нужна новая фича: всё ещё ждём отчёт по компаниям.'],
  minute: 2,
})
await tell('features', {
  name: 'Bold',
  address: 'bold@shop.example',
  subject: 'Про новую фичу',
  texts: ['Сделайте новую фичу, телефон 8 (912) 345-67-89. Companies ask for the features.'],
  minute: 3,
})
await tell('japan', {
  name: '田中さくら',
  address: 'sakura@jp.example',
  subject: '返金について',
  texts: ['注文した椅子の返金をお願いします。José Núñez knows.'],
  minute: 4,
})
await tell('money', {
  name: 'Quiet Person',
  address: 'quiet@bank.example',
  subject: 'Secret refund',
  texts: ['The refund of the bank, pallet included.'],
  inbox: 1,
  minute: 5,
})
await follow()

test('words are found in any of their forms, English and Russian ones in one question, ё as е, in any case', async () => {
  await finds('refund', 'money', 'refund')
  await finds('REFUNDS chair', 'refund')
  await finds('новая фича', 'features', 'feature')
  await finds('новые фичи companies', 'features')
  await finds('все еще отчет', 'feature')
  await finds('jose nunez', 'japan')
  await finds('company фич', 'features')
})

test('all words must occur, anywhere in the conversation, comments included', async () => {
  await finds('chairs pallet', 'refund')
  await finds('chairs bank')
})

test('a phrase is found as written, in messages, subjects and addresses', async () => {
  await finds('"новая фича"', 'feature')
  await finds('«новую фичу»', 'features')
  await finds('"chairs two"')
  await finds('"two chairs"', 'refund')
  await finds('pyotr.ivanov@mail.example', 'refund')
  await finds('"chairs order ORD-2024-0173"', 'refund')
  await finds('"waiting two"')
})

test('numbers, order ids, phone numbers in any writing, CJK words', async () => {
  await finds('ORD-2024-0173', 'refund')
  await finds('0173', 'refund')
  await finds('8-912-345-67-89', 'features', 'feature')
  await finds('+7 (912) 345 67 89', 'features', 'feature')
  await finds('9123456789', 'features', 'feature')
  await finds('345-67-89', 'features', 'feature')
  await finds('返金', 'japan')
  await finds('金返')
  await finds('田中', 'japan')
  await finds(`#${numbers.feature}`, 'feature')
})

test('filters narrow, alone and with words; what is no filter is a word', async () => {
  await finds('from:ivanov', 'refund')
  await finds('from:"pyotr ivanov" refund', 'refund')
  await finds('from:ivanov bank')
  await finds('subject:refund', 'money', 'refund')
  await finds('subject:chairs')
  await finds('in:money', 'money')
  await finds('after:2026-05-05')
  await finds('refund before:2026-05-05', 'money', 'refund')
  await finds('status:new refund', 'money', 'refund')
  await finds('status:closed refund')
  await finds('before:tomorrow')
  await finds('tag:nothing')
  await finds('refund:', 'money', 'refund')
  await finds('from:федорова', 'feature')
})

test('a mistyped name or address is found when nobody wrote that word', async () => {
  await finds('ivanvo', 'refund')
  await finds('Федорва', 'feature')
  await finds('chairs ivnov', 'refund')
})

test('a letter wrong in an address, a domain or behind from: is put right too', async () => {
  await finds('from:ivnov', 'refund')
  await finds('from:федорва фича', 'feature')
  await finds('from:nobodyatall')
  await finds('pyotr.ivnaov@mail.example', 'refund')
  await finds('"kein wort"')
  await finds('@mial.example', 'refund')
  await finds('from:bold@shpo.example', 'features')
})

test('while typing, the last word may be the beginning of one', async () => {
  assert.deepEqual(keysOf(await ask('refund two cha', { typing: true })), ['refund'])
  await finds('refund two cha')
  await finds('cha*', 'refund')
  await finds('фич*', 'features', 'feature')
})

test('nobody finds what he may not see', async () => {
  assert.deepEqual(keysOf(await ask('refund', { by: stranger })), ['refund'])
  assert.deepEqual(keysOf(await ask('in:money', { by: stranger })), [])
  assert.deepEqual(keysOf(await ask(`#${numbers.money}`, { by: stranger })), [])
  assert.deepEqual(keysOf(await ask('"The refund of"', { by: stranger })), [])
})

test('snippets show where, with nothing live but the marks', async () => {
  const [, hit] = (await ask('refund thank')).items.length
    ? [null, (await ask('refund thank')).items[0]!]
    : []
  const html = hit!.snippets.map((snippet) => snippet.html)
  assert.deepEqual(html, [
    'Still waiting. &lt;b&gt;Please &amp; <mark>thank</mark> you&lt;/b&gt; for the <mark>refund</mark>.',
  ])
  const found = (await ask('новая фича')).items[0]!.snippets[0]!.html
  assert.match(found, /^Сделайте <mark>новую<\/mark> <mark>фичу<\/mark>, телефон/)
  assert.match((await ask('pallet warehouse')).items[0]!.snippets[0]!.html, /<mark>warehouse<\/mark>/)
})

test('pages follow each other without a gap or a repetition', async () => {
  const seen: number[] = []
  let cursor: string | undefined
  do {
    const answer = await search(db, agent, { q: 'refund', limit: 1, cursor }, now)
    seen.push(...answer.items.map((item) => item.conversation.number))
    cursor = answer.nextCursor ?? undefined
  } while (cursor)
  assert.deepEqual(seen, [numbers.money, numbers.refund])
})

test('any string is a question', async () => {
  const nasty = [
    '',
    ' ',
    '"',
    "'",
    "''",
    ':*',
    '\\',
    '\0',
    '#\0',
    '\ud800',
    '%',
    '_',
    '&|!()<->',
    'a:b:c',
    '#',
    '*',
    '«',
    '<->',
    '-',
    '+7',
    "o'neil:*",
    '$1',
    '"":"',
    'from:',
    'from:"',
    'from:%',
    "subject:'",
    '#999999999999999999',
    'before:2026-13-45',
    '\u202e',
    '日'.repeat(500),
    'a '.repeat(500),
    '"a" '.repeat(200),
    'tag:\\',
  ]
  for (const q of nasty) await ask(q, { typing: true })
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.string({ unit: 'grapheme', maxLength: 40 })),
      fc.constantFrom('', 'from:', 'subject:', '"', 'in:', '#', 'before:'),
      async (text, head) => {
        await ask(head + text, { typing: true })
      },
    ),
    { numRuns: 150 },
  )
})

test('what was written just now is found by whoever asks next, before sequencer and follower came round', async () => {
  await inTransaction(db, (tx) => comment(tx, String(numbers.japan), 'a narwhal', now))
  await finds('narwhal', 'japan')
})

test('while the index cannot go on, what it has is found all the same', async () => {
  await inTransaction(db, (tx) => comment(tx, String(numbers.japan), 'an okapi', now))
  await sequence(db)
  await sql`alter table conversation_search add constraint stuck check (false) not valid`.execute(db)
  await finds('okapi')
  await finds('narwhal', 'japan')
  await sql`alter table conversation_search drop constraint stuck`.execute(db)
  await finds('okapi', 'japan')
})

test('added words are found, edited and erased ones are not, and an index made anew is the one that grew', async () => {
  const id = String(numbers.japan)
  await inTransaction(db, (tx) => comment(tx, id, 'zebra crossing', now))
  await follow()
  await finds('zebra', 'japan')
  const grown = await sql`select * from conversation_search order by conversation`.execute(db)
  const all = Object.values(numbers).map(String)
  await indexConversations(db, all)
  const anew = await sql`select * from conversation_search order by conversation`.execute(db)
  assert.deepEqual(anew.rows, grown.rows)
  await db
    .updateTable('comments')
    .set({ deleted_at: now, deleted_by: agent })
    .where('conversation', '=', id)
    .execute()
  await appendEvent(db, { at: now, kind: 'comment_deleted', actor: system, conversation: id, item: '1' })
  await follow()
  await finds('zebra')
})

test('spam is found when asked for, a merged conversation never', async () => {
  const id = String(numbers.japan)
  const set = (fields: object) =>
    inTransaction(db, (tx) => change(tx, id, { actor: system, at: now, kind: 'changed', set: fields }))
  await set({ spam_at: now })
  await finds('返金')
  await finds('返金 in:spam', 'japan')
  await set({ spam_at: null, merged_into: String(numbers.refund) })
  await follow()
  await finds('返金')
  assert.equal(
    (await db.selectFrom('conversation_search').where('conversation', '=', id).selectAll().execute()).length,
    0,
  )
  await set({ merged_into: null }).catch(() => {})
})

test('a mail of megabytes and one of nothing but different words are indexed as far as there is room', async () => {
  const garbage = Array.from({ length: 200_000 }, (_, i) => `w${(i * 7919).toString(36)}q`).join(' ')
  await tell('huge', {
    name: 'Huge',
    address: 'huge@example.org',
    subject: 'Huge',
    texts: [`needle ${garbage}`],
    minute: 9,
  })
  await follow()
  await finds('needle', 'huge')
})
