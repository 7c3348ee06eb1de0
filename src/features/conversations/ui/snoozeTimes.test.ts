import assert from 'node:assert/strict'
import { test } from 'node:test'
import { snoozeTimes } from './snoozeTimes.ts'

const at = (now: Date) => Object.fromEntries(snoozeTimes(now).map(({ name, at: time }) => [name, time]))

test('on a Monday morning Monday means the next one', () => {
  const times = at(new Date(2026, 10, 23, 8, 30))
  assert.deepEqual(times.monday, new Date(2026, 10, 30, 9))
  assert.deepEqual(times.tomorrow, new Date(2026, 10, 24, 9))
  assert.deepEqual(times.evening, new Date(2026, 10, 23, 18))
})
test('the evening is not offered when it is there', () => {
  assert.equal(at(new Date(2026, 10, 22, 17, 30)).evening, undefined)
  assert.deepEqual(at(new Date(2026, 10, 22, 17, 30)).monday, new Date(2026, 10, 23, 9))
})
test('every time lies ahead, over the end of a month and a year too', () => {
  for (const now of [new Date(2026, 11, 31, 23, 59), new Date(2027, 1, 28, 0, 1)])
    for (const { at: time } of snoozeTimes(now)) assert.ok(time > now, String(time))
})
