// A week away: 5,000 mails wait in the mailbox, a part of them answers to one another. The desk is killed twice while it
// takes them. Afterwards each is there once, in its thread, and what the server has is untouched.
// `npm test -- test/faults/after-a-week.long.ts` (FOYER_WAITING: how many mails)
import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import { type Db, openDatabase } from '#platform/db/db.ts'
import { attachEmbedded } from '#platform/db/embedded.ts'
import { noDovecot, startDovecot } from '../dovecot.ts'
import { startImapServer } from '../imap-server.ts'
import { type FoyerProcess, runFoyer, startFoyer } from '../process.ts'
import { until } from '../until.ts'
import { connectMailbox, setUpIn } from './desk-with-mailbox.ts'

const waiting = Number(process.env.FOYER_WAITING ?? 5000)
const data = mkdtempSync(join(tmpdir(), 'foyer-week-'))
chmodSync(data, 0o755)
after(() => rmSync(data, { recursive: true, force: true }))
if (noDovecot) console.log(`skipped: a real IMAP server (${noDovecot}); the tests' own stands in`)

/** Every fifth answers the one before it. */
const answers = (n: number) => n % 5 === 0
function mail(n: number): string {
  const thread = answers(n)
    ? `In-Reply-To: <week-${n - 1}@example.org>\r\nReferences: <week-${n - 1}@example.org>\r\n`
    : ''
  return `From: Anna ${n % 700} <anna${(answers(n) ? n - 1 : n) % 700}@example.org>\r\nTo: support@example.com\r\nSubject: Mail ${n}\r\nMessage-ID: <week-${n}@example.org>\r\n${thread}\r\nWords of ${n}. ${'More words. '.repeat(n % 200)}\r\n`
}

test('after a week away thousands of waiting mails come in once each, in their threads, though the desk is killed', async () => {
  const key = await setUpIn(data)
  const server = await (noDovecot ? startImapServer() : startDovecot())
  let desk = await startFoyer(['--data', data])
  let db: Db | undefined
  const taken = async () => {
    db ??= openDatabase({ url: (await attachEmbedded(data))!, size: 1 })
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from messages`.execute(db)
    return rows[0]!.n
  }
  try {
    await connectMailbox(desk, key, server)
    server.deliver('u', mail(1))
    await until(async () => (await taken()) === 1, { within: 60_000, what: 'the first mail' })
    desk = await away(desk, () => {
      for (let n = 2; n <= waiting; n += 1) server.deliver('u', mail(n))
    })
    const begun = performance.now()
    for (const share of [0.2, 0.6]) {
      await until(async () => (await taken().catch(() => 0)) >= waiting * share, {
        within: 600_000,
        what: `${share} of the mails`,
      })
      desk = await away(desk)
    }
    await until(async () => (await taken().catch(() => 0)) >= waiting, { within: 600_000, what: 'all mails' })
    console.log(`${waiting} mails in ${Math.round((performance.now() - begun) / 1000)} s, two kills within`)
    const { rows } = await sql<{ messages: number; subjects: number; conversations: number; open: number }>`
      select count(*)::int as messages, count(distinct m.subject)::int as subjects,
        count(distinct m.conversation)::int as conversations,
        count(*) filter (where c.category in ('new', 'open'))::int as open
      from messages m join conversations c on c.id = m.conversation`.execute(db!)
    const threads = waiting - Math.floor(waiting / 5)
    assert.deepEqual(rows[0], { messages: waiting, subjects: waiting, conversations: threads, open: waiting })
    assert.ok(
      server.flags('u').every((flags) => !flags.includes('S')),
      'none is marked as read',
    )
    assert.equal(server.flags('u').length, waiting)
    const ledger = await runFoyer(['ledger', '--json', '--data', data])
    assert.equal(ledger.code, 0, ledger.out)
  } finally {
    await db?.destroy()
    await desk.stop()
    await server.stop()
  }

  /** Killed; something happens meanwhile; started again. */
  async function away(running: FoyerProcess, meanwhile = () => {}): Promise<FoyerProcess> {
    await running.kill()
    await db?.destroy()
    db = undefined
    meanwhile()
    return startFoyer(['--data', data])
  }
})
