// npm test: everything, or the files named. One PostgreSQL for the run, a database per file; a closing line,
// and which files took longest.
import { execFileSync } from 'node:child_process'
import { chmodSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import { prepareTemplate, startTestServer } from '../test/database.ts'

/** The longest first, so that the two lanes end together; the rest in the order of their names. */
const longest = [
  'src/console/console.test.ts',
  'src/app/start.test.ts',
  'test/faults/storm.test.ts',
  'src/app/backup/backup.test.ts',
  'test/seams/commands.test.ts',
  'src/flows/receive/mailbox.test.ts',
  'src/channels/email/read/bombs.test.ts',
  'test/e2e/composer.test.ts',
  'test/e2e/offline.test.ts',
  'test/e2e/timeline.test.ts',
]
const turn = (file: string) => (longest.includes(file) ? longest.indexOf(file) : longest.length)

/** A file may take this long; a command of its own says more by `--minutes=60`. */
const minutes = Number(process.argv.find((argument) => argument.startsWith('--minutes='))?.slice(10) ?? 10)
const named = process.argv.slice(2).filter((argument) => !argument.startsWith('-'))
const files = (named.length > 0 ? named : ['src/**/*.test.ts', 'test/**/*.test.ts'])
  .flatMap((pattern) => globSync(pattern))
  .sort((a, b) => turn(a) - turn(b) || (a < b ? -1 : 1))
if (files.length === 0) {
  console.error('No test file matches.')
  process.exit(1)
}
// FOYER_TEST_DATABASE_URL names another server (say Debian's 15) to run the same tests on.
const outside = process.env.FOYER_TEST_DATABASE_URL
const server = outside ? { url: outside, stop: async () => {} } : await startTestServer()
await prepareTemplate(server.url)
process.env.FOYER_TEST_SERVER = server.url
// Built once, before two files could do it at the same time; by a process of its own, for the bundler sets NODE_ENV to
// production in the one it runs in, and every test would have it from there.
if (files.some((file) => readFileSync(file, 'utf8').includes("/browser.ts'")))
  execFileSync(process.execPath, ['bin/build.ts'], { stdio: 'inherit' })
// What one process has compiled the next ones read: nearly half of what a file costs before its first test.
const compiled = mkdtempSync(join(tmpdir(), 'foyer-compiled-'))
chmodSync(compiled, 0o755)
process.env.NODE_COMPILE_CACHE = compiled

let passed = 0
let failed = 0
let skipped = 0
const stream = run({ files, concurrency: 2, timeout: minutes * 60_000 })
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
rmSync(compiled, { recursive: true, force: true })
const slowest = taken.sort((a, b) => b.seconds - a.seconds).slice(0, 10)
if (files.length > 1)
  process.stdout.write(`\nLongest:\n${slowest.map((each) => `${each.seconds} s ${each.file}\n`).join('')}`)
process.stdout.write(`\n${passed} passed, ${failed} failed, ${skipped} skipped\n`, () =>
  process.exit(failed > 0 || passed === 0 ? 1 : 0),
)
