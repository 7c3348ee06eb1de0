import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dropAt } from './dropAt.ts'
import { tellApart } from './tellApart.ts'

test('a dragged row lands behind every row whose middle it has passed, and at its own place it stays', () => {
  const middles = [10, 30, 50, 70]
  assert.deepEqual(
    [-5, 12, 31, 52, 500].map((height) => dropAt(middles, height, 0)),
    [0, 0, 1, 2, 3],
  )
  assert.deepEqual(
    [-5, 12, 31, 52, 500].map((height) => dropAt(middles, height, 2)),
    [0, 1, 2, 2, 3],
  )
})

test('views of one name say whose they are; a name of its own needs no more words', () => {
  const views = [
    { id: '1', name: 'Urgent', scope: 'team' as const, team: '7' },
    { id: '2', name: 'urgent ', scope: 'team' as const, team: '8' },
    { id: '3', name: 'Urgent', scope: 'me' as const, team: null },
    { id: '4', name: 'VIP', scope: 'team' as const, team: '7' },
  ]
  const teams = [
    { id: '7', name: 'Billing' },
    { id: '8', name: 'Delivery' },
  ]
  assert.deepEqual(
    [...tellApart(views, teams)],
    [
      ['1', 'Billing'],
      ['2', 'Delivery'],
    ],
  )
})
