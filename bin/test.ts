// npm test: everything, or the files named. One PostgreSQL for the run, a database per file; a closing line,
// and which files took longest.
import { globSync } from 'node:fs'
import { relative } from 'node:path'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import { prepareTemplate, startTestServer } from '../test/database.ts'

const named = process.argv.slice(2).filter((argument) => !argument.startsWith('-'))
const files = (named.length > 0 ? named : ['src/**/*.test.ts', 'test/**/*.test.ts'])
  .flatMap((pattern) => globSync(pattern))
  .sort()
if (files.length === 0) {
  console.error('No test file matches.')
  process.exit(1)
}
// FOYER_TEST_DATABASE_URL names another server (say Debian's 15) to run the same tests on.
const outside = process.env.FOYER_TEST_DATABASE_URL
const server = outside ? { url: outside, stop: async () => {} } : await startTestServer()
await prepareTemplate(server.url)
process.env.FOYER_TEST_SERVER = server.url

let passed = 0
let failed = 0
let skipped = 0
const stream = run({ files, concurrency: 2, timeout: 10 * 60_000 })
const isSuite = (event: { details?: { type?: string } }) => event.details?.type === 'suite'
stream.on('test:pass', (event) => {
  if (isSuite(event)) return
  if (event.skip !== undefined) skipped += 1
  else passed += 1
})
stream.on('test:fail', (event) => {
  if (!isSuite(event)) failed += 1
})
const taken: { file: string; seconds: number }[] = []
stream.on('test:summary', ({ file, duration_ms }) => {
  if (file) taken.push({ file: relative('.', file), seconds: Math.round(duration_ms / 1000) })
})
stream.compose(new spec()).pipe(process.stdout)
await new Promise((resolve) => stream.on('end', resolve))
await server.stop()
const longest = taken.sort((a, b) => b.seconds - a.seconds).slice(0, 10)
if (files.length > 1)
  process.stdout.write(`\nLongest:\n${longest.map((each) => `${each.seconds} s ${each.file}\n`).join('')}`)
process.stdout.write(`\n${passed} passed, ${failed} failed, ${skipped} skipped\n`, () =>
  process.exit(failed > 0 || passed === 0 ? 1 : 0),
)
