import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { nextMorning } from './next-morning.ts'

const at = (now: string, zone: string) => nextMorning(new Date(now), zone).toISOString()

test('eight on the wall: today before it, else tomorrow', () => {
  assert.equal(at('2026-11-24T06:59:00Z', 'UTC'), '2026-11-24T08:00:00.000Z')
  assert.equal(at('2026-11-24T08:00:00Z', 'UTC'), '2026-11-25T08:00:00.000Z')
  assert.equal(at('2026-11-24T20:00:00Z', 'Asia/Ulaanbaatar'), '2026-11-25T00:00:00.000Z')
  assert.equal(at('2026-11-24T20:00:00Z', 'America/New_York'), '2026-11-25T13:00:00.000Z')
})
test('also over the night in which the clock is turned', () => {
  assert.equal(at('2026-03-28T20:00:00Z', 'Europe/Chisinau'), '2026-03-29T05:00:00.000Z')
  assert.equal(at('2026-10-24T20:00:00Z', 'Europe/Chisinau'), '2026-10-25T06:00:00.000Z')
})
test('always within a day and an hour, in any zone; an unknown one is UTC', () => {
  const zones = ['UTC', 'Europe/Berlin', 'Asia/Tokyo', 'Pacific/Auckland', 'America/St_Johns', 'No/Where']
  const times = fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })
  fc.assert(
    fc.property(times, fc.constantFrom(...zones), (now, zone) => {
      const ahead = nextMorning(now, zone).getTime() - now.getTime()
      assert.ok(ahead > 0 && ahead <= 25 * 3_600_000, `${ahead}`)
    }),
  )
})
