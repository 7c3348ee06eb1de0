import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { defaultLimits } from './mail.ts'
import { createReaderPool, type ReaderPool } from './reader-pool.ts'

const raw = (text: string): Uint8Array => new Uint8Array(Buffer.from(text))
const simple = (subject: string): Uint8Array => raw(`Subject: ${subject}\r\nFrom: a@example.com\r\n\r\nHello`)
const pools: ReaderPool[] = []
const poolOf = (options: Parameters<typeof createReaderPool>[0]): ReaderPool => {
  const pool = createReaderPool(options)
  pools.push(pool)
  return pool
}
after(() => Promise.all(pools.map((pool) => pool.close())))

/** Reading this takes far longer than any time given to it here. */
const endless = raw(
  `Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\nContent-Type: text/html\r\n\r\n<p>x<table><tr><td>y\r\n'.repeat(200_000)}`,
)
const loose = { ...defaultLimits, parts: 1e9, headers: 1e9, headerSize: 1e9 }

test('many mails at once each get their own answer', async () => {
  const pool = poolOf({})
  const outcomes = await Promise.all(Array.from({ length: 50 }, (_, at) => pool.read(simple(`mail ${at}`))))
  assert.deepEqual(
    outcomes.map((outcome) => outcome.ok && outcome.mail.subject),
    outcomes.map((_, at) => `mail ${at}`),
  )
})

test('attachments arrive whole, the bytes given stay with the caller unless he lets them go', async () => {
  const pool = poolOf({})
  const mail = raw(
    'Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--b--',
  )
  for (const take of [false, true]) {
    const outcome = await pool.read(mail, { take })
    assert.ok(outcome.ok)
    assert.deepEqual([...outcome.mail.attachments[0]!.bytes], [137, 80, 78, 71, 13, 10, 26, 10])
    assert.equal(mail.byteLength === 0, take)
  }
})

test('a mail that takes too long ends as a passed limit, and the next one is read', async () => {
  const pool = poolOf({ timeMs: 300, clockMs: 60_000, limits: loose })
  const [slow, next] = await Promise.all([pool.read(endless), pool.read(simple('next'))])
  assert.deepEqual(slow, { ok: false, kind: 'limit', reason: 'Took more than 300 ms' })
  assert.ok(next.ok)
})

test('a mail that needs too much memory ends as a passed limit, and the next one is read', async () => {
  const pool = poolOf({ memoryMb: 24, limits: loose })
  const [big, next] = await Promise.all([pool.read(endless), pool.read(simple('next'))])
  assert.deepEqual(big, { ok: false, kind: 'limit', reason: 'Needed too much memory' })
  assert.ok(next.ok)
})

test('a mail that is too large or too deep is refused as a passed limit', async () => {
  const pool = poolOf({ limits: { ...defaultLimits, size: 1000, headers: 10 } })
  const large = await pool.read(raw('x'.repeat(1001)))
  const many = await pool.read(raw(`${'X: y\r\n'.repeat(20)}\r\n`))
  assert.deepEqual(
    [large, many].map((outcome) => !outcome.ok && outcome.kind),
    ['limit', 'limit'],
  )
})

test('a cancelled mail rejects, and the others are read', async () => {
  const pool = poolOf({ limits: loose })
  const cancel = new AbortController()
  const reading = pool.read(endless, { signal: cancel.signal })
  const waiting = pool.read(simple('waiting'), { signal: cancel.signal })
  const other = pool.read(simple('other'))
  cancel.abort(new Error('stop'))
  const settled = await Promise.allSettled([reading, waiting])
  assert.deepEqual(
    settled.map((one) => one.status),
    ['rejected', 'rejected'],
  )
  assert.ok((await other).ok)
})

test('closing answers everything that is under way', async () => {
  const pool = poolOf({ limits: loose })
  const under = [pool.read(endless), pool.read(simple('waiting'))]
  await pool.close()
  const closed = { ok: false, kind: 'broken', reason: 'closed' }
  assert.deepEqual(await Promise.all([...under, pool.read(simple('late'))]), [closed, closed, closed])
})

test('an idle thread is ended when asked for, and mails are read after that', async () => {
  const pool = poolOf({ idleMs: 1 })
  for (const subject of ['one', 'two', 'three']) {
    const outcome = await pool.read(simple(subject))
    assert.ok(outcome.ok && outcome.mail.subject === subject)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
})
