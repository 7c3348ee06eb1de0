import assert from 'node:assert/strict'
import { test } from 'node:test'
import { text } from '#platform/texts/texts.ts'
import { reasonWords } from './reasonWords.ts'

const t = (key: string, params?: Record<string, unknown>) => text('en', `mail:${key}`, params)
const words = (reason: string) => reasonWords(reason, t, 'en')

test('what the mail log holds as a code, and the limits, are said in words', () => {
  for (const code of ['duplicate', 'own_loop', 'nothing_of_ours', 'too_big'])
    assert.match(words(code), /^[A-Z][^_]+\.$/, code)
  assert.match(words('More than 1000 parts'), /more than 1,000 parts/)
  assert.match(words('Larger than 52428800 bytes'), /50 MB/)
  for (const limit of [
    'Took more than 20000 ms',
    'Needed too much memory',
    'Maximum allowed child nodes exceeded',
  ])
    assert.doesNotMatch(words(limit), /20000|Maximum/, limit)
})

test('a reason nobody knows is told as it is', () => {
  assert.match(words('No bytes'), /: No bytes$/)
})
