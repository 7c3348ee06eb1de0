import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Item } from '../conversations.contract.ts'
import { newsKind, saidSince } from './news.ts'

const boris = { kind: 'agent', id: '2', name: 'Boris', address: null }
const olga = { ...boris, id: '1', name: 'Olga' }
let position = 0
const item = (part: object) => {
  position += 1
  return { id: String(position), position, at: '2026-03-02T09:00:00Z', author: boris, ...part } as Item
}
const message = (part: object) =>
  item({ type: 'message', direction: 'out', automatic: false, state: 'held', ...part })
const comment = (part: object) => item({ type: 'comment', deletedAt: null, ...part })
const event = (after: object) => item({ type: 'event', kind: 'status_changed', before: {}, after })

const answer = message({})
const items = [
  answer,
  message({ author: olga }),
  message({ state: 'cancelled' }),
  message({ direction: 'in', state: null, author: { kind: 'customer', id: '9', name: 'Anna' } }),
  message({
    direction: 'in',
    state: null,
    automatic: true,
    author: { kind: 'customer', id: '9', name: 'Anna' },
  }),
  comment({}),
  comment({ deletedAt: '2026-03-02T09:00:01Z' }),
  event({ category: 'solved' }),
  event({ category: 'open' }),
  event({ priority: 'high' }),
]

test('a writer is told what others say, and who closes; not of himself, machines, undone or removed words', () => {
  assert.deepEqual(saidSince(items, 0, '1').map(newsKind), ['answered', 'wrote', 'commented', 'closed'])
  assert.deepEqual(saidSince(items, answer.position, '1').map(newsKind), ['wrote', 'commented', 'closed'])
})

test('one’s own words are news for the other', () => {
  assert.deepEqual(
    saidSince(items, 0, '2').map(({ author }) => author.name),
    ['Olga', 'Anna'],
  )
})
