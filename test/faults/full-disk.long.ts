// The disk fills up: mail is refused for now at the SMTP door (452), left where it is in the mailbox, and everything
// comes in by itself when there is room again. A data folder of 300 MB of its own, so nothing else is in danger.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { createTransport } from 'nodemailer'
import { openDatabase } from '#platform/db/db.ts'
import { attachEmbedded } from '#platform/db/embedded.ts'
import { startImapServer } from '../imap-server.ts'
import { runFoyer, startFoyer } from '../process.ts'
import { until } from '../until.ts'
import { connectMailbox, setUpIn } from './desk-with-mailbox.ts'

const disk = mkdtempSync(join(tmpdir(), 'foyer-disk-'))
const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=300m,mode=755', 'tmpfs', disk])
const skip =
  mounted.status === 0
    ? undefined
    : `no disk of its own can be mounted (${String(mounted.stderr).trim() || 'no mount'})`
if (skip) console.log(`skipped: ${skip}`)
after(() => {
  if (!skip) spawnSync('umount', ['-l', disk])
  rmSync(disk, { recursive: true, force: true })
})

/** Takes all the room there is, to the last byte. */
function fill(): void {
  const file = openSync(join(disk, 'filler'), 'w')
  for (let size = 1024 * 1024; size >= 1; )
    try {
      if (writeSync(file, Buffer.alloc(size)) < size) size = Math.floor(size / 2)
    } catch {
      size = Math.floor(size / 2)
    }
  closeSync(file)
}
const mail = (n: string) =>
  `From: Anna <anna@example.org>\r\nTo: support@example.com\r\nSubject: ${n}\r\nMessage-ID: <${n}@example.org>\r\n\r\n${'Words. '.repeat(3000)}${n}\r\n`

test('a full disk: 452, the mailbox’s position stays, and all comes in when there is room', {
  skip,
}, async () => {
  const data = join(disk, 'data')
  const key = await setUpIn(data)
  const imapServer = await startImapServer()
  const desk = await startFoyer(['--data', data])
  const url = await attachEmbedded(data)
  const db = openDatabase({ url: url!, size: 2 })
  try {
    await connectMailbox(desk, key, imapServer)
    const subjects = async () =>
      (await db.selectFrom('messages').select('subject').orderBy('subject').execute()).map(
        (row) => row.subject,
      )
    const position = async () =>
      (await db.selectFrom('imap_positions').select('last_uid').execute())[0]?.last_uid
    imapServer.deliver('u', mail('a1'))
    await until(async () => (await subjects()).includes('a1'), { within: 60_000, what: 'the first mail' })
    const before = await position()
    const smtpPort = Number(/"what":"smtp door","port":(\d+)/.exec(desk.err())![1])
    const post = createTransport({ host: '127.0.0.1', port: smtpPort, secure: false })
    const send = (n: string) =>
      post.sendMail({ raw: mail(n), envelope: { from: 'anna@example.org', to: 'support@example.com' } })
    fill()
    await assert.rejects(send('b1'), { responseCode: 452 })
    imapServer.deliver('u', mail('c1'))
    const troubled = () =>
      db.selectFrom('channels').select('last_error').where('last_error_side', '=', 'in').executeTakeFirst()
    await until(
      async () =>
        /ENOSPC|No space/i.test(desk.err()) &&
        ((await troubled().catch(() => null)) ?? /mailbox/.test(desk.err())),
      { within: 60_000, what: 'the mailbox to be refused' },
    )
    await assert.rejects(send('b1'), { responseCode: 452 })
    assert.equal(await position().catch(() => before), before, 'the mailbox stays where it was')
    rmSync(join(disk, 'filler'))
    await until(
      () =>
        send('b1').then(
          () => true,
          () => false,
        ),
      { within: 120_000, what: 'the door to take it' },
    )
    await until(async () => (await subjects().catch(() => [])).length === 3, {
      within: 180_000,
      what: 'all mails',
    })
    assert.deepEqual(await subjects(), ['a1', 'b1', 'c1'])
    post.close()
    const ledger = await runFoyer(['ledger', '--json', '--data', data])
    assert.equal(ledger.code, 0, ledger.out)
  } finally {
    await db.destroy()
    await desk.stop()
    await imapServer.stop()
  }
})
