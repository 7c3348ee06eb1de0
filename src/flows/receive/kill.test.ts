// The process is killed between keeping and working: what had its 250 is there, once.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { createTransport } from 'nodemailer'
import { sums } from '#features/ledger/ledger.ts'
import { openDatabase } from '#platform/db/db.ts'
import { startDesk } from '#test/desk.ts'
import { type FoyerProcess, startFoyer } from '#test/process.ts'

// Only for its database, set up; it works on nothing itself.
const { desk, house, databaseUrl } = await startDesk({ config: { role: 'web' } })
const env = { DATABASE_URL: databaseUrl }
const start = () => startFoyer(['--data', house.config.data], { env })
const smtpPort = async (foyer: FoyerProcess): Promise<number> => {
  for (const end = performance.now() + 60_000; performance.now() < end; await wait(20)) {
    const port = /"what":"smtp door","port":(\d+)/.exec(foyer.err())?.[1]
    if (port) return Number(port)
  }
  throw new Error(`no SMTP door: ${foyer.err()}`)
}

test('kill −9 right after the last 250 loses nothing and doubles nothing', async () => {
  const first = await start()
  const mails = 40
  const port = await smtpPort(first)
  // The desk that set the database up is gone: the next process is alone.
  await desk.close()
  const transport = createTransport({ host: '127.0.0.1', port, secure: false, pool: true, maxConnections: 8 })
  await Promise.all(
    Array.from({ length: mails }, (_, n) =>
      transport.sendMail({
        from: `c${n}@example.org`,
        to: 'support@example.com',
        subject: `Mail ${n}`,
        text: 'Words',
      }),
    ),
  )
  await first.kill()
  transport.close()
  const db = openDatabase({ url: databaseUrl, size: 2 })
  const left = (await sums(db)).received
  assert.equal(left.total, mails, 'every 250 is in the ledger')
  console.log(`${left.waiting} of ${mails} were kept and not yet worked on`)
  const second = await start()
  for (const end = performance.now() + 100_000; performance.now() < end; await wait(50)) {
    const { waiting, failed } = (await sums(db)).received
    if (waiting + failed === 0) break
  }
  await second.stop()
  const { started, difference } = (await sums(db)).received
  assert.deepEqual({ started, difference }, { started: mails, difference: 0 })
  const { n } = await db
    .selectFrom('messages')
    .select((f) => f.fn.countAll<string>().as('n'))
    .executeTakeFirstOrThrow()
  assert.equal(Number(n), mails)
  await db.destroy()
})
