import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Item } from '../conversations.contract.ts'
import { rowsOf } from './rows.ts'
import type { Gap } from './stretches.ts'

const item = (id: string, type: Item['type'], at: string) => ({ id, type, at }) as Item
const day = (at: string) => at.slice(0, 10)
const shape = (items: Item[], today = '2026-11-22', gaps: Gap[] = []) =>
  rowsOf(items, day, today, gaps).map((row) =>
    row.kind === 'item' || row.kind === 'gap'
      ? row.id
      : row.kind === 'events'
        ? row.events.map((each) => each.id).join('+')
        : day(row.at),
  )

test('each day begins with a line of its own, and events next to each other are one row', () => {
  assert.deepEqual(
    shape([
      item('1', 'message', '2026-11-20T09:00'),
      item('2', 'event', '2026-11-20T09:01'),
      item('3', 'event', '2026-11-20T09:02'),
      item('4', 'comment', '2026-11-22T10:00'),
    ]),
    ['2026-11-20', '1', '2+3', '2026-11-22', '4'],
  )
})

test('events of two days are not mixed, so that the line between the days stays true', () => {
  assert.deepEqual(shape([item('1', 'event', '2026-11-20T23:59'), item('2', 'event', '2026-11-21T00:01')]), [
    '2026-11-20',
    '1',
    '2026-11-21',
    '2',
  ])
})

test('a conversation of today alone has no day lines', () => {
  assert.deepEqual(shape([item('1', 'message', '2026-11-22T09:00')]), ['1'])
})

test('what was not fetched stands between, parts events, and keeps its name while it is filled', () => {
  const gap = (after: string) => ({ after }) as Gap
  const items = ['1', '2', '3', '4'].map((id) => item(id, 'event', '2026-11-22T09:00'))
  assert.deepEqual(shape(items, undefined, [gap('1'), gap('3')]), ['1', 'gap 2', '2+3', 'gap 1', '4'])
  assert.deepEqual(shape(items, undefined, [gap('3')]), ['1+2+3', 'gap 1', '4'])
})
