import assert from 'node:assert/strict'
import { test } from 'node:test'
import { listedOnce } from './listedOnce.ts'
import type { Command, Group } from './registry.ts'

const command = (id: string, group: Group, text: string, ...keys: string[]): Command => ({
  id,
  group,
  text,
  keys,
})

test('an act that works in several places stands once in the list of keys, with the conversation', () => {
  const commands = [
    command('queue.close', 'queue', 'frame:close', 'e'),
    command('queue.next', 'queue', 'frame:next', 'j'),
    command('selection.close', 'selection', 'frame:close', 'e'),
    command('selection.spam', 'selection', 'frame:spam', '!'),
    command('conversation.close', 'conversation', 'frame:close', 'e'),
    command('desk.dark', 'desk', 'frame:dark'),
  ]
  assert.deepEqual(
    listedOnce(commands).map(({ id }) => id),
    ['queue.next', 'selection.spam', 'conversation.close'],
  )
})
test('the same words under another key are another line', () => {
  const commands = [
    command('queue.open', 'queue', 'frame:open', 'Enter'),
    command('selection.open', 'selection', 'frame:open', 'o'),
  ]
  assert.equal(listedOnce(commands).length, 2)
})
