import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { QueryClient } from '@tanstack/react-query'
import { until } from '#test/until.ts'
import { freshener, touched } from './freshen.ts'

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
test('a burst of events asks once for the rows it changed, and lists are not fetched whole for them', async () => {
  const asked: (readonly number[])[] = []
  const invalidated: unknown[] = []
  const client = {
    invalidateQueries: ({ queryKey }: { queryKey: unknown[] }) => void invalidated.push(queryKey[0]),
  } as unknown as QueryClient
  globalThis.window ??= globalThis as typeof window
  const freshen = freshener(client, (numbers) => asked.push(numbers), 1)
  const event = (kind: string, conversation: number | null) =>
    freshen({ type: 'event', seq: 1, kind, ids: { conversation, item: null } })
  event('assigned', 7)
  event('message_received', 7)
  event('assigned', 9)
  event('inbox_changed', null)
  await until(() => asked.length > 0)
  assert.deepEqual(asked, [[7, 9]])
  assert.deepEqual(
    invalidated.filter((name) => name === 'list'),
    ['list'],
  )
})
