import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fuzzy } from './fuzzy.ts'
import { askedFor } from './offers.ts'
import { blanksIn, docOf, type Node, picturesIn, wordsOf } from './richWords.ts'

const line = (...content: Node[]): Node => ({ type: 'paragraph', content })
const text = (words: string, ...marks: NonNullable<Node['marks']>): Node => ({
  type: 'text',
  text: words,
  marks,
})

test('plain lines go in and out unchanged, blank ones too, and need no HTML', () => {
  for (const words of ['', 'Dear Anna,\n\n\nit is done.\n', '  two  blanks', 'a <b> & c'])
    assert.deepEqual(wordsOf(docOf(words)), { text: words, html: null })
})

test('what is formatted is said in both: text a person can read, HTML mail programs know', () => {
  const item = (words: string): Node => ({ type: 'listItem', content: [line(text(words))] })
  const doc: Node = {
    type: 'doc',
    content: [
      line(text('It is '), text('free', { type: 'bold' }), text(' <really>')),
      { type: 'bulletList', content: [item('print'), item('stick')] },
      { type: 'orderedList', attrs: { start: 3 }, content: [item('third')] },
      { type: 'blockquote', content: [line(text('So?')), line()] },
      line(text('see', { type: 'link', attrs: { href: 'https://a.example/"x' } })),
    ],
  }
  const { text: plain, html } = wordsOf(doc)
  assert.equal(plain, 'It is free <really>\n* print\n* stick\n3. third\n> So?\n>\nsee <https://a.example/"x>')
  assert.match(html ?? '', /<div>It is <strong>free<\/strong> &lt;really&gt;<\/div>/)
  assert.match(html ?? '', /<li>print<\/li><li>stick<\/li><\/ul><ol start="3"/)
  assert.match(html ?? '', /href="https:\/\/a\.example\/&quot;x"/)
})

test('an address that is its own text stays plain, a variable without value stays to be seen', () => {
  const href = 'https://foyer.example/x'
  const doc = { type: 'doc', content: [line(text(href, { type: 'link', attrs: { href } }))] }
  assert.deepEqual(wordsOf(doc), { text: href, html: null })
  const dear = docOf('Dear {{customer.firstName}},')
  assert.equal(dear.content?.[0]?.content?.[1]?.type, 'blank')
  assert.equal(wordsOf(dear).text, 'Dear {{customer.firstName}},')
  assert.deepEqual(blanksIn(wordsOf(dear).text), ['customer.firstName'])
  const kept = 'Dear {{customer.firstName|there}}'
  assert.equal(wordsOf(docOf(kept)).text, kept)
  assert.deepEqual(blanksIn(kept), ['customer.firstName'])
})

test('pictures between the words are known by their upload', () => {
  const src = 'https://desk.example/api/v1/attachments/17'
  const doc: Node = { type: 'doc', content: [line({ type: 'image', attrs: { src, alt: 'a "b"' } })] }
  const { html } = wordsOf(doc)
  assert.deepEqual(picturesIn(html), ['17'])
})

test('a sign asks at the beginning of a word; times, fractions and addresses ask for nothing', () => {
  const asks = (before: string) => askedFor(before, '/@:')?.typed ?? null
  assert.deepEqual(['/', '/ret', 'see @bo', '(:smi'].map(asks), ['', 'ret', 'bo', 'smi'])
  assert.deepEqual(['1/2', 'a@b', '14:02', 'https://x', ':s', 'and/or'].map(asks), Array(6).fill(null))
})

test('letters find names at their beginning first, then inside words, then in the text behind', () => {
  const all = [
    ['Delivery times', 'three days'],
    ['Return label', 'print it'],
    ['Opening', 'we return calls'],
  ] as const
  const names = (typed: string) => fuzzy(all, typed, (each) => each).map(([name]) => name)
  assert.deepEqual(names('ret'), ['Return label', 'Opening'])
  assert.deepEqual(names('dlt'), ['Delivery times'])
  assert.deepEqual(names('zzz'), [])
})
