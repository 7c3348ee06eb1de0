// The way in, tried with real SMTP on loopback and a real database.
import assert from 'node:assert/strict'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { createTransport, type SendMailOptions } from 'nodemailer'
import { type Log, log as jsonLog, silence } from '#platform/log/log.ts'
import { cloneDatabase } from '#test/database.ts'
import { type Desk, openDesk } from '../app/desk.ts'

const loud: Log = { ...silence, warn: jsonLog.warn, error: jsonLog.error }
// Before the database is dropped: hooks run in the order they were added.
after(() => desk.close())
const databaseUrl = await cloneDatabase()
let desk: Desk
let inbox: string
before(async () => {
  const data = mkdtempSync(join(tmpdir(), 'foyer-mail-'))
  const config = {
    host: '127.0.0.1',
    port: 0,
    smtpPort: 0,
    data,
    url: null,
    databaseUrl,
    role: 'all' as const,
    testClock: false,
    dnsZone: null,
    production: false,
  }
  desk = await openDesk(config, { log: loud })
  inbox = await addInbox('support@example.com')
})

async function addInbox(address: string): Promise<string> {
  const { db } = desk.house
  const team = await db
    .insertInto('teams')
    .values({ name: address, created_at: new Date() })
    .returning('id')
    .executeTakeFirstOrThrow()
  const row = await db
    .insertInto('inboxes')
    .values({ name: address, address, team: team.id, created_at: new Date() })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}
async function send(mail: SendMailOptions) {
  const transport = createTransport({ host: '127.0.0.1', port: desk.smtpPort!, secure: false })
  try {
    return await transport.sendMail({ to: 'support@example.com', ...mail })
  } finally {
    transport.close()
  }
}

test('a mail becomes a conversation, and the next one in its thread joins it', async () => {
  const first = await send({
    from: 'Anna <anna@example.org>',
    subject: 'Where is my order?',
    text: 'It was due on Monday.',
  })
  await desk.settle()
  await send({
    from: 'Anna <anna@example.org>',
    subject: 'Re: something else',
    text: 'And?',
    inReplyTo: first.messageId,
  })
  await desk.settle()
  const rows = await desk.house.db
    .selectFrom('ledger')
    .select(['outcome', 'reason', 'conversation'])
    .where('inbox', '=', inbox)
    .orderBy('id')
    .execute()
  assert.deepEqual(
    rows.map((row) => row.outcome),
    ['started', 'threaded'],
    JSON.stringify(rows),
  )
  assert.equal(rows[0]!.conversation, rows[1]!.conversation)
})
