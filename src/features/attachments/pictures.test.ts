import assert from 'node:assert/strict'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, describe, test } from 'node:test'
import { buildApp } from '#platform/http/http.ts'
import { fetchOutside } from '#platform/outside/fetch-outside.ts'
import { isPublicAddress } from '#platform/outside/public-address.ts'
import { smallHouse } from '#test/small-house.ts'
import { pictureType } from './picture-type.ts'
import { addPictureRoutes } from './pictures.routes.ts'

const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')
/** Every request that came through. */
const asked: { url: string; headers: Record<string, unknown> }[] = []

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer((request, response) => {
    asked.push({ url: request.url ?? '', headers: request.headers })
    listener(request, response)
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  after(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
const origin = await serve((request, response) => {
  if (request.url === '/a.png') response.setHeader('set-cookie', 'a=b').end(png)
  else if (request.url === '/to-metadata')
    response.writeHead(302, { location: 'http://169.254.169.254/' }).end()
  else if (request.url === '/to-picture') response.writeHead(301, { location: '/a.png' }).end()
  else if (request.url === '/round') response.writeHead(302, { location: '/round' }).end()
  else if (request.url === '/large') response.end(Buffer.concat([png, Buffer.alloc(2000)]))
  else if (request.url === '/slow') response.write(png)
  else response.end('<svg xmlns="http://www.w3.org/2000/svg"/>')
})
const port = new URL(origin).port
const byItself = { addresses: async (host: string) => [host.replace(/^\[|\]$/g, '')] }
const fetchTest = (url: string, options = {}) =>
  fetchOutside(url, {
    dns: byItself,
    timeout: 1000,
    limit: 1000,
    mayReach: (address) => address === '127.0.0.1' || isPublicAddress(address),
    ...options,
  })

describe('what a stranger names is fetched only from the public internet', () => {
  test('addresses of our own are none of it, however they are written', () => {
    for (const address of [
      '127.0.0.1',
      '10.0.0.1',
      '172.16.0.1',
      '192.168.1.1',
      '169.254.169.254',
      '100.64.0.1',
      '0.0.0.0',
      '255.255.255.255',
      '::1',
      '::',
      '::ffff:127.0.0.1',
      '::ffff:a9fe:a9fe',
      '64:ff9b::7f00:1',
      '2002:7f00:1::1',
      'fe80::1',
      'fc00::1',
      'localhost',
      '',
    ])
      assert.equal(isPublicAddress(address), false, address)
    for (const address of ['8.8.8.8', '2001:4860:4860::8888']) assert.equal(isPublicAddress(address), true)
  })

  test('the desk itself is not reached by any spelling', async () => {
    const desk = await smallHouse()
    const anna = await desk.agent('Anna')
    const before = asked.length
    for (const url of [
      `${origin}/a.png`,
      `http://localhost:${port}/a.png`,
      `http://2130706433:${port}/a.png`,
      `http://0x7f.1:${port}/a.png`,
      `http://0177.0.0.1:${port}/a.png`,
      `http://[::ffff:127.0.0.1]:${port}/a.png`,
      `http://127.1:${port}/a.png`,
      `http://user:word@127.0.0.1:${port}/a.png`,
      'file:///etc/passwd',
      'data:image/png;base64,AA==',
      'ftp://127.0.0.1/a.png',
      'nonsense',
    ]) {
      const { status } = await desk.ask(anna, 'GET', `/pictures?url=${encodeURIComponent(url)}`)
      assert.equal(status, 404, url)
    }
    assert.equal((await desk.ask(null, 'GET', `/pictures?url=x`)).status, 401)
    assert.equal(asked.length, before, 'nothing was even asked')
  })

  test('a picture comes without its cookies, and safe to show', async () => {
    const desk = await smallHouse()
    const anna = await desk.agent('Anna')
    const caller = {
      id: anna,
      name: 'Anna',
      address: '',
      role: 'agent',
      rights: [] as string[],
      language: 'en',
      by: 'key',
      sessionId: null,
    } as const
    const app = await buildApp({ house: desk.house, identify: async () => caller })
    addPictureRoutes(app, desk.house, () => true)
    const ask = (path: string) => app.inject(`/api/v1/pictures?url=${encodeURIComponent(`${origin}${path}`)}`)
    const { statusCode, headers, rawPayload } = await ask('/a.png')
    assert.equal(statusCode, 200)
    assert.ok(rawPayload.equals(png))
    assert.equal(headers['content-type'], 'image/png')
    assert.equal(headers['set-cookie'], undefined)
    assert.equal(headers['x-content-type-options'], 'nosniff')
    assert.equal((await ask('/some.svg')).statusCode, 404)
    await app.close()
  })

  test('a name with one private address among public ones is refused', async () => {
    const dns = { addresses: async () => ['8.8.8.8', '10.0.0.1'] }
    const before = asked.length
    assert.equal(await fetchTest(`http://mixed.example:${port}/a.png`, { dns }), null)
    assert.equal(asked.length, before)
  })

  test('the connection goes to the address that was checked: asked again, the name would answer otherwise', async () => {
    let asks = 0
    const dns = { addresses: async () => [asks++ === 0 ? '127.0.0.1' : '10.0.0.1'] }
    const bytes = await fetchTest(`http://rebinding.invalid:${port}/a.png`, { dns })
    assert.ok(bytes?.equals(png))
    assert.equal(asks, 1)
  })

  test('a redirect is checked like the first address, three of them at the most', async () => {
    assert.ok((await fetchTest(`${origin}/to-picture`))?.equals(png))
    assert.equal(await fetchTest(`${origin}/to-metadata`), null)
    const before = asked.length
    assert.equal(await fetchTest(`${origin}/round`), null)
    assert.equal(asked.length - before, 4)
  })

  test('too large and too slow is nothing', async () => {
    assert.equal(await fetchTest(`${origin}/large`), null)
    assert.equal(await fetchTest(`${origin}/slow`, { timeout: 200 }), null)
  })

  test('nothing of the reader goes along', async () => {
    await fetchTest(`${origin}/a.png`)
    const { headers } = asked.at(-1)!
    assert.deepEqual(Object.keys(headers).sort(), ['connection', 'host', 'user-agent'])
  })
})

test('a picture is what its bytes say', () => {
  assert.equal(pictureType(png), 'image/png')
  assert.equal(pictureType(Buffer.from('GIF89a')), 'image/gif')
  assert.equal(pictureType(Buffer.from('RIFF0000WEBPVP8 ')), 'image/webp')
  for (const other of ['<svg/>', '<!doctype html>', '', '%PDF-1.7', 'BM'])
    assert.equal(pictureType(Buffer.from(other)), null)
})
