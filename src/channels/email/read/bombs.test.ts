// Mails made to break their reader, each followed by an ordinary one that waits behind it.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { bombs } from '#test/bombs.ts'
import { createReaderPool } from './reader-pool.ts'

const pool = createReaderPool({ timeMs: 500, clockMs: 60_000, slowMs: 150 })
after(() => pool.close())

for (const [name, make] of Object.entries(bombs))
  test(`${name}: read or refused as a passed limit, and the next mail is read`, async () => {
    const [bomb, next] = await Promise.all([
      pool.read(new Uint8Array(Buffer.from(make()))),
      pool.read(new Uint8Array(Buffer.from('Subject: next\r\nFrom: a@example.org\r\n\r\nHello'))),
    ])
    assert.ok(bomb.ok || bomb.kind === 'limit', JSON.stringify(bomb).slice(0, 200))
    assert.equal(next.ok && next.mail.subject, 'next')
  })
