import assert from 'node:assert/strict'
import { test } from 'node:test'
import { absenceOf, awayState, daysOf } from './away.ts'

test('somebody is away between two times, later before them, here after them', () => {
  const absence = { awayFrom: '2026-12-01T00:00:00Z', awayUntil: '2026-12-05T00:00:00Z' }
  const at = (time: string) => awayState(absence, Date.parse(time))
  assert.deepEqual(
    ['2026-11-30T00:00:00Z', '2026-12-01T00:00:00Z', '2026-12-04T23:00:00Z', '2026-12-05T00:00:00Z'].map(at),
    ['later', 'away', 'away', 'here'],
  )
  assert.equal(awayState({ awayFrom: null, awayUntil: null }, 0), 'here')
  assert.equal(awayState({ awayFrom: '2026-01-01T00:00:00Z', awayUntil: null }, Date.now()), 'away')
})

test('the last day of an absence counts, and days come back as they were given', () => {
  const now = new Date('2026-11-20T12:00:00').getTime()
  const given = { from: '2026-12-01', until: '2026-12-05' }
  const { from, until } = absenceOf(given, now)
  assert.deepEqual(daysOf({ awayFrom: from, awayUntil: until }), given)
  assert.equal(new Date(until!).getTime(), new Date('2026-12-06T00:00:00').getTime())
  assert.equal(absenceOf({ from: '2026-11-20', until: '' }, now).from, null, 'today begins now')
})
