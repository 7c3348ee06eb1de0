// npm run check: types, format and lint, arrows, texts, generated files. What CI checks besides the tests.
import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { checkTexts } from './check-texts.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
let wrong = 0
function step(name: string, work: () => string | undefined) {
  const problem = work()
  console.log(`${problem ? 'FAILED' : 'ok    '} ${name}`)
  if (!problem) return
  wrong += 1
  console.log(problem)
}
function command(file: string, ...args: string[]): string | undefined {
  const { status, stdout, stderr } = spawnSync(process.execPath, [`${root}node_modules/${file}`, ...args], {
    cwd: root,
    encoding: 'utf8',
  })
  return status === 0 ? undefined : `${stdout}${stderr}`
}

step('types', () => command('ts7/bin/tsc', '-p', '.'))
step('format and lint', () => command('@biomejs/biome/bin/biome', 'check', '.'))
step('arrows', () => {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [`${root}node_modules/dependency-cruiser/bin/dependency-cruiser.mjs`, 'src', '--output-type', 'json'],
    { cwd: root, encoding: 'utf8', maxBuffer: 1e9 },
  )
  if (!stdout) return stderr
  const { summary } = JSON.parse(stdout)
  // With a TypeScript it does not know, dependency-cruiser sees nothing and is content.
  if (summary.totalCruised < 20) return `only ${summary.totalCruised} modules were seen`
  const broken = summary.violations.map(
    (v: { rule: { name: string }; from: string; to: string }) => `${v.rule.name}: ${v.from} → ${v.to}`,
  )
  return broken.length > 0 ? broken.join('\n') : undefined
})
step('texts', () => checkTexts(root))
if (process.argv.includes('--generated'))
  step('generated files', () => {
    const files = ['src/platform/db/schema.gen.ts', 'db/schema.sql']
    const before = files.map((file) => readFileSync(`${root}${file}`, 'utf8'))
    execFileSync(process.execPath, ['bin/db.ts', 'types'], { cwd: root })
    const changed = files.filter((file, i) => readFileSync(`${root}${file}`, 'utf8') !== before[i])
    return changed.length > 0
      ? `${changed.join(', ')} were not up to date; they are now, commit them`
      : undefined
  })
process.exit(wrong > 0 ? 1 : 0)
