// npm run test:hostile: the attacks of DOMPurify's tests, H5SC and the list of naughty strings, by mail, into every place.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openBrowser } from '#test/browser.ts'
import { corpora, withoutCorpora } from '#test/corpora.ts'
import { startDesk } from '#test/desk.ts'
import { runBare } from './control.ts'
import { collections } from './payloads.ts'
import { documentsIn, plant, signIn, walk } from './places.ts'
import { watch } from './watch.ts'

test('none of the collected attacks does anything, and bare they do', { skip: withoutCorpora }, async (t) => {
  const { visit } = await openBrowser()
  for (const { name, payloads } of await collections(corpora))
    await t.test(name, async () => {
      const desk = await startDesk()
      const began = performance.now()
      const numbers = await plant(desk, payloads)
      const page = await visit({ expected: /./ })
      const watching = await watch(page, desk.url)
      await signIn(page, desk.url)
      await walk(page, desk.url, numbers, watching)
      const bare = await runBare(await visit({ expected: /./ }), payloads)
      const seconds = Math.round((performance.now() - began) / 1000)
      console.log(
        `${name}: ${payloads.length} payloads in ${numbers.length} conversations, ${watching.happened.length} did something in ${watching.documents()} documents; bare ${bare}; ${seconds} s`,
      )
      assert.deepEqual(watching.happened, [])
      assert.ok(
        watching.documents() >= documentsIn(payloads),
        `only ${watching.documents()} documents were looked at`,
      )
      // Much of H5SC speaks to browsers long gone; most naughty strings are no HTML at all.
      const fewest = { dompurify: 1 / 4, h5sc: 1 / 5 }[name] ?? 0
      assert.ok(bare > payloads.length * fewest, `only ${bare} ran bare`)
    })
})
