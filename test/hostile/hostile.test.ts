// Mail from somebody who wants more than an answer. The large collections: npm run test:hostile.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openBrowser } from '#test/browser.ts'
import { startDesk } from '#test/desk.ts'
import { runBare } from './control.ts'
import { sample } from './payloads.ts'
import { documentsIn, plant, signIn, walk } from './places.ts'
import { watch } from './watch.ts'

const { visit } = await openBrowser()
const desk = await startDesk()

test('nothing a stranger writes runs, fetches, opens or stands there live, wherever it is shown', async () => {
  const numbers = await plant(desk, sample)
  const page = await visit({ expected: /./ })
  const watching = await watch(page, desk.url)
  await signIn(page, desk.url)
  await walk(page, desk.url, numbers, watching)
  assert.deepEqual(watching.happened, [])
  assert.ok(
    watching.documents() >= documentsIn(sample),
    `only ${watching.documents()} documents were looked at`,
  )
})

test('the same words do run where nothing stands in between', async () => {
  const ran = await runBare(await visit({ expected: /./ }), sample)
  assert.ok(ran >= 15, `${ran} of ${sample.length} ran`)
})
