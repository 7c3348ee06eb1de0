import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { sameMatter } from './same-matter.ts'

const reason = (one: [string, string], other: [string, string]) =>
  sameMatter({ subject: one[0], text: one[1] }, { subject: other[0], text: other[1] })

test('the same words, whatever the subject', () => {
  const words = 'Good morning, the lamp which came yesterday flickers and smells of burning plastic.'
  assert.equal(reason(['Lamp', words], ['Problem', `${words} Please call me.`])?.reason, 'same_words')
})
test('the same order number, in a subject or in words; years, times and prices are none', () => {
  assert.deepEqual(reason(['Order 204177', 'Where is it?'], ['Late', 'My order is 204177, thanks']), {
    reason: 'same_number',
    what: '204177',
  })
  assert.equal(reason(['2026', 'in 2026'], ['2026', 'of 2026']), null)
  assert.equal(reason(['A', 'costs 12345,60'], ['B', 'paid 12345,60']), null)
})
test('the same subject behind marks of answers, in both alphabets', () => {
  assert.equal(reason(['Где мой заказ?', 'а'], ['Re: Fwd: где мой заказ', 'б'])?.reason, 'same_subject')
  assert.equal(reason(['Hello', 'a'], ['hello', 'b']), null, 'a greeting is no matter')
})
test('different matters of one customer are not put together', () => {
  const one = 'The glass shade broke on its way to us, could you please send a new one?'
  assert.equal(
    reason(['Shade', one], ['Invoice', 'I need an invoice with our new company address, please.']),
    null,
  )
})
test('it holds for both ways, and any text is taken', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), fc.string(), (a, b, c, d) => {
      assert.equal(reason([a, b], [c, d])?.reason, reason([c, d], [a, b])?.reason)
    }),
  )
})
