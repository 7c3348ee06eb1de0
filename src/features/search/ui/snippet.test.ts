import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pieces } from './snippet.ts'

const shown = (html: string) =>
  pieces(html)
    .map((piece) => (piece.hit ? `[${piece.text}]` : piece.text))
    .join('')

test('only mark is live', () => {
  assert.equal(shown('a <mark>lid</mark> &amp; a <mark>dent</mark>'), 'a [lid] & a [dent]')
  assert.equal(shown('<img src=x onerror=alert(1)><mark>x</mark>'), '<img src=x onerror=alert(1)>[x]')
  assert.equal(shown('<mark onclick=x>a</mark>'), '<mark onclick=x>a')
})
test('what was escaped is read once, not twice', () => {
  assert.equal(shown('&lt;b&gt; &amp;lt; &#39;&#x2F;&quot;'), '<b> &lt; \'/"')
  assert.equal(shown('&unknown; &#99999999;'), '&unknown; &#99999999;')
})
