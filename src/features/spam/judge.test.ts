import assert from 'node:assert/strict'
import { test } from 'node:test'
import { enough, judge, type Learned } from './judge.ts'
import { type Letter, tokensOf } from './tokens.ts'

const letter = (more: Partial<Letter>): Letter => ({
  subject: null,
  text: '',
  fold: null,
  html: null,
  sender: null,
  ...more,
})

test('a mail is its new words, its sender and the hosts it links to; quoted words and numbers are not among them', () => {
  const text = 'Claim your bonus, your BONUS! 12345\n> an old promise'
  const tokens = tokensOf(
    letter({
      subject: 'Bonus waiting',
      text,
      fold: { from: text.indexOf('>'), to: text.length },
      html: '<a href="https://user@evil.example:80/x">https://shown.example</a>',
      sender: { name: 'Lucky Jim', address: 'Jim@Casino.example' },
    }),
  )
  assert.deepEqual(tokens, [
    ...['from:jim@casino.example', 'from:casino.example', 'from:lucky', 'from:jim'],
    ...['subject:bonus', 'subject:waiting', 'link:evil.example', 'link:shown.example'],
    ...['claim', 'your', 'bonus'],
  ])
})

test('words of scripts without spaces are taken in pairs of letters; a mail of megabytes gives no more than 400', () => {
  assert.deepEqual(tokensOf(letter({ text: '当選しました' })), ['当選', '選し', 'しま', 'まし', 'した'])
  const many = Array.from({ length: 200_000 }, (_, n) => `word${n}`).join(' ')
  assert.equal(tokensOf(letter({ text: many, html: many })).length, 400)
})

const lessons: Learned = { spam: 100, other: 100 }
const seen = (spam: number, other: number): Learned => ({ spam, other })
const counts = new Map([
  ['casino', seen(60, 0)],
  ['bonus', seen(50, 1)],
  ['claim', seen(40, 3)],
  ['invoice', seen(1, 50)],
  ['parcel', seen(0, 60)],
  ['address', seen(2, 40)],
  ['please', seen(50, 50)],
])

test('words of spam alone are spam, ordinary words are none, both together or unknown ones cannot be said', () => {
  const spam = judge(['casino', 'bonus', 'claim', 'please'], counts, lessons)
  assert.ok(spam.score > enough, String(spam.score))
  assert.deepEqual(spam.because, ['casino', 'bonus', 'claim'])
  assert.ok(judge(['invoice', 'parcel', 'address'], counts, lessons).score < 0.05)
  const both = judge(['casino', 'bonus', 'claim', 'invoice', 'parcel', 'address'], counts, lessons)
  assert.ok(Math.abs(both.score - 0.5) < 0.2, String(both.score))
  assert.deepEqual(judge(['never', 'seen', 'please'], counts, lessons), { score: 0.5, because: [] })
})

test('one word alone makes no spam, and a word seen once hardly speaks', () => {
  assert.ok(judge(['casino'], counts, lessons).score < 1)
  assert.ok(judge(['once'], new Map([['once', seen(1, 0)]]), lessons).score < enough)
})
