import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import type { Me } from '#features/agents/agents.contract.ts'
import { after as later, minutes, seconds, TestClock } from '#platform/clock/clock.ts'
import {
  adminAddress,
  adminPassword,
  type Client,
  openClient,
  type Problem,
  startDesk,
} from '../../../test/desk.ts'

const clock = new TestClock()
const one = await startDesk({ clock })
/** A second process on the same database and data folder. */
const two = await startDesk({
  clock,
  setUp: false,
  config: { databaseUrl: one.databaseUrl, data: one.house.config.data },
})
const right = { address: adminAddress, password: adminPassword }

function browserWith(url: string, cookies: string[]): Client {
  return openClient(url, '', { cookie: cookies.map((set) => set.split(';')[0]).join('; '), origin: url })
}
async function signIn(credentials = right): Promise<Client> {
  const { status, headers } = await one.stranger.post('/sign-in', credentials)
  assert.equal(status, 200)
  return browserWith(one.url, headers.getSetCookie())
}

test('a password opens a session, in every process, whose cookie no script can read', async () => {
  const { status, body, headers } = await one.stranger.post<{ me: Me }>('/sign-in', {
    address: ` ${adminAddress.toUpperCase()} `,
    password: adminPassword,
  })
  assert.equal(status, 200)
  assert.equal(body.me.address, adminAddress)
  const cookies = headers.getSetCookie()
  assert.equal(cookies.length, 1)
  assert.match(cookies[0]!, /^foyer\.session_token=\S+; Max-Age=34560000; Path=\/; HttpOnly; SameSite=Lax$/)
  const browser = browserWith(one.url, cookies)
  assert.equal((await browser.get('/me')).status, 200)
  assert.equal((await browserWith(two.url, cookies).get('/me')).status, 200)
  assert.equal((await browser.post('/sign-out')).status, 204)
  assert.equal((await browser.get('/me')).status, 401)
})

test('behind https the cookie is sent over https only', async () => {
  const secure = await startDesk({
    setUp: false,
    config: { databaseUrl: one.databaseUrl, data: one.house.config.data, url: 'https://desk.example.com' },
  })
  const { headers } = await secure.stranger.post('/sign-in', right)
  const [cookie] = headers.getSetCookie()
  assert.match(cookie!, /^__Secure-foyer\.session_token=.*; Secure; /)
  assert.equal((await browserWith(secure.url, [cookie!]).get('/me')).status, 200)
})

test('a cookie counts only with our signature, and for changes only from our own pages', async () => {
  const { headers } = await one.stranger.post('/sign-in', right)
  const cookie = headers.getSetCookie()[0]!.split(';')[0]!
  const from = (always: Record<string, string>) => openClient(one.url, '', { cookie, ...always })
  assert.equal((await from({}).get('/me')).status, 200)
  const change = { name: 'Admin' }
  assert.equal((await from({}).patch('/me', change)).body.code, 'wrong_origin')
  assert.equal((await from({ origin: 'https://evil.example' }).patch('/me', change)).status, 403)
  assert.equal((await from({ origin: one.url }).patch('/me', change)).status, 200)
  const token = decodeURIComponent(cookie.split('=')[1]!).split('.')[0]
  for (const forged of [token, `${token}.`, `${token}.AAAA`, `${token}.${'A'.repeat(43)}=`])
    assert.equal(
      (await from({ cookie: `foyer.session_token=${encodeURIComponent(forged!)}` }).get('/me')).status,
      401,
    )
})

test('a wrong password and an unknown address get the same answer for the same work', async () => {
  async function ask(address: string) {
    const began = performance.now()
    const { status, body } = await one.stranger.post<Problem>('/sign-in', {
      address,
      password: 'not this one',
    })
    assert.equal(status, 401)
    return { took: performance.now() - began, said: `${body.code} ${body.title}` }
  }
  const known = []
  const unknown = []
  for (let i = 0; i < 5; i += 1) {
    known.push(await ask(adminAddress))
    unknown.push(await ask('nobody@example.com'))
  }
  assert.deepEqual([...new Set([...known, ...unknown].map(({ said }) => said))].length, 1)
  // The least of five is the work itself, whatever else the machine does; without the hash it is a twentieth.
  const least = (all: { took: number }[]) => Math.min(...all.map(({ took }) => took))
  assert.ok(least(unknown) > least(known) / 4, `${least(unknown)} ms against ${least(known)} ms`)
  await signIn()
})

test('after ten wrong passwords for one address every process asks to wait; time lets the right one in', async () => {
  const anna = await one.addAgent({ name: 'Anna', password: 'a password of hers' })
  const wrong = { address: anna.address, password: 'guess guess guess' }
  const tries = await Promise.all(
    Array.from({ length: 14 }, (_, i) => (i % 2 ? one : two).stranger.post<Problem>('/sign-in', wrong)),
  )
  assert.equal(tries.filter(({ status }) => status === 401).length, 10)
  const refused = tries.filter(({ status }) => status === 429)
  assert.equal(refused.length, 4)
  assert.equal(refused[0]!.body.code, 'too_often')
  assert.equal(refused[0]!.headers.get('retry-after'), '30')
  const hers = { address: anna.address, password: 'a password of hers' }
  assert.equal((await two.stranger.post('/sign-in', hers)).status, 429)
  assert.equal((await two.stranger.post('/sign-in', right)).status, 200, 'others are not kept out')
  clock.set(later(clock.now(), seconds(31)))
  assert.equal((await two.stranger.post('/sign-in', hers)).status, 200)
  assert.equal((await one.stranger.post('/sign-in', wrong)).status, 401, 'her tries are forgotten')
})

test('one place that tries many addresses is asked to wait, and those who sign in rightly are not counted', async () => {
  clock.set(later(clock.now(), minutes(60)))
  for (let i = 0; i < 3; i += 1) await signIn()
  const answers = await Promise.all(
    Array.from({ length: 42 }, (_, i) =>
      one.stranger.post('/sign-in', { address: `guess${i}@example.com`, password: 'x'.repeat(10) }),
    ),
  )
  assert.equal(answers.filter(({ status }) => status === 401).length, 40)
  assert.equal(answers.filter(({ status }) => status === 429).length, 2)
  clock.set(later(clock.now(), minutes(60)))
})

test('sessions are listed and ended: one, all others; never those of somebody else', async () => {
  const bella = await one.addAgent({ name: 'Bella', password: 'a password of hers' })
  const hers = { address: bella.address, password: 'a password of hers' }
  const [first, second, third] = [await signIn(hers), await signIn(hers), await signIn(hers)]
  const admin = await signIn()
  interface List {
    items: { id: string; current: boolean; ip: string; device: string }[]
  }
  const list = async (client: Client) => (await client.get<List>('/sessions')).body.items
  const mine = await list(first)
  assert.equal(mine.length, 3)
  assert.equal(mine.filter(({ current }) => current).length, 1)
  assert.equal(mine[0]!.ip, '127.0.0.1')
  const other = (await list(second)).find(({ current }) => current)!
  assert.equal((await admin.delete(`/sessions/${other.id}`)).status, 404)
  assert.equal((await first.delete(`/sessions/${other.id}`)).status, 204)
  assert.equal((await second.get('/me')).status, 401)
  assert.equal((await first.delete('/sessions')).status, 204)
  assert.equal((await third.get('/me')).status, 401)
  assert.equal((await first.get('/me')).status, 200)
  assert.equal((await admin.get('/me')).status, 200)
})

test('a session lives on by being used and ends when it was not', async () => {
  const dora = await one.addAgent({ name: 'Dora', password: 'a password of hers' })
  const browser = await signIn({ address: dora.address, password: 'a password of hers' })
  const { db } = one.house
  const hers = sql`"userId" = (select auth_user from agents where id = ${dora.id})`
  await sql`update auth.session set "updatedAt" = now() - interval '29 days', "expiresAt" = now() + interval '1 day'
    where ${hers}`.execute(db)
  assert.equal((await browser.get('/me')).status, 200)
  const { rows } = await sql<{ days: number }>`
    select round(extract(epoch from "expiresAt" - now()) / 86400)::int as days from auth.session where ${hers}`.execute(
    db,
  )
  assert.deepEqual(rows, [{ days: 30 }])
  await sql`update auth.session set "expiresAt" = now() - interval '1 second' where ${hers}`.execute(db)
  assert.equal((await browser.get('/me')).status, 401)
})

test('a removed agent is out with his very next request, by session and by key, and comes back by an invitation only', async () => {
  const carl = await one.addAgent({ name: 'Carl', password: 'a password of his' })
  const his = { address: carl.address, password: 'a password of his' }
  const browser = await signIn(his)
  assert.equal((await one.admin.delete(`/agents/${carl.id}`)).status, 204)
  assert.equal((await browser.get('/me')).status, 401)
  assert.equal((await carl.client.get('/me')).status, 401)
  assert.equal((await one.stranger.post('/sign-in', his)).status, 401)
  const back = await one.admin.post<{ id: string; state: string }>('/agents', {
    name: 'Carl',
    address: carl.address,
  })
  assert.deepEqual([back.status, back.body.id, back.body.state], [201, carl.id, 'invited'])
  assert.equal((await carl.client.get('/me')).status, 401, 'old keys stay dead')
})
