// The kit is the one place where things look and behave: what is pressed, typed into and coloured elsewhere uses it.
import assert from 'node:assert/strict'
import { glob, readFile } from 'node:fs/promises'
import { test } from 'node:test'

const root = new URL('../../../', import.meta.url).pathname
const read = async (pattern: string[]) => {
  const files = await Array.fromAsync(glob(pattern, { cwd: root }))
  return Promise.all(
    files
      .map((file) => file.replaceAll('\\', '/'))
      .filter((file) => !file.includes('console/kit/') && !file.includes('.test.'))
      .map(async (file) => ({ file, text: await readFile(root + file, 'utf8') })),
  )
}
const screens = ['src/console/**/*.tsx', 'src/features/*/ui/**/*.tsx']
const having = (files: { file: string; text: string }[], pattern: RegExp) =>
  files.filter(({ text }) => pattern.test(text)).map(({ file }) => file)

test('there is no button beside the kit’s', async () => {
  const files = await read(screens)
  assert.ok(files.length > 100)
  assert.deepEqual(having(files, /<button\b|role="(?:button|checkbox|switch|menuitem|tab)"|<select\b/), [])
})
test('screens reach the library of parts through the kit only', async () => {
  assert.deepEqual(having(await read([...screens, 'src/features/*/ui/**/*.ts']), /@base-ui\/react/), [])
})
test('every part of the kit is on its page', async () => {
  const pages = await read(['src/console/kit-page/*.tsx'])
  const shown = pages.map(({ text }) => text).join('\n')
  const parts = (await Array.fromAsync(glob('*.tsx', { cwd: `${root}src/console/kit` }))).filter(
    (name) => /^[A-Z]/.test(name) && !/Popup|Bubble|Toaster/.test(name),
  )
  assert.ok(parts.length > 20)
  assert.deepEqual(
    parts.filter((name) => !shown.includes(`/kit/${name}'`)),
    [],
  )
})
