import assert from 'node:assert/strict'
import { test } from 'node:test'
import { linked } from './linked.ts'

const links = (text: string) => linked(text).flatMap((part) => part.href ?? [])

test('addresses and links come alive without the full stop behind them', () => {
  assert.deepEqual(links('See https://example.com/a?b=1, or write to kim@example.org.'), [
    'https://example.com/a?b=1',
    'mailto:kim@example.org',
  ])
  assert.deepEqual(links('(https://example.com)'), ['https://example.com'])
  assert.deepEqual(links('https://example.com/Foyer_(room).'), ['https://example.com/Foyer_(room)'])
})
test('nothing else does', () => {
  assert.deepEqual(links('javascript:alert(1) ftp://x data:text/html,<b>'), [])
})
test('the parts put together are the text', () => {
  const text = 'a https://b.example) c@d.example, e'
  assert.equal(
    linked(text)
      .map((part) => part.text)
      .join(''),
    text,
  )
})
