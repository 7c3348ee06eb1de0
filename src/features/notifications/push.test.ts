import assert from 'node:assert/strict'
import { createDecipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import { followOnce } from '#platform/events/follow.ts'
import { sequence } from '#platform/events/sequencer.ts'
import { smallHouse } from '../../../test/small-house.ts'
import type { PushWords } from './notifications.contract.ts'
import { notificationFollower, type PushOptions, pushNotification } from './notifications.ts'

const house = await smallHouse()
const { db, clock } = house
const [anna, boris] = [await house.agent('Anna'), await house.agent('Boris')]
const desk = await house.inbox('Desk', await house.team('Sales', anna, boris))
const olga = await house.customer('Olga')

/** A push service that hands over what it got to the browser whose address it is. */
let answer = 201
const got: { path: string; headers: Record<string, unknown>; body: Buffer }[] = []
const service = createServer(async (request, response) => {
  got.push({ path: request.url ?? '', headers: request.headers, body: await buffer(request) })
  response.writeHead(answer).end()
}).listen(0, '127.0.0.1')
after(() => service.close())
const place = () => `http://127.0.0.1:${(service.address() as AddressInfo).port}`

/** A browser: its keys, and its way of reading a push (RFC 8291, written the other way round). */
function browser(name: string) {
  const ecdh = createECDH('prime256v1')
  const own = ecdh.generateKeys()
  const auth = randomBytes(16)
  const take = (input: Buffer, salt: Buffer, info: Buffer, length: number) =>
    Buffer.from(hkdfSync('sha256', input, salt, info, length))
  return {
    device: {
      endpoint: `${place()}/${name}`,
      keys: { p256dh: own.toString('base64url'), auth: auth.toString('base64url') },
      name,
    },
    read(body: Buffer): PushWords {
      const salt = body.subarray(0, 16)
      const theirs = body.subarray(21, 21 + body[20]!)
      const sealed = body.subarray(21 + body[20]!)
      const info = Buffer.concat([Buffer.from('WebPush: info\0'), own, theirs])
      const input = take(ecdh.computeSecret(theirs), auth, info, 32)
      const key = take(input, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16)
      const nonce = take(input, salt, Buffer.from('Content-Encoding: nonce\0'), 12)
      const open = createDecipheriv('aes-128-gcm', key, nonce).setAuthTag(sealed.subarray(-16))
      const text = Buffer.concat([open.update(sealed.subarray(0, -16)), open.final()])
      return JSON.parse(text.subarray(0, -1).toString())
    },
  }
}
async function follow() {
  while ((await sequence(db)) > 0);
  while ((await followOnce(db, 'notifications', notificationFollower(clock))) > 0);
}
await follow()
/** Does the jobs that wait, as the runner would, and takes them away. */
async function push(options: PushOptions = { mayReach: () => true }) {
  await follow()
  const { rows } = await sql<{ payload: { notification: string; device: string } }>`
    select j.payload from graphile_worker._private_jobs j
      join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'push_notification'
    order by j.id`.execute(db)
  await sql`select graphile_worker.complete_jobs(array(select id from graphile_worker.jobs))`.execute(db)
  for (const { payload } of rows) await pushNotification(house.house, payload, options)
  return rows.length
}
const act = async (agent: string, method: string, path: string, body: object = {}) => {
  const done = await house.ask(agent, method, path, body)
  assert.ok(done.status < 300, JSON.stringify(done.body))
  return done.body
}
const devices = async (agent: string) =>
  (await act(agent, 'GET', '/me/push')).devices as { id: string; name: string }[]

test('a push reaches each browser, readable for it alone, without the customer’s words unless chosen', async () => {
  const [laptop, phone] = [browser('laptop'), browser('phone')]
  for (const { device } of [laptop, phone]) await act(anna, 'POST', '/me/push', device)
  assert.deepEqual(
    (await devices(anna)).map(({ name }) => name),
    ['laptop', 'phone'],
  )
  const number = await house.conversation(desk, olga, 'Private matter')
  await act(boris, 'PUT', `/conversations/${number}/assignee`, { agent: anna })
  assert.equal(await push(), 2)
  assert.deepEqual(
    got.map(({ path }) => path),
    ['/laptop', '/phone'],
  )
  assert.equal(got[0]!.headers['content-encoding'], 'aes128gcm')
  assert.match(String(got[0]!.headers.authorization), /^vapid t=/)
  const words = laptop.read(got[0]!.body)
  assert.equal(words.title, 'Boris assigned you')
  assert.match(words.path, new RegExp(`^/conversations/${number}`))
  assert.throws(() => phone.read(got[0]!.body))
  await house.message(number, { text: 'Words of mine' })
  await push()
  const secret = laptop.read(got[2]!.body)
  assert.doesNotMatch(JSON.stringify(secret), /Olga|Private matter|Words of mine/)
  await act(anna, 'PATCH', '/me', { settings: { notifications: { 'words.browser': true } } })
  await house.message(number, { text: 'Words of mine' })
  await push()
  const told = laptop.read(got[4]!.body)
  assert.equal(told.title, 'Olga answered in a conversation of yours')
  assert.match(told.body, /Private matter\nWords of mine/)
})

test('what was read meanwhile, is stopped, or comes while one is away is not pushed', async () => {
  const number = await house.conversation(desk, olga)
  await act(boris, 'PUT', `/conversations/${number}/assignee`, { agent: anna })
  await follow()
  await act(anna, 'PUT', '/notifications/read')
  got.length = 0
  await push()
  assert.equal(got.length, 0, 'read')
  await act(anna, 'PUT', '/me/absence')
  await house.message(number)
  await push()
  assert.equal(got.length, 0, 'away')
  await act(anna, 'DELETE', '/me/absence')
  await act(anna, 'PATCH', '/me', { settings: { notifications: { 'customer_yours.browser': false } } })
  await house.message(number)
  await push()
  assert.equal(got.length, 0, 'stopped')
  await act(anna, 'PATCH', '/me', { settings: { notifications: { 'customer_yours.browser': true } } })
  await house.message(number)
  await push()
  assert.equal(got.length, 2)
})

test('a browser that is gone (404, 410) is off the list; one that cannot be reached is tried again', async () => {
  const number = await house.conversation(desk, olga)
  answer = 503
  await act(boris, 'PUT', `/conversations/${number}/assignee`, { agent: anna })
  await assert.rejects(push(), /503/)
  assert.equal((await devices(anna)).length, 2)
  answer = 410
  await house.message(number)
  await push()
  assert.deepEqual(await devices(anna), [])
  answer = 201
})

test('a push goes to public addresses only, and a signed-out browser hears nothing', async () => {
  const tablet = browser('tablet')
  const { id } = await act(anna, 'POST', '/me/push', tablet.device)
  const number = await house.conversation(desk, olga)
  got.length = 0
  await act(boris, 'PUT', `/conversations/${number}/assignee`, { agent: anna })
  await assert.rejects(push({}), /may not be reached/)
  assert.equal(got.length, 0)
  const ended = '00000000-0000-4000-8000-000000000000'
  await db.updateTable('push_devices').set({ session: ended }).where('id', '=', id).execute()
  await house.message(number)
  await push()
  assert.equal(got.length, 0)
  assert.equal((await house.ask(boris, 'DELETE', `/me/push/${id}`)).status, 404, 'another person’s')
})
