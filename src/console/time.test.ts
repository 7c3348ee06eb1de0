import assert from 'node:assert/strict'
import { test } from 'node:test'
import { shortTime, sizeWords, spanWords } from './time.ts'

const now = new Date(2026, 10, 22, 16, 30).getTime()
const at = (...parts: [number, number, number, number?, number?]) => new Date(...parts).toISOString()

test('today is a time, this week a weekday, this year a date, else a date with its year', () => {
  assert.equal(shortTime(at(2026, 10, 22, 9, 5), now, 'en'), '09:05')
  assert.equal(shortTime(at(2026, 10, 21, 23, 59), now, 'en'), 'Sat')
  assert.equal(shortTime(at(2026, 2, 3), now, 'en'), 'Mar 3')
  assert.equal(shortTime(at(2025, 2, 3), now, 'en'), 'Mar 3, 2025')
  assert.equal(shortTime(at(2026, 10, 21, 23, 59), now, 'ru'), 'сб')
})
test('a span is said in its largest fitting unit', () => {
  assert.equal(spanWords(-5, 'en'), 'now')
  assert.equal(spanWords(10 * 60_000, 'en'), '10 min')
  assert.equal(spanWords(47 * 3_600_000, 'en'), '47 hr')
  assert.equal(spanWords(5 * 86_400_000, 'ru'), '5 дн.')
})
test('sizes are said as file managers say them', () => {
  assert.equal(sizeWords(88_200, 'en'), '88 kB')
  assert.equal(sizeWords(1_234_000, 'en'), '1.2 MB')
})
