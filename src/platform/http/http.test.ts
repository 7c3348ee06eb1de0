import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { test } from 'node:test'
import { BadConfig, readConfig } from '../config/config.ts'
import type { House } from '../house.ts'
import { silence } from '../log/log.ts'
import { buildApp } from './http.ts'

/** Whom a request is taken for that comes from `peer` and says that it was forwarded for 203.0.113.7. */
async function seenAs(peer: string, proxies?: string): Promise<string> {
  const config = readConfig({}, proxies === undefined ? {} : { FOYER_PROXIES: proxies })
  const house = { config, log: silence, url: 'http://127.0.0.1' } as House
  const app = await buildApp({ house, identify: async () => null })
  app.get('/ip', (request) => ({ ip: request.ip }))
  const headers = { 'x-forwarded-for': '203.0.113.7' }
  const answer = await app.inject({ method: 'GET', url: '/ip', remoteAddress: peer, headers })
  await app.close()
  return answer.json<{ ip: string }>().ip
}

test('where a request comes from is believed of our own proxies alone', async () => {
  assert.equal(await seenAs('10.0.0.2'), '10.0.0.2')
  assert.equal(await seenAs('10.0.0.2', '10.0.0.0/8'), '203.0.113.7')
  assert.equal(await seenAs('127.0.0.1', 'loopback, 10.0.0.2'), '203.0.113.7')
  assert.equal(await seenAs('192.0.2.9', '10.0.0.0/8'), '192.0.2.9')
  assert.throws(() => readConfig({}, { FOYER_PROXIES: 'nginx' }), BadConfig)
})

test('what no database keeps (U+0000, half a character) is left out of what is said; in a path it names nothing', async () => {
  const house = { config: readConfig({}, {}), log: silence, url: 'http://127.0.0.1' } as House
  const app = await buildApp({ house, identify: async () => null })
  app.all('/said/:who', (request) => ({ query: request.query, body: request.body ?? null }))
  const said = await app.inject({
    method: 'POST',
    url: '/said/anna?q=a%00b',
    headers: { 'content-type': 'application/json' },
    payload:
      '{"text":"a\\u0000b \\ud83d\\ude00","list":["\\ud800"],"n":1,"__pro\\u0000to__":{"x":1},"back":"\\\\u0000"}',
  })
  assert.deepEqual(said.json(), {
    query: { q: 'ab' },
    body: { text: 'ab 😀', list: ['\ufffd'], n: 1, back: '\\u0000' },
  })
  assert.equal((await app.inject({ method: 'GET', url: '/said/anna%00' })).statusCode, 404)
  await app.close()
})

test('an address that cannot be read is answered with a problem document', async () => {
  const house = { config: readConfig({}, {}), log: silence, url: 'http://127.0.0.1' } as House
  const app = await buildApp({ house, identify: async () => null })
  const answer = await app.inject({ method: 'GET', url: '/api/v1/conversations/%E0%A4%A' })
  assert.equal(answer.statusCode, 400)
  assert.match(String(answer.headers['content-type']), /^application\/problem\+json/)
  assert.equal(answer.json<{ code: string }>().code, 'malformed')
  await app.close()
})

test('who sends too much is told so, however much of it was still to be written', async (t) => {
  const house = { config: readConfig({}, {}), log: silence, url: 'http://127.0.0.1' } as House
  const app = await buildApp({ house, identify: async () => null, bodyLimit: 1000 })
  t.after(() => app.close())
  app.post('/x', () => 'taken')
  const url = await app.listen({ port: 0 })
  const half = 'x'.repeat(2_000_000)
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  t.after(() => socket.destroy())
  let answer = ''
  socket.on('data', (bytes) => {
    answer += bytes
  })
  socket.write(
    'POST /x HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 4000000\r\n\r\n',
  )
  await new Promise((resolve) => socket.write(half, resolve))
  // Others are answered meanwhile; he who is still writing would not hear it.
  for (let round = 0; round < 5; round += 1) await (await fetch(`${url}/nothing`)).text()
  assert.equal(answer, '')
  socket.write(half)
  await once(socket, 'end')
  assert.match(answer, /^HTTP\/1\.1 413 /)
})
