import assert from 'node:assert/strict'
import { afterEach, test } from 'node:test'
import { snoozeTimes } from '#features/conversations/ui/snoozeTimes.ts'
import { shortTime } from './time.ts'
import {
  applyZone,
  chosenZone,
  dateInput,
  dayNumber,
  momentOf,
  momentOfInput,
  timeInput,
  wallOf,
} from './zone.ts'

afterEach(() => applyZone(null))
const iso = (time: number) => new Date(time).toISOString()

test('the clock of the chosen zone counts, not the device’s', () => {
  applyZone('Asia/Ulaanbaatar')
  const time = Date.parse('2026-03-01T20:30:00Z')
  assert.deepEqual(wallOf(time), { year: 2026, month: 3, day: 2, hour: 4, minute: 30 })
  assert.equal(shortTime(iso(time), time, 'en'), '04:30')
  assert.equal(dateInput(time), '2026-03-02')
  assert.equal(dayNumber(time) - dayNumber(time - 5 * 3_600_000), 1)
})

test('a moment is found by its wall clock, also where the clocks change', () => {
  applyZone('Europe/Berlin')
  assert.equal(iso(momentOf(2026, 3, 29, 1, 59)), '2026-03-29T00:59:00.000Z')
  assert.equal(iso(momentOf(2026, 3, 29, 9)), '2026-03-29T07:00:00.000Z')
  assert.equal(iso(momentOf(2026, 10, 25, 9)), '2026-10-25T08:00:00.000Z')
  assert.equal(iso(momentOf(2026, 12, 32)), '2026-12-31T23:00:00.000Z')
  const moment = momentOf(2026, 7, 1, 14, 2)
  assert.equal(momentOfInput(timeInput(moment)), moment)
  assert.ok(Number.isNaN(momentOfInput('')))
})

test('snoozing until tomorrow means nine in the morning of that zone', () => {
  applyZone('America/New_York')
  const times = snoozeTimes(new Date('2026-06-10T02:00:00Z'))
  // In New York it is still the evening of Tuesday the 9th.
  assert.equal(times.find(({ name }) => name === 'tomorrow')!.at.toISOString(), '2026-06-10T13:00:00.000Z')
  assert.equal(times.find(({ name }) => name === 'monday')!.at.toISOString(), '2026-06-15T13:00:00.000Z')
})

test('a zone the browser does not know is the device’s', () => {
  applyZone('Moon/Tranquility')
  assert.equal(chosenZone(), undefined)
})
