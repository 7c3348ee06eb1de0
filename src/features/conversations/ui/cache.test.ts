import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Conversation, Item } from '../conversations.contract.ts'
import { firstUnread, joinItems, patchOpened, patchPages, settle } from './cache.ts'

const row = (number: number, more: Partial<Conversation> = {}) =>
  ({ number, subject: `s${number}`, ...more }) as Conversation
const item = (
  position: number,
  type: 'message' | 'comment' | 'event',
  author = 'customer',
  direction = 'in',
) => ({ id: String(position), position, type, direction, author: { kind: author, id: '1' } }) as Item

test('a change shows in every page that holds the row and leaves other lists the same object', () => {
  const list = {
    pages: [
      { items: [row(1), row(2)], nextCursor: 'x' },
      { items: [row(3)], nextCursor: null },
    ],
    pageParams: [],
  }
  const changed = patchPages(list, 3, { subject: 'new' })
  assert.equal(changed.pages[1]?.items[0]?.subject, 'new')
  assert.equal(changed.pages[0]?.items[0], list.pages[0]?.items[0])
  assert.equal(patchPages(list, 9, { subject: 'new' }), list)
})

test('the answer to a change has no timeline and does not wipe the one on screen', () => {
  const opened = { ...row(1), items: [item(1, 'message')], olderCursor: 'c' }
  const patched = patchOpened(opened as never, row(1, { priority: 'high' }))
  assert.equal(patched?.items.length, 1)
  assert.equal(patched?.olderCursor, 'c')
  assert.equal(patched?.priority, 'high')
})

test('timelines are joined by id in order, and the later word about an item wins', () => {
  const late = { ...item(2, 'message'), text: 'edited' } as Item
  const joined = joinItems([item(2, 'message'), item(3, 'event')], [item(1, 'message'), late])
  assert.deepEqual(
    joined.map((each) => each.position),
    [1, 2, 3],
  )
  assert.equal(joined[1], late)
})

test('under the hand nothing moves: new rows wait and are counted, gone ones stay, changed ones change', () => {
  const shown = [row(1), row(2), row(3)]
  const fresh = [row(9), row(3, { subject: 'changed' }), row(1), row(4)]
  const { rows, news } = settle(shown, fresh, true)
  assert.deepEqual(
    rows.map((each) => each.number),
    [1, 2, 3, 4],
  )
  assert.equal(rows[2]?.subject, 'changed')
  assert.equal(news, 1)
  assert.deepEqual(settle(shown, fresh, false), { rows: fresh, news: 0 })
})

test('reading goes on after the last seen item, skipping events and one’s own words', () => {
  const items = [
    item(1, 'message'),
    item(2, 'message', 'agent', 'out'),
    item(3, 'event'),
    item(4, 'comment', 'agent'),
    item(5, 'message'),
  ]
  assert.equal(firstUnread(items, '1', 'x')?.id, '2')
  assert.equal(firstUnread(items, '2', '1')?.id, '5')
  assert.equal(firstUnread(items, null, '1')?.id, '5')
  assert.equal(firstUnread(items, '5', '1'), null)
})
