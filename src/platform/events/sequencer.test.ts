import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../../test/database.ts'
import { inTransaction } from '../db/db.ts'
import { append, newestSeq, readStream, system } from './events.ts'
import { sequence } from './sequencer.ts'

const happened = (kind: string) => ({ at: new Date('2026-01-01T10:00:00Z'), kind, actor: system })

test('a reader that resumes from a number never skips an event that committed late', async () => {
  const db = await testDatabase()
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  let written = () => {}
  const early = new Promise<void>((resolve) => {
    written = resolve
  })
  const slow = inTransaction(db, async (tx) => {
    await append(tx, happened('slow'))
    written()
    await held
  })
  await early
  await inTransaction(db, (tx) => append(tx, happened('quick')))
  await sequence(db)
  const first = await readStream(db, 0)
  assert.deepEqual(
    first.map((event) => event.kind),
    ['quick'],
  )
  release()
  await slow
  await sequence(db)
  const rest = await readStream(db, first[0]!.seq)
  assert.deepEqual(
    rest.map((event) => event.kind),
    ['slow'],
  )
  assert.equal(await newestSeq(db), 2)
})

test('two sequencers at once give every event one place and leave no hole', async () => {
  const db = await testDatabase()
  for (let i = 0; i < 50; i += 1) await append(db, happened(`n${i}`))
  await Promise.all([sequence(db), sequence(db), sequence(db)])
  assert.deepEqual(
    (await readStream(db, 0)).map((event) => event.seq),
    Array.from({ length: 50 }, (_, i) => i + 1),
  )
})
