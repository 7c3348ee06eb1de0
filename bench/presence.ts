// How soon a colleague's doing shows elsewhere, through two web processes on one database: from `here` said at one to
// the frame at the other, for somebody who has the conversation open and for somebody who has its row on screen; and
// from a colleague's `here` at one process to the ring in the row of a signed-in browser at the other.
//   node bench/presence.ts [rounds, 200] [rounds in the browser, 40]
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { buildConsole } from '../bin/build.ts'
import type { ClientFrame, Doing, ServerFrame } from '../src/features/events/events.contract.ts'
import { launch } from '../test/browser.ts'
import { startTestServer } from '../test/database.ts'
import { openClient } from '../test/desk.ts'
import { runFoyer, startFoyer } from '../test/process.ts'
import { circumstances, figures, heading, line } from './figures.ts'

const rounds = Number(process.argv[2] ?? 200)
const browserRounds = Number(process.argv[3] ?? 40)
const aim = 300
const password = 'a fine password'
const folder = mkdtempSync(join(tmpdir(), 'foyer-presence-'))
chmodSync(folder, 0o755)
const server = await startTestServer()
const env = { DATABASE_URL: server.url, FOYER_PASSWORD: password }
const foyer = async (...args: string[]) => {
  const { code, out, err } = await runFoyer([...args, '--data', folder], { env })
  if (code !== 0) throw new Error(err)
  return out.trim()
}

interface Socket {
  say(frame: ClientFrame): void
  /** calls back with every presence frame from now on */
  hear: (frame: Extract<ServerFrame, { type: 'presence' }>) => void
  close(): void
}
function openSocket(address: string, key: string): Promise<Socket> {
  const socket = new WebSocket(`${address.replace('http', 'ws')}/live`, ['foyer', `key.${key}`])
  const mine: Socket = {
    say: (frame) => socket.send(JSON.stringify(frame)),
    hear: () => {},
    close: () => socket.close(),
  }
  return new Promise((resolve, reject) => {
    socket.addEventListener('error', () => reject(new Error('a socket could not be opened')))
    socket.addEventListener('message', ({ data }) => {
      const frame = JSON.parse(String(data)) as ServerFrame
      if (frame.type === 'ready') resolve(mine)
      if (frame.type === 'presence') mine.hear(frame)
    })
  })
}

const doings: Doing[] = ['replying', 'commenting', 'editing', 'viewing']
const doingOf = (round: number) => doings[round % doings.length]!

/** From what is said at one socket to what is heard at the other. */
async function measureSockets(speaker: Socket, listener: Socket, conversation: number) {
  const times: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const doing = doingOf(round)
    const heard = new Promise<void>((resolve) => {
      listener.hear = ({ people }) => people.some((person) => person.doing === doing) && resolve()
    })
    const began = performance.now()
    speaker.say({ type: 'here', conversation, doing, focus: true })
    await heard
    times.push(performance.now() - began)
  }
  return figures(times)
}

/** From what is said at one socket to the ring in a browser's row. */
async function measureBrowser(page: Page, speaker: Socket, conversation: number) {
  const times: number[] = []
  for (let round = -2; round < browserRounds; round += 1) {
    const doing = doingOf(round + doings.length)
    const seen = page.evaluate(
      (wanted) =>
        new Promise<number>((resolve) => {
          const look = () => {
            if (document.querySelector(`[data-row] [data-doing="${wanted}"]`)) resolve(Date.now())
          }
          new MutationObserver(look).observe(document.body, {
            subtree: true,
            childList: true,
            attributes: true,
          })
          look()
        }),
      doing,
    )
    const said = Date.now()
    speaker.say({ type: 'here', conversation, doing, focus: true })
    const shown = await seen
    if (round >= 0) times.push(Math.max(0, shown - said))
  }
  return figures(times)
}

async function arrive(page: Page, address: string) {
  await page.goto(`${address}/views/all`)
  await page.getByLabel('Mail address').fill('ann@example.com')
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.locator('[data-row]').first().waitFor()
}

try {
  await buildConsole()
  await foyer('setup', '--name', 'Ann', '--email', 'ann@example.com')
  await foyer('agent', 'add', '--name', 'Bob', '--email', 'bob@example.com', '--password', password)
  const [ann, bob] = [
    await foyer('api-key', 'create', '--agent', 'ann@example.com'),
    await foyer('api-key', 'create', '--agent', 'bob@example.com'),
  ]
  const start = () => startFoyer(['--role', 'web', '--data', folder], { env })
  const [first, second] = await Promise.all([start(), start()])
  const started = await openClient(first.address, ann).post<{ number: number }>('/conversations', {
    inbox: 'support@example.com',
    customer: { name: 'Cleo', address: 'cleo@mail.example' },
    subject: 'Presence',
    message: { text: 'Who is here?' },
    direction: 'in',
  })
  const { number } = started.body
  const [speaker, reader, lister] = await Promise.all([
    openSocket(first.address, bob),
    openSocket(second.address, ann),
    openSocket(second.address, ann),
  ])
  reader.say({ type: 'here', conversation: number, doing: 'viewing', focus: true })
  lister.say({ type: 'watch', conversations: [number] })
  const inList = await measureSockets(speaker, lister, number)
  const inOpen = await measureSockets(speaker, reader, number)
  reader.close()
  lister.close()
  const browser = await launch()
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' })
  await arrive(page, second.address)
  await page.waitForFunction(() => document.querySelector('[data-row] [data-doing]') !== null)
  const inRow = await measureBrowser(page, speaker, number)
  speaker.close()
  await browser.close()
  await Promise.all([first.stop(), second.stop()])
  console.log(`p95 / aim: ${[inList, inOpen, inRow].map(({ p95 }) => (p95 / aim).toFixed(2)).join(', ')}`)
  console.log(heading)
  console.log(line('said at one process → row watched at the other', inList, `aim p95 ${aim}`))
  console.log(line('said at one process → open at the other', inOpen, `aim p95 ${aim}`))
  console.log(line('said at one process → ring in a browser’s row', inRow, `aim p95 ${aim}`))
  console.log(JSON.stringify(circumstances()))
} finally {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
}
