import assert from 'node:assert/strict'
import { test } from 'node:test'
import { erasedWords, takeOut } from './take-out.ts'

const erased = erasedWords([
  'My card is 4111-1111-1111 and my mother was born in Kazan, please keep it safe.',
])

test('quoted words go, however their lines are broken and marked; new words stay', () => {
  const cases: [string, string | null][] = [
    [
      'Thanks, I will look.\n\n> My card is 4111-1111-1111 and\n> my mother was born in Kazan, please\n> keep it safe.',
      'Thanks, I will look.\n\n> …\n\n',
    ],
    ['On Monday Anna wrote: "My card is 4111-1111-1111"', 'On Monday Anna wrote: "…"'],
    ['The number 4111-1111-1111 again', 'The number … again'],
    ['My dog was born in Omsk, please call', null],
    ['Nothing of it', null],
  ]
  for (const [text, rest] of cases) assert.equal(takeOut(text, erased), rest, text)
})

test('a text of two words is told by both of them together', () => {
  const short = erasedWords(['Ромашка семнадцать'])
  assert.equal(takeOut('> Ромашка\n> семнадцать\nда', short), '> …\n\nда')
  assert.equal(takeOut('Ромашка цветёт', short), null)
  assert.deepEqual(erasedWords(['OK, thanks']).runs.size, 0)
})
