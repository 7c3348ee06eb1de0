import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  bounceEmail,
  collections,
  falseAlarms,
  flufl,
  folding,
  readable,
  type Score,
  sisimai,
  withoutCorpora,
} from '#test/corpora.ts'

const skip = withoutCorpora
const atLeast = (share: number, { right, all, misses }: Score): void =>
  assert.ok(all > 0 && right / all >= share, `${right} of ${all}: ${misses.slice(0, 20).join('\n')}`)

test('every file of every collection is read within the limits', { skip }, async () => {
  const start = performance.now()
  for (const collection of collections()) {
    const { misses } = await readable(collection)
    assert.deepEqual(
      misses.filter((miss) => !/LimitPassed|More than/.test(miss)),
      [],
      collection,
    )
  }
  assert.ok(performance.now() - start < 60_000)
})

test('bounces of many mail servers are recognised', { skip }, async () => {
  const { recognised, address, hardness } = await sisimai()
  atLeast(0.97, recognised)
  atLeast(0.95, address)
  atLeast(0.8, hardness)
  const old = await flufl()
  atLeast(0.93, old.recognised)
  atLeast(0.88, old.recipient)
})

test('mail that is no bounce or automatic answer is not called one', { skip }, async () => {
  const { bounces, others } = await bounceEmail()
  atLeast(1, bounces)
  atLeast(1, others)
  atLeast(0.998, await falseAlarms())
})

test('replies of many programs are folded to what they say', { skip }, async () => {
  atLeast(1, await folding())
})
