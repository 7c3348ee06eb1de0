// How soon others know: from a change to the last of 200 and of 2,000 open sockets, and from the mail door's 250 to
// the row in another agent's browser. A desk of its own with its embedded database, fsync on; the sockets live in
// this process, which shares the machine with the desk.
//   node bench/live.ts [changes, 60] [mails, 40]
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import { launch } from '../test/browser.ts'
import { runFoyer, startFoyer } from '../test/process.ts'
import { until } from '../test/until.ts'
import { circumstances, figures, heading, line } from './figures.ts'

const changes = Number(process.argv[2] ?? 60)
const mails = Number(process.argv[3] ?? 40)
const password = 'correct horse battery'
const folder = mkdtempSync(join(tmpdir(), 'foyer-live-'))
chmodSync(folder, 0o755)
const data = join(folder, 'var')

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  return port
}

async function command(...args: string[]): Promise<string> {
  const { code, out, err } = await runFoyer([...args, '--data', data])
  if (code !== 0) throw new Error(err)
  return out.trim()
}

/** Sockets that count what reaches them. */
async function openSockets(address: string, key: string, n: number) {
  const sockets: WebSocket[] = []
  let onEvent = () => {}
  const open = () =>
    new Promise<void>((resolve, reject) => {
      const socket = new WebSocket(`${address.replace('http', 'ws')}/live`, ['foyer', `key.${key}`])
      sockets.push(socket)
      socket.addEventListener('error', () => reject(new Error('a socket could not be opened')))
      socket.addEventListener('message', ({ data: text }) => {
        if (String(text).includes('"ready"')) resolve()
        else onEvent()
      })
    })
  for (let i = 0; i < n; i += 50) await Promise.all(Array.from({ length: Math.min(50, n - i) }, open))
  return {
    /** fulfilled when so many frames have come from now on */
    frames(count: number): Promise<void> {
      let seen = 0
      return new Promise((resolve) => {
        onEvent = () => {
          seen += 1
          if (seen === count) resolve()
        }
      })
    },
    close() {
      for (const socket of sockets) socket.close()
    },
  }
}

/** Changes made so far: each must differ from the one before, or nothing happens. */
let made = 0
/** From the request that changes something, its commit included, to the last socket. */
async function measureSockets(address: string, key: string, n: number, number: number) {
  const sockets = await openSockets(address, key, n)
  const times: number[] = []
  for (let i = -3; i < changes; i += 1) {
    const all = sockets.frames(n)
    const began = performance.now()
    made += 1
    const answer = await fetch(`${address}/api/v1/conversations/${number}/priority`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ priority: made % 2 ? 'high' : 'low' }),
    })
    if (!answer.ok) throw new Error(await answer.text())
    await all
    // the first three warm up
    if (i >= 0) times.push(performance.now() - began)
  }
  sockets.close()
  return figures(times)
}

/** From the 250 to the row in a signed-in browser that shows the queue. */
async function measureBrowser(address: string, write: (subject: string) => Promise<void>) {
  const browser = await launch()
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' })
    await page.goto(`${address}/views/all`)
    await page.getByLabel('Mail address').fill('ann@example.com')
    await page.getByLabel('Password').fill(password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('navigation', { name: 'Menu' }).waitFor()
    const times: number[] = []
    for (let i = -2; i < mails; i += 1) {
      const subject = `Arrival ${1000 + i}`
      const seen = page.evaluate(
        (words) =>
          new Promise<number>((resolve) => {
            const look = () => document.body.textContent?.includes(words) && resolve(Date.now())
            new MutationObserver(look).observe(document.body, {
              subtree: true,
              childList: true,
              characterData: true,
            })
          }),
        subject,
      )
      await write(subject)
      const taken = Date.now()
      const shown = await seen
      if (i >= 0) times.push(Math.max(0, shown - taken))
    }
    return figures(times)
  } finally {
    await browser.close()
  }
}

try {
  await command('setup', '--name', 'Ann', '--email', 'ann@example.com', '--password', password)
  const key = await command('api-key', 'create', '--agent', 'ann@example.com')
  const port = await freePort()
  const foyer = await startFoyer(['--data', data, '--smtp-port', String(port)], {
    env: { FOYER_SKIP_BUILD: undefined },
  })
  const post = createTransport({ host: '127.0.0.1', port, ignoreTLS: true, pool: true, maxConnections: 1 })
  const write = async (subject: string) => {
    await post.sendMail({ from: 'c@example.org', to: 'support@example.com', subject, text: 'A question' })
  }
  await write('The first')
  const number = await until(async () => {
    const answer = await fetch(`${foyer.address}/api/v1/conversations?view=all`, {
      headers: { authorization: `Bearer ${key}` },
    })
    return (await answer.json()).items[0]?.number as number | undefined
  })
  console.error('the desk is ready')
  const few = await measureSockets(foyer.address, key, 200, number)
  console.error(line('200 sockets', few))
  const many = await measureSockets(foyer.address, key, 2000, number)
  console.error(line('2,000 sockets', many))
  const browser = await measureBrowser(foyer.address, write)
  post.close()
  await foyer.stop()
  console.log(
    `p95 / aim: 200 sockets ${(few.p95 / 100).toFixed(2)}, 2,000 sockets ${(many.p95 / 1000).toFixed(2)}, browser ${(browser.p95 / 300).toFixed(2)}`,
  )
  console.log(heading)
  console.log(line('change → last of 200 sockets', few, 'aim p95 100'))
  console.log(line('change → last of 2,000 sockets', many, 'aim p95 1000'))
  console.log(line('SMTP 250 → row in the browser', browser, 'aim p95 300'))
  console.log(JSON.stringify(circumstances()))
} finally {
  rmSync(folder, { recursive: true, force: true })
}
