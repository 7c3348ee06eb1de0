import assert from 'node:assert/strict'
import { glob, readFile } from 'node:fs/promises'
import { test } from 'node:test'
import {
  allCommands,
  type Binding,
  bind,
  contexts,
  defineCommand,
  runCommand,
  runKey,
  runnable,
} from './registry.ts'

const root = new URL('../../../', import.meta.url)
for await (const file of glob(['src/console/commands/desk.ts', 'src/features/*/ui/commands.ts'], {
  cwd: root.pathname,
}))
  await import(new URL(file, root).href)
const product = allCommands()

test('no two commands of one context share a key', () => {
  for (const context of contexts) {
    const keys = product
      .filter((command) => (command.when ?? 'anywhere') === context)
      .flatMap((command) => command.keys ?? [])
    assert.deepEqual(
      keys.filter((key, index) => keys.indexOf(key) !== index),
      [],
    )
  }
})
test('no single key is the beginning of two after each other', () => {
  const keys = new Set(product.flatMap((command) => command.keys ?? []))
  for (const key of keys) if (key.includes(' ')) assert.ok(!keys.has(key.split(' ')[0]!), key)
})
test('every command has words in every language', async () => {
  for (const language of ['en', 'ru'])
    for (const { id, text } of product) {
      const [namespace, key] = text.split(':')
      const texts = await readFile(new URL(`src/shared/texts/${language}/${namespace}.json`, root), 'utf8')
      assert.ok(JSON.parse(texts)[key ?? ''], `${id} in ${language}`)
    }
})

const wide = defineCommand({ id: 'test.wide', text: 'x:y', group: 'desk', keys: ['e'] })
const narrow = defineCommand({
  id: 'test.narrow',
  text: 'x:y',
  group: 'desk',
  keys: ['e'],
  when: 'selection',
})
/** Binds for the length of one test; answers what ran. */
function on(t: { after: (undo: () => void) => void }, ...bindings: Partial<Binding>[]): string[] {
  const ran: string[] = []
  for (const given of bindings) {
    const command = given.command ?? wide
    t.after(bind({ current: [{ command, run: () => ran.push(given.words ?? command.id), ...given }] }))
  }
  return ran
}

test('the narrowest context gets the key, whatever came on screen last', (t) => {
  const ran = on(t, { command: narrow }, { command: wide })
  assert.equal(runKey('e'), true)
  assert.deepEqual(ran, ['test.narrow'])
})
test('within one context the latest on screen gets it', (t) => {
  const ran = on(t, { words: 'first' }, { words: 'second' })
  runKey('e')
  assert.deepEqual(ran, ['second'])
})
test('what is off is passed by, and so is who says it is not for him', (t) => {
  const ran = on(t, { words: 'taken' }, { command: narrow, off: true }, { run: () => false })
  assert.equal(runKey('e'), true)
  assert.deepEqual(ran, ['taken'])
  assert.equal(
    runnable().some(({ command }) => command === narrow),
    false,
  )
})
test('nobody runs what is not on screen', () => {
  assert.equal(runKey('e'), false)
  assert.equal(runCommand(wide), false)
})
test('a command defined twice is a mistake and says so', () => {
  assert.throws(() => defineCommand({ ...wide }), /test\.wide is defined twice/)
})
