import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Item } from '../conversations.contract.ts'
import { gapsOf, joinStretches, type Stretch, stretchOf } from './stretches.ts'

const items = (from: number, to: number, text = '') =>
  Array.from(
    { length: to - from + 1 },
    (_, at) => ({ id: `i${from + at}`, position: from + at, text }) as Item,
  )
const answer = (from: number, to: number, text = '') => ({
  items: items(from, to, text),
  olderCursor: from > 1 ? `before ${from}` : null,
  newerCursor: `after ${to}`,
})
const shape = (stretches: Stretch[]) => stretches.map(({ from, to, items }) => [from, to, items.length])
const newest = stretchOf({ ...answer(351, 400), newerCursor: null })
const around = stretchOf(answer(76, 125))

test('a message far up stands in a stretch of its own, and what lies between is counted', () => {
  const stretches = joinStretches(around, newest)
  assert.deepEqual(shape(stretches), [
    [76, 125, 50],
    [351, 400, 50],
  ])
  assert.deepEqual(gapsOf(stretches), [
    { after: 'i125', from: 126, to: 350, count: 225, newerCursor: 'after 125', olderCursor: 'before 351' },
  ])
})

test('a gap is filled from above and from below until nothing lies between', () => {
  const down = stretchOf(answer(126, 175), { from: 126 })
  const up = stretchOf(answer(301, 350), { to: 350 })
  const half = joinStretches(around, newest, down, up)
  assert.deepEqual(
    gapsOf(half).map(({ after, count, newerCursor, olderCursor }) => [
      after,
      count,
      newerCursor,
      olderCursor,
    ]),
    [['i175', 125, 'after 175', 'before 301']],
  )
  // The last fetch reaches farther than the gap does: what is there twice stands there once.
  const whole = joinStretches(...half, stretchOf(answer(176, 310), { from: 176 }))
  assert.deepEqual(shape(whole), [[76, 400, 325]])
  assert.deepEqual(gapsOf(whole), [])
  assert.equal(whole[0]?.olderCursor, 'before 76')
  assert.equal(whole[0]?.newerCursor, null)
})

test('positions nothing stands on are no gap once somebody asked', () => {
  const above = stretchOf({ ...answer(1, 10) })
  const below = stretchOf({ items: items(14, 20), olderCursor: 'before 14', newerCursor: null })
  assert.equal(gapsOf(joinStretches(above, below))[0]?.count, 3)
  const asked = stretchOf({ items: items(14, 20), olderCursor: 'before 14', newerCursor: null }, { from: 11 })
  assert.deepEqual(gapsOf(joinStretches(above, below, asked)), [])
})

test('a newest page that moved on while nobody looked leaves a gap, not a lie', () => {
  const later = stretchOf({ ...answer(451, 500), newerCursor: null })
  assert.deepEqual(
    gapsOf(joinStretches(newest, later)).map(({ count, newerCursor, olderCursor }) => [
      count,
      newerCursor,
      olderCursor,
    ]),
    [[50, null, 'before 451']],
  )
})

test('what was told later about an item is what is shown', () => {
  const [only] = joinStretches(stretchOf(answer(1, 3, 'old')), stretchOf(answer(2, 3, 'new')))
  assert.deepEqual(
    only?.items.map((item) => (item as unknown as { text: string }).text),
    ['old', 'new', 'new'],
  )
})
