import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Conversation } from '../../conversations.contract.ts'
import { chipsOf, filtersOf, toSave, without } from './filters.ts'
import { chooseOrder } from './order.ts'
import { extend, nothing, these, toggle } from './selection.ts'
import { stays } from './stays.ts'
import { warmth } from './waiting.ts'

test('waiting grows warmer at one hour, four hours and a day', () => {
  const now = Date.parse('2026-05-04T10:00:00Z')
  const after = (hours: number) => warmth(new Date(now - hours * 3_600_000).toISOString(), now)
  assert.deepEqual([0, 0.9, 1, 3.9, 4, 23, 24, 900].map(after), [0, 0, 1, 1, 2, 2, 3, 3])
})

test('a row is picked, picked off, and a range reaches from the last one picked, upwards too', () => {
  const order = [5, 4, 3, 2, 1]
  const one = toggle(nothing, 4)
  assert.deepEqual([...one.numbers], [4])
  assert.deepEqual([...toggle(one, 4).numbers], [])
  assert.deepEqual([...extend(one, 2, order).numbers].sort(), [2, 3, 4])
  assert.deepEqual([...extend(toggle(one, 2), 5, order).numbers].sort(), [2, 3, 4, 5])
  assert.deepEqual([...extend(nothing, 3, order).numbers], [3])
})

test('picking one off after all were asked for no longer means all of the view', () => {
  assert.equal(toggle(these([1, 2, 3], true), 2).all, false)
})

test('filters become chips, and a chip taken away leaves the others of its field', () => {
  const filters = filtersOf({
    tag: 'shop, late',
    priority: 'high',
    sort: 'newest',
    q: 'red, blue',
    item: '4',
  })
  assert.deepEqual(
    chipsOf(filters).map(({ field, value }) => `${field}=${value}`),
    ['tag=shop', 'tag=late', 'priority=high', 'q=red, blue'],
  )
  assert.equal(without(filters, { field: 'tag', value: 'shop' }), 'late')
  assert.equal(without(filters, { field: 'priority', value: 'high' }), undefined)
  assert.equal(without(filters, { field: 'q', value: 'red, blue' }), undefined)
})

test('a view made from a built-in one looks for what that shows; one that filters cannot say is not offered', () => {
  assert.deepEqual(toSave('unassigned', null, { tag: 'shop' }), {
    assignee: 'none',
    status: 'new,open,on_hold',
    tag: 'shop',
  })
  assert.equal(toSave('mentioned', null, { tag: 'shop' }), null)
  assert.deepEqual(toSave('17', { tag: 'late' }, { tag: 'shop' }), { tag: 'shop' })
})

test('the address decides about the order, then what was chosen before, then the view itself', () => {
  assert.equal(chooseOrder('mine', {}), 'waiting')
  assert.equal(chooseOrder('all', {}), 'updated')
  assert.equal(chooseOrder('7', { own: 'priority' }), 'priority')
  assert.equal(chooseOrder('7', { own: 'priority', kept: 'oldest' }), 'oldest')
  assert.equal(chooseOrder('7', { asked: 'newest', kept: 'oldest' }), 'newest')
  assert.equal(chooseOrder('7', { asked: 'nonsense', kept: 'gone' }), 'updated')
})

test('a row that was changed here leaves its view at once', () => {
  const row = (part: object) =>
    ({
      status: { category: 'open', name: 'open' },
      assignee: { id: '1', name: 'Me' },
      snoozedUntil: null,
      spam: false,
      trashed: false,
      ...part,
    }) as Conversation
  assert.ok(stays('mine', row({}), '1'))
  assert.ok(!stays('mine', row({ assignee: { id: '2', name: 'Olga' } }), '1'))
  assert.ok(!stays('mine', row({ status: { category: 'solved', name: 'solved' } }), '1'))
  assert.ok(!stays('unassigned', row({}), '1'))
  assert.ok(!stays('all', row({ spam: true }), '1'))
  assert.ok(stays('spam', row({ spam: true }), '1'))
  assert.ok(stays('9', row({ status: { category: 'solved', name: 'solved' } }), '1'))
})
