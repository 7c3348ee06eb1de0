// A mail that its server has and does not hand out: the others come, and it is seen in the mail log.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import type { Channel } from '#features/connections/connections.contract.ts'
import type { OpenedConversation } from '#features/conversations/conversations.contract.ts'
import type { MailLogEntry } from '#features/ledger/ledger.contract.ts'
import { isAccountedFor, sums } from '#features/ledger/ledger.ts'
import { type Problem, startDesk } from '#test/desk.ts'
import { startImapServer } from '#test/imap-server.ts'
import { until } from '#test/until.ts'

const server = await startImapServer()
after(() => server.stop())
const { house, admin, inbox } = await startDesk()
const { port, password } = server
const mail = (n: number, more = '') =>
  `From: Anna <anna@example.org>\nTo: support@example.com\nSubject: Mail ${n}\nMessage-ID: <w${n}@example.org>\n${more}\nWords of ${n}\n`

async function connect(username: string): Promise<() => Promise<(string | null)[]>> {
  const imap = { host: '127.0.0.1', port, security: 'none', username, password }
  const { body } = await admin.post<Channel>('/channels', { kind: 'mail', inbox, since: 'all', imap })
  return async () => {
    const rows = await house.db
      .selectFrom('ledger')
      .select(['subject', 'outcome', 'reason'])
      .where('channel', '=', body.id)
      .orderBy('id')
      .execute()
    return rows.map(({ subject, outcome, reason }) => (outcome === 'refused' ? reason : subject))
  }
}

/** So many rows, each with its subject read. */
const settled = (taken: () => Promise<(string | null)[]>, n: number) => async () => {
  const rows = await taken()
  return rows.length >= n && !rows.includes(null) ? rows : false
}

// It takes some connections, each a little later than the one before: begun ahead of the others.
server.deliver('ends', mail(7))
server.deliver('ends', mail(8, 'X-Test-Ends: yes\n'))
server.deliver('ends', mail(9))
const ending = await connect('ends')

test('a mail that is not handed out stops none of those after it, and stands in the mail log', async () => {
  server.deliver('ill', mail(1))
  server.deliver('ill', mail(2, 'X-Test-Withheld: yes\n'), { at: new Date('2020-05-06T07:08:09Z') })
  server.deliver('ill', mail(3))
  const taken = await connect('ill')
  const all = await until(settled(taken, 3), { within: 60_000 })
  assert.deepEqual([...all].sort(), ['Mail 1', 'Mail 3', 'withheld'])
})

test('while nothing later has come it is asked for again, not passed by', async () => {
  server.deliver('last', mail(4))
  server.deliver('last', mail(5, 'X-Test-Withheld: yes\n'))
  const taken = await connect('last')
  await until(
    async () => {
      const { rows } = { rows: await house.db.selectFrom('channels').select('last_error').execute() }
      return rows.some(({ last_error }) => /did not hand out a message it has/.test(last_error ?? ''))
    },
    { within: 60_000 },
  )
  assert.deepEqual(await until(settled(taken, 1)), ['Mail 4'])
  server.deliver('last', mail(6))
  const all = await until(settled(taken, 3), { within: 60_000 })
  assert.deepEqual([...all].sort(), ['Mail 4', 'Mail 6', 'withheld'])
})

test('a mail at which the server ends the connection each time is passed by, and the others come in', async () => {
  const all = await until(settled(ending, 3), { within: 120_000 })
  assert.deepEqual([...all].sort(), ['Mail 7', 'Mail 9', 'withheld'])
})

test('asked for again by a person: still withheld in words; handed out, it has its place, and asked twice it is one', async () => {
  const ofIll = house.db
    .selectFrom('channels')
    .select('id')
    .where(sql<string>`settings -> 'imap' ->> 'username'`, '=', 'ill')
  const { id } = await house.db
    .selectFrom('ledger')
    .select('id')
    .where('reason', '=', 'withheld')
    .where('channel', 'in', ofIll)
    .executeTakeFirstOrThrow()
  const ask = () => admin.post<Problem & MailLogEntry>(`/mail-log/${id}/retry`)
  const still = await ask()
  assert.deepEqual([still.status, still.body.code], [409, 'mail_withheld'])
  server.heal()
  const had = await ask()
  assert.deepEqual([had.status, had.body.outcome], [200, 'started'])
  assert.equal(had.body.subject, 'Mail 2')
  const { body: opened } = await admin.get<OpenedConversation>(`/conversations/${had.body.conversation}`)
  assert.equal(opened.status.category, 'solved', 'years old when the mailbox was connected, it is history')
  assert.equal((await ask()).body.id, had.body.id)
  assert.ok(isAccountedFor(await sums(house.db)))
})
