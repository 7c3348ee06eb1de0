// Archives of mail, taken in by the command people run.
import assert from 'node:assert/strict'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import { sums } from '#features/ledger/ledger.ts'
import { json } from '#platform/db/db.ts'
import { startDesk } from '#test/desk.ts'
import { runFoyer } from '#test/process.ts'
import type { Imported } from './import-mails.ts'

const { desk, house, databaseUrl } = await startDesk()
const folder = mkdtempSync(join(tmpdir(), 'foyer-import-'))
chmodSync(folder, 0o755)
after(() => rmSync(folder, { recursive: true, force: true }))
const env = { DATABASE_URL: databaseUrl, FOYER_DATA: house.config.data }

interface Letter {
  from: string
  to: string
  id: string
  answers?: string
  date: string
  text: string
}
const anna = 'Anna <anna@example.org>'
const us = 'Support <support@example.com>'
const letter = ({ from, to, id, answers, date, text }: Letter) =>
  [
    `From: ${from}`,
    `To: ${to}`,
    `Subject: ${answers ? 'Re: ' : ''}Lamp`,
    `Message-ID: <${id}@example.org>`,
    ...(answers ? [`In-Reply-To: <${answers}@example.org>`] : []),
    `Date: ${date}`,
    '',
    text,
    '',
  ].join('\n')
const thread = (name: string, year: number) => [
  letter({
    from: anna,
    to: us,
    id: `${name}1`,
    date: `Mon, 02 Mar ${year} 10:00:00 +0000`,
    text: 'It flickers.\n\nFrom time to time.',
  }),
  letter({
    from: us,
    to: anna,
    id: `${name}2`,
    answers: `${name}1`,
    date: `Mon, 02 Mar ${year} 11:00:00 +0000`,
    text: 'Send it back.',
  }),
  letter({
    from: anna,
    to: us,
    id: `${name}3`,
    answers: `${name}2`,
    date: `Tue, 03 Mar ${year} 09:00:00 +0000`,
    text: 'I did.',
  }),
]
async function importing(
  ...args: string[]
): Promise<{ code: number | null; lines: Imported[]; err: string }> {
  const { code, out, err } = await runFoyer(
    ['mail', 'import', ...args, '--inbox', 'support@example.com', '--json'],
    { env },
  )
  return {
    code,
    err,
    lines: out
      .trim()
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Imported),
  }
}
const conversationRow = (number: number | null) =>
  house.db.selectFrom('conversations').selectAll().where('id', '=', String(number)).executeTakeFirstOrThrow()

/** How many rows there are of what a mail may bring. */
async function sizes(): Promise<{ ledger: number; doors: number; [table: string]: number }> {
  const count = (table: string) => sql`(select count(*) from ${sql.table(table)})`
  const tables = [
    'ledger',
    'files',
    'fingerprints',
    'known_message_ids',
    'messages',
    'attachments',
    'conversations',
  ]
  const more = ['customers', 'customer_identities', 'participants', 'events', 'ledger_tries']
  const columns = [...tables, ...more].map((table) => sql`${count(table)} as ${sql.ref(table)}`)
  const { rows } = await sql<Record<string, string>>`
    select ${sql.join(columns)}, (select sum(received) from door_counts) as doors`.execute(house.db)
  const sized = Object.entries(rows[0]!).map(([table, n]) => [table, Number(n)] as const)
  return { ledger: 0, doors: 0, ...Object.fromEntries(sized) }
}

test('an mbox comes in as history: one closed conversation, our mails as our replies, nothing waiting', async () => {
  const box = join(folder, 'box.mbox')
  const escaped = (text: string) => text.replace(/^(>*From )/gm, '>$1')
  writeFileSync(
    box,
    thread('m', 2024)
      .map((mail) => `From anna@example.org Mon Mar  2 10:00:00 2024\n${escaped(mail)}\n`)
      .join(''),
  )
  const { code, lines, err } = await importing(box)
  assert.equal(code, 0, err)
  assert.deepEqual(
    lines.map(({ source, outcome }) => `${source.slice(folder.length)} ${outcome}`),
    ['/box.mbox:1 started', '/box.mbox:2 threaded', '/box.mbox:3 threaded'],
  )
  assert.equal(new Set(lines.map(({ conversation }) => conversation)).size, 1)
  const conversation = await conversationRow(lines[0]!.conversation)
  assert.equal(conversation.category, 'closed', 'older than the lock term')
  assert.equal(conversation.closed_at?.toISOString(), '2024-03-03T09:00:00.000Z')
  assert.equal(conversation.waiting_since, null)
  const messages = await house.db
    .selectFrom('messages')
    .selectAll()
    .where('conversation', '=', conversation.id)
    .orderBy('position')
    .execute()
  assert.deepEqual(
    messages.map((one) => `${one.direction} ${one.author_kind} ${one.at.toISOString()}`),
    [
      'in customer 2024-03-02T10:00:00.000Z',
      'out agent 2024-03-02T11:00:00.000Z',
      'in customer 2024-03-03T09:00:00.000Z',
    ],
  )
  assert.match(messages[0]!.text, /\nFrom time to time\.$/)
  assert.equal((await house.db.selectFrom('deliveries').select('id').execute()).length, 0)

  // What follows the stream (a company by its domain) is done first.
  await desk.settle()
  const before = await sizes()
  const again = await importing(box)
  // Each arrival is a row and a count at the door, so that both can be compared; nothing else grows by it.
  const { ledger: arrivals, doors, ...rest } = await sizes()
  const { ledger: first, doors: counted, ...kept } = before
  assert.deepEqual([arrivals - first, doors - counted], [lines.length, lines.length])
  assert.deepEqual(rest, kept)
  assert.equal((await sums(house.db)).received.difference, 0)
  assert.deepEqual(
    again.lines.map(({ outcome, reason, conversation, message }) => [outcome, reason, conversation, message]),
    lines.map(({ conversation, message }) => ['ignored', 'duplicate', conversation, message]),
  )
})

test('a Maildir and a folder of .eml are taken, what stands in tmp is not; recent history is closed but not locked', async () => {
  const maildir = join(folder, 'Maildir')
  for (const part of ['cur', 'new', 'tmp']) mkdirSync(join(maildir, part), { recursive: true })
  const recent = new Date(Date.now() - 3 * 86_400_000)
  const mail = (id: string) => letter({ from: anna, to: us, id, date: recent.toUTCString(), text: 'Hello' })
  writeFileSync(join(maildir, 'cur', '1700000001.a:2,S'), mail('d1'))
  writeFileSync(join(maildir, 'new', '1700000002.b'), mail('d2'))
  writeFileSync(join(maildir, 'tmp', '1700000003.c'), mail('d3'))
  mkdirSync(join(folder, 'emls', 'deeper'), { recursive: true })
  writeFileSync(join(folder, 'emls', 'deeper', 'one.eml'), mail('e1'))
  writeFileSync(join(folder, 'emls', 'notes.txt'), 'just notes, no mail')
  const { code, lines } = await importing(maildir, join(folder, 'emls'))
  assert.equal(code, 0)
  assert.deepEqual(
    lines.map(({ outcome }) => outcome),
    ['started', 'started', 'started'],
  )
  assert.equal((await conversationRow(lines[0]!.conversation)).category, 'solved')
})

test('history locks after as many days as the desk has set', async () => {
  const setting = { key: 'conversations.lock_after_days', value: json(2) }
  await house.db.insertInto('settings').values(setting).execute()
  const path = join(folder, 'three-days.eml')
  const date = new Date(Date.now() - 3 * 86_400_000).toUTCString()
  writeFileSync(path, letter({ from: anna, to: us, id: 'f1', date, text: 'Hello' }))
  const { lines } = await importing(path)
  await house.db.deleteFrom('settings').where('key', '=', setting.key).execute()
  assert.equal((await conversationRow(lines[0]!.conversation)).category, 'closed')
})

test('live: as if it had just been received', async () => {
  const path = join(folder, 'live.eml')
  writeFileSync(
    path,
    letter({ from: anna, to: us, id: 'live', date: 'Mon, 02 Mar 2020 10:00:00 +0000', text: 'Old but new' }),
  )
  const { lines } = await importing(path, '--as', 'live')
  const row = await conversationRow(lines[0]!.conversation)
  assert.equal(row.category, 'new')
  assert.ok(row.waiting_since)
})

test('one mail from a pipe; without a database it is to be tried again', async () => {
  const input = letter({
    from: anna,
    to: us,
    id: 'pipe',
    date: 'Mon, 02 Mar 2026 10:00:00 +0000',
    text: 'By pipe',
  })
  const taken = await runFoyer(['mail', '--inbox', 'support@example.com'], { env, input })
  assert.equal(taken.code, 0, taken.err)
  assert.match(taken.out, /^started, conversation \d+$/m)
  const away = { ...env, DATABASE_URL: 'postgres://x@127.0.0.1:1/x' }
  const later = await runFoyer(['mail', '--inbox', 'support@example.com'], { env: away, input })
  assert.equal(later.code, 75)
  const { code } = await runFoyer(['ledger', '--json'], { env })
  assert.equal(code, 0)
})
