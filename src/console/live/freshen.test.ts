import assert from 'node:assert/strict'
import { test } from 'node:test'
import { touched } from './freshen.ts'

const names = (kind: string, conversation: number | null) =>
  touched({ type: 'event', seq: 1, kind, ids: { conversation, item: null } }).map((key) => key.join(' '))

test('a conversation’s event touches its page, the lists and the counts, and no other conversation', () => {
  const keys = names('assigned', 7)
  assert.ok(keys.includes('conversation 7') && keys.includes('list') && keys.includes('views'))
  assert.ok(!keys.some((key) => key.startsWith('conversation') && key !== 'conversation 7'))
})
test('a settings event touches what shows it and leaves conversations alone', () => {
  assert.deepEqual(names('team_created', null), ['teams', 'agents', 'me', 'views'])
  assert.deepEqual(names('moon_landed', null), [])
})
