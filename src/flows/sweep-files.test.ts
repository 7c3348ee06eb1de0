// Once a day, by our clock, what no row names goes.
import assert from 'node:assert/strict'
import { existsSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { sql } from 'kysely'
import * as ledger from '#features/ledger/ledger.ts'
import { days, after as later, TestClock } from '#platform/clock/clock.ts'
import { inTransaction } from '#platform/db/db.ts'
import { startDesk } from '#test/desk.ts'
import { mailIn } from '#test/post.ts'
import { until } from '#test/until.ts'
import { sweepFiles } from './sweep-files.ts'

const clock = new TestClock(new Date('2026-03-02T09:00:00Z'))
const testDesk = await startDesk({ clock })
const { desk, house, inbox, admin } = testDesk
const pathOf = (sha256: Buffer) => {
  const hex = sha256.toString('hex')
  return join(house.config.data, 'files', hex.slice(0, 2), hex.slice(2, 4), hex)
}
/** By the clock of the store, which no test turns. */
function age(sha256: Buffer) {
  const long = new Date(Date.now() - days(2))
  utimesSync(pathOf(sha256), long, long)
}
const rowOf = (sha256: Buffer) =>
  house.db.selectFrom('files').select('sha256').where('sha256', '=', sha256).executeTakeFirst()

test('an upload that nobody took goes with its file after a day; a mail and its attachments stay', async () => {
  const { number } = await mailIn(testDesk, { text: 'It flickers.' })
  const form = new FormData()
  form.set('file', new Blob(['left behind']), 'notes.txt')
  const { body } = await admin.post<{ id: string }>('/attachments', form)
  const { file } = await house.db
    .selectFrom('attachments')
    .select('file')
    .where('id', '=', body.id)
    .executeTakeFirstOrThrow()
  const { sha256: mail } = await house.db
    .selectFrom('ledger')
    .select('sha256')
    .where('conversation', '=', String(number))
    .executeTakeFirstOrThrow()
  const crashed = await house.files.keep(Buffer.from('kept, and then the power failed'))
  for (const one of [file, mail, crashed]) age(one)
  await desk.settle()
  assert.ok([file, mail, crashed].every((one) => existsSync(pathOf(one)) || one === crashed))
  for (const day of [1, 2, 3]) {
    clock.set(later(new Date('2026-03-02T09:00:00Z'), days(day) + day))
    await desk.settle()
  }
  assert.deepEqual(
    [file, mail, crashed].map((one) => existsSync(pathOf(one))),
    [false, true, false],
  )
  assert.equal(await rowOf(file), undefined)
  assert.ok(await rowOf(mail))
})

test('bytes whose row is old and unused, and which are being named again at this moment, stay', async () => {
  const raw = Buffer.from('From: a@example.org\r\nSubject: Once more\r\n\r\nx')
  const sha256 = await house.files.keep(raw)
  const stored = later(clock.now(), -days(9))
  await house.db
    .insertInto('files')
    .values({ sha256, size: String(raw.length), stored_at: stored })
    .execute()
  age(sha256)
  let sweeping: Promise<void> | undefined
  await inTransaction(house.db, async (tx) => {
    await ledger.keep(tx, [
      {
        door: 'pipe',
        channel: null,
        inbox,
        sourceKey: null,
        sha256: await house.files.keep(raw),
        size: raw.length,
        envelopeFrom: null,
        envelopeTo: [],
        mode: 'live',
        remote: null,
        receivedAt: clock.now(),
        inHand: false,
      },
    ])
    sweeping = sweepFiles(house)
    // It waits for this transaction's hold on the row, or is done before it ends.
    let done = false
    void sweeping.finally(() => {
      done = true
    })
    await until(async () => done || (await waitsForLock()))
  })
  await sweeping
  assert.ok(await rowOf(sha256))
  assert.deepEqual(await house.files.read(sha256), raw)
})

async function waitsForLock(): Promise<boolean> {
  const { rows } = await sql`
    select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(
    house.db,
  )
  return rows.length > 0
}
