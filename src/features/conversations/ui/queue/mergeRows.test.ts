import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Conversation } from '../../conversations.contract.ts'
import { comesBefore, mergeRows } from './mergeRows.ts'

const row = (number: number, part: Partial<Conversation> = {}) =>
  ({
    number,
    priority: 'normal',
    waitingSince: null,
    createdAt: '2026-05-01T00:00:00Z',
    lastActivityAt: '2026-05-01T00:00:00Z',
    ...part,
  }) as Conversation
const page = (items: Conversation[], nextCursor: string | null) => ({ items, nextCursor })
const numbers = (pages: { items: Conversation[] }[]) =>
  pages.map(({ items }) => items.map(({ number }) => number))

test('a changed row finds its new place, one that left is gone, and pages keep their cursors', () => {
  const at = (day: number) => ({ lastActivityAt: `2026-05-0${day}T00:00:00Z` })
  const pages = [page([row(1, at(9)), row(2, at(8))], 'a'), page([row(3, at(7)), row(4, at(6))], 'b')]
  const merged = mergeRows(pages, [2, 4, 5], [row(4, at(9)), row(5, at(7))], 'updated')
  assert.deepEqual(numbers(merged), [
    [4, 1],
    [5, 3],
  ])
  assert.deepEqual(
    merged.map((each) => each.nextCursor),
    ['a', 'b'],
  )
})

test('what belongs behind all that is loaded waits for its page, unless there is none', () => {
  const late = row(9, { waitingSince: '2026-05-09T00:00:00Z' })
  const first = row(1, { waitingSince: '2026-05-01T00:00:00Z' })
  assert.deepEqual(numbers(mergeRows([page([first], 'a')], [9], [late], 'waiting')), [[1]])
  assert.deepEqual(numbers(mergeRows([page([first], null)], [9], [late], 'waiting')), [[1, 9]])
})

test('merging row by row ends in the order of a fresh list, whatever changed', () => {
  const some = fc.record({
    priority: fc.constantFrom('urgent', 'high', 'normal', 'low'),
    waitingSince: fc.constantFrom(null, '2026-05-01T00:00:00Z', '2026-05-02T00:00:00Z'),
    createdAt: fc.constantFrom('2026-05-01T00:00:00Z', '2026-05-02T00:00:00Z'),
    lastActivityAt: fc.constantFrom('2026-05-01T00:00:00Z', '2026-05-02T00:00:00Z'),
  }) as fc.Arbitrary<Partial<Conversation>>
  const sorts = fc.constantFrom('due', 'waiting', 'priority', 'newest', 'oldest', 'updated')
  fc.assert(
    fc.property(
      fc.array(some, { maxLength: 12 }),
      fc.array(some, { maxLength: 5 }),
      sorts,
      (old, changed, sort) => {
        const order = (rows: Conversation[]) =>
          rows.toSorted((a, b) => (comesBefore(a, b, sort) ? -1 : comesBefore(b, a, sort) ? 1 : 0))
        const before = order(old.map((part, i) => row(i + 1, part)))
        const after = changed.map((part, i) => row(i * 3 + 1, part))
        const expected = order([
          ...before.filter(({ number }) => !after.some((each) => each.number === number)),
          ...after,
        ])
        const merged = mergeRows(
          [page(before, null)],
          after.map(({ number }) => number),
          after,
          sort,
        )
        assert.deepEqual(
          numbers(merged)[0],
          expected.map(({ number }) => number),
        )
      },
    ),
  )
})
