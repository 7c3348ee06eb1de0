import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseAddresses, writeAddresses } from './addresses.ts'

test('names, bare addresses and commas inside quotes are told apart', () => {
  assert.deepEqual(parseAddresses('"Kim, Ann" <kim@example.org>; bob@example.org,\n Тест <t@пример.рф>'), {
    good: ['"Kim, Ann" <kim@example.org>', 'bob@example.org', 'Тест <t@пример.рф>'],
    bad: [],
  })
})
test('what is no address is named', () => {
  assert.deepEqual(parseAddresses('bob, kim@example.org, a@b@c'), {
    good: ['kim@example.org'],
    bad: ['bob', 'a@b@c'],
  })
  assert.deepEqual(parseAddresses('  '), { good: [], bad: [] })
})
test('what is written is read back', () => {
  const written = writeAddresses([{ name: 'Kim, Ann', address: 'kim@example.org' }, 'bob@example.org'])
  assert.deepEqual(parseAddresses(written ?? '').good, ['"Kim, Ann" <kim@example.org>', 'bob@example.org'])
})
