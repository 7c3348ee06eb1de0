import assert from 'node:assert/strict'
import { test } from 'node:test'
import { durationWords } from './durationWords.ts'

test('a span is said in its two largest units, seconds only alone', () => {
  const said = [0, 40, 65, 3600, 11_520, 86_400 * 2 + 3600 * 4].map((n) => durationWords(n, 'en'))
  assert.deepEqual(said, ['0 sec', '40 sec', '1 min', '1 hr', '3 hr 12 min', '2 days 4 hr'])
})
