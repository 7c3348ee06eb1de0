/**
 * The console under the hand: `node bench/console.ts [--conversations 20000] [--data DIR] [--opened 500] [--idle 60]`.
 *
 * A real Chromium on a desk that `foyer demo` filled: the first screen, keys, typing, scrolling, memory, silence.
 * README.md says how to read it. A folder given with --data is used again when it is filled.
 */
import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildConsole } from '../bin/build.ts'
import { launch } from '../test/browser.ts'
import { startFoyer } from '../test/process.ts'
import { firstScreen, usableQueue } from './console/first-screen.ts'
import { fillConversation, openDesk } from './console/open-desk.ts'
import { memoryOver, silence } from './console/over-time.ts'
import { type Both, nextByKey, scrolling, typing } from './console/under-the-hand.ts'
import { circumstances, type Figures, heading, line } from './figures.ts'

const { values } = parseArgs({
  options: {
    conversations: { type: 'string', default: '20000' },
    data: { type: 'string' },
    opened: { type: 'string', default: '500' },
    idle: { type: 'string', default: '60' },
  },
})
const data = values.data ?? mkdtempSync(join(tmpdir(), 'foyer-console-'))
mkdirSync(data, { recursive: true })
chmodSync(data, 0o755)
const foyer = (...args: string[]) =>
  execFileSync('node', ['bin/foyer.cjs', ...args, '--data', data], { encoding: 'utf8' })

await buildConsole()
const person = { address: 'bench@example.com', password: 'a quiet afternoon' }
if (!existsSync(join(data, 'filled'))) {
  foyer('demo', '--conversations', values.conversations)
  foyer(
    'agent',
    'add',
    '--name',
    'Bench',
    '--email',
    person.address,
    '--password',
    person.password,
    '--role',
    'admin',
  )
  writeFileSync(join(data, 'filled'), values.conversations)
}
const key = foyer('api-key', 'create', '--agent', person.address).trim()
const server = await startFoyer(['--data', data, '--smtp-port', '0'])
const browser = await launch()
const aims: string[] = []
const say = (what: string, value: number, aim: number, unit: string) => {
  aims.push(
    `${value <= aim ? 'ok    ' : 'MISSED'} ${what.padEnd(58)}${value.toFixed(1).padStart(9)} ${unit} (≤ ${aim})`,
  )
}
const table = (name: string, times: Figures) => console.log(line(name, times))
try {
  const desk = await openDesk(browser, server.address, person)
  const long = await fillConversation(server.address, key, 500)

  const first = await firstScreen(desk)
  say('first screen, JS and CSS as sent', first.bytes / 1000, 200, 'kB')
  say('first screen, requests for JS and CSS', first.requests, 8, '')
  const usable = await usableQueue(desk, 4)
  say('usable queue, processor four times slower', usable.clock, 1500, 'ms')
  const plain = await usableQueue(desk, 1)
  console.log(
    `usable queue, ms: four times slower ${usable.clock.toFixed(0)}, of it processor ${usable.processor.toFixed(0)}; ` +
      `at full speed ${plain.clock.toFixed(0)}, of it processor ${plain.processor.toFixed(0)}`,
  )

  console.log(heading)
  const both = (name: string, { clock, processor }: Both) => {
    table(name, clock)
    table('… of it processor time', processor)
  }
  const near = await nextByKey(desk, 'ahead')
  both('next conversation, fetched ahead', near)
  say('next conversation by key, fetched ahead, p95', near.clock.p95, 50, 'ms')
  say('… of it processor time, p95', near.processor.p95, 50, 'ms')
  const far = await nextByKey(desk, 'cold')
  both('next conversation, not fetched', far)
  say('next conversation by key, not fetched, p95', far.clock.p95, 150, 'ms')
  const keys = await typing(desk, 5000)
  both('a key in 5 000 characters', keys)
  say('typing in a draft of 5 000 characters, p95', keys.clock.p95, 16, 'ms')
  say('… of it processor time, p95', keys.processor.p95, 16, 'ms')
  const timeline = await scrolling(desk, `/conversations/${long}`, 'Messages', 12_000)
  both('frames, 500 messages', timeline)
  say('longest frame in 500 messages', timeline.clock.most, 50, 'ms')
  say('… longest task, processor time', timeline.processor.most, 50, 'ms')
  const queue = await scrolling(desk, '/views/all', 'Queue', 40_000)
  both('frames, queue', queue)
  say('longest frame in the queue', queue.clock.most, 50, 'ms')
  say('… longest task, processor time', queue.processor.most, 50, 'ms')
  const slow = await scrolling(desk, '/views/all', 'Queue', 40_000, 4)
  both('frames, queue, four times slower', slow)
  say('longest task in the queue, four times slower', slow.processor.most, 50, 'ms')

  const opened = Number(values.opened)
  const memory = await memoryOver(desk, opened)
  console.log(`heap: ${memory.before.toFixed(1)} MB, after ${opened} opened ${memory.after.toFixed(1)} MB`)
  say(`memory grown over ${opened} opened`, memory.growth * 100, 20, '%')
  say(`requests in ${values.idle} s when nothing happens`, await silence(desk, Number(values.idle)), 0, '')

  console.log(
    `\n${aims.join('\n')}\n\n${JSON.stringify({ rows: values.conversations, ...circumstances() }, null, 2)}`,
  )
} finally {
  await browser.close()
  await server.stop()
}
