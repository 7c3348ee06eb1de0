// Live through processes as people run them: two web, one worker, one database.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { cloneDatabase } from '../../test/database.ts'
import { openClient } from '../../test/desk.ts'
import { temporaryFolder } from '../../test/folder.ts'
import { openLive } from '../../test/live-browser.ts'
import { runFoyer, startFoyer } from '../../test/process.ts'

const data = temporaryFolder()
const env = { DATABASE_URL: await cloneDatabase() }
const command = async (...args: string[]) => {
  const { code, out, err } = await runFoyer([...args, '--data', data], { env })
  assert.equal(code, 0, err)
  return out.trim()
}
const email = 'ann@example.com'
const password = 'correct horse battery'
await command('setup', '--name', 'Ann', '--email', email, '--password', password)
const key = await command('api-key', 'create', '--agent', email)
const start = (role: string) => startFoyer(['--role', role, '--data', data], { env })
const [first, second, worker] = await Promise.all([start('web'), start('web'), start('worker')])
after(() => Promise.all([first, second, worker].map((foyer) => foyer.stop())))
const client = openClient(first.address, key)

const ready = (frame: { type: string }) => frame.type === 'ready'
const startConversation = async () => {
  const { status, body } = await client.post<{ number: number }>('/conversations', {
    inbox: (await client.get<{ items: { id: string }[] }>('/inboxes')).body.items[0]!.id,
    customer: { name: 'Carl', address: 'carl@example.org' },
    subject: 'Hello',
    direction: 'in',
    message: { text: 'A question' },
  })
  assert.equal(status, 201, JSON.stringify(body))
  return body.number
}

test('what one web process changes reaches the sockets of the other, and a resume there misses nothing', async () => {
  const socket = await openLive(second.address, { key })
  await socket.until(ready)
  const number = await startConversation()
  const started = await socket.until(
    (frame) =>
      frame.type === 'event' && frame.ids.conversation === number && frame.kind === 'conversation_started',
  )
  await socket.close()
  await client.put(`/conversations/${number}/priority`, { priority: 'high' })
  assert.ok(started.type === 'event')
  const again = await openLive(second.address, { key, after: started.seq })
  await again.until(
    (frame) => frame.type === 'event' && frame.seq > started.seq && frame.ids.conversation === number,
  )
  await again.until(ready)
  assert.ok(again.frames.every((frame) => frame.type !== 'event' || frame.seq > started.seq))
  await again.close()
})

test('a session that is ended at one process loses its socket at the other within seconds', async () => {
  const response = await fetch(`${first.address}/api/v1/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: first.address },
    body: JSON.stringify({ address: email, password }),
  })
  const cookie = response.headers
    .getSetCookie()
    .map((set) => set.split(';')[0])
    .join('; ')
  const origin = second.address
  const socket = await openLive(second.address, { headers: { cookie, origin } })
  await socket.until(ready)
  await assert.rejects(openLive(second.address, { headers: { cookie, origin: 'http://evil.test' } }))
  const signedOut = await fetch(`${first.address}/api/v1/sign-out`, {
    method: 'POST',
    headers: { cookie, origin: first.address },
  })
  assert.ok(signedOut.ok, String(signedOut.status))
  assert.equal(await socket.closed, 4001)
})

test('metrics tell of sockets and queues to this machine and to administrators only', async () => {
  const socket = await openLive(first.address, { key })
  await socket.until(ready)
  const text = await (await fetch(`${first.address}/metrics`)).text()
  assert.match(text, /^foyer_live_sockets 1$/m)
  assert.match(text, /^foyer_database_up 1$/m)
  assert.match(text, /^foyer_events_seq \d+$/m)
  assert.match(text, /^process_resident_memory_bytes \d+/m)
  // what a proxy on this machine passes on comes from anywhere
  const from = { 'x-forwarded-for': '203.0.113.9' }
  assert.equal((await fetch(`${first.address}/metrics`, { headers: from })).status, 401)
  const asAdmin = { ...from, authorization: `Bearer ${key}` }
  assert.equal((await fetch(`${first.address}/metrics`, { headers: asAdmin })).status, 200)
  await socket.close()
})

test('pages carry the policy that lets nothing foreign run, and hashed files are kept for a year', async () => {
  const page = await fetch(first.address, { headers: { accept: 'text/html' } })
  if (page.status === 503) return assert.match(await page.text(), /npm run build/)
  const policy = page.headers.get('content-security-policy') ?? ''
  for (const part of ["default-src 'self'", "object-src 'none'", "frame-ancestors 'none'"])
    assert.ok(policy.includes(part), policy)
  assert.equal(page.headers.get('cache-control'), 'no-cache')
  const script = /src="(\/assets\/[^"]+\.js)"/.exec(await page.text())![1]
  const file = await fetch(`${first.address}${script}`, { headers: { 'accept-encoding': 'br' } })
  assert.equal(file.headers.get('content-encoding'), 'br')
  assert.match(file.headers.get('cache-control') ?? '', /max-age=31536000, immutable/)
  const deep = await fetch(`${first.address}/conversations/1`, { headers: { accept: 'text/html' } })
  assert.equal(deep.status, 200)
  assert.equal(
    (await fetch(`${first.address}/api/v1/nothing`, { headers: { accept: 'text/html' } })).status,
    404,
  )
})
