import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mentionsIn } from './mentionsIn.ts'

const people = [
  { id: '1', name: 'Ann' },
  { id: '2', name: 'Ann Lee' },
  { id: '3', name: 'Дарья Ким' },
]
test('the longest name wins, and each person is called once', () => {
  assert.deepEqual(mentionsIn('@Ann Lee, see this. @ann lee!', people), ['2'])
  assert.deepEqual(mentionsIn('@Ann and @Дарья Ким', people).sort(), ['1', '3'])
})
test('a name without the sign calls nobody', () => {
  assert.deepEqual(mentionsIn('Ann said so', people), [])
})
