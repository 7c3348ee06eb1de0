import assert from 'node:assert/strict'
import { test } from 'node:test'
import { after, days, hours } from '#platform/clock/clock.ts'
import { silenceOf } from './silence.ts'

const last = new Date('2026-03-06T16:00:00Z')
const office = { first: after(last, -days(28)), last, hours: 150, longestPause: hours(65) }
const later = (ms: number) => after(last, ms)

test('a weekend is usual for a mailbox that has seen weekends, a week is not', () => {
  assert.equal(silenceOf(office, later(hours(65))), null)
  assert.equal(silenceOf(office, later(hours(130))), null)
  assert.deepEqual(silenceOf(office, later(hours(131))), last)
})

test('a busy mailbox may be still for a day', () => {
  const busy = { ...office, longestPause: hours(2) }
  assert.equal(silenceOf(busy, later(hours(24))), null)
  assert.deepEqual(silenceOf(busy, later(hours(25))), last)
})

test('of a mailbox that has seen little nothing is said', () => {
  assert.equal(silenceOf({ ...office, hours: 9 }, later(days(90))), null)
  assert.equal(silenceOf({ ...office, first: after(last, -days(6)) }, later(days(90))), null)
})
