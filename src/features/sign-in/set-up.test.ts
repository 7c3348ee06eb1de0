import assert from 'node:assert/strict'
import { request } from 'node:http'
import { test } from 'node:test'

import { openClient, type Problem, startDesk } from '../../../test/desk.ts'
import { setupCode } from './sign-in.ts'

const given = {
  name: 'Вера',
  address: 'vera@example.com',
  password: 'длинный пароль',
  language: 'ru',
  inboxName: 'Магазин',
  inboxAddress: 'shop@example.com',
}

test('the first run makes an administrator, his team and an inbox, and signs him in', async () => {
  const { stranger, url } = await startDesk({ setUp: false })
  assert.deepEqual((await stranger.get('/setup')).body, { done: false, codeNeeded: false })
  const ready = async () => (await fetch(`${url}/readyz`)).json()
  assert.ok(!(await ready()).setup)
  const { status, headers } = await stranger.post('/setup', given)
  assert.equal(status, 201)
  const cookie = headers.getSetCookie()[0]!.split(';')[0]!
  const browser = openClient(url, '', { cookie })
  const { body } = await browser.get<{
    role: string
    teams: { name: string }[]
    settings: { language: string }
  }>('/me')
  assert.deepEqual(
    [body.role, body.teams.map(({ name }) => name), body.settings.language],
    ['admin', ['Поддержка'], 'ru'],
  )
  const inboxes = await browser.get<{ items: { name: string; address: string }[] }>('/inboxes')
  assert.deepEqual(
    inboxes.body.items.map(({ name, address }) => [name, address]),
    [['Магазин', 'shop@example.com']],
  )
  assert.equal((await ready()).setup, true)
  assert.deepEqual((await stranger.get('/setup')).body, { done: true, codeNeeded: false })
  const again = await stranger.post('/setup', { ...given, address: 'other@example.com' })
  assert.deepEqual([again.status, again.body.code], [409, 'setup_done'])
})

test('of many administrators who come first at the same moment, in two processes, exactly one wins', async () => {
  const one = await startDesk({ setUp: false })
  const two = await startDesk({
    setUp: false,
    config: { databaseUrl: one.databaseUrl, data: one.house.config.data },
  })
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, i) =>
      (i % 2 ? one : two).stranger.post('/setup', {
        ...given,
        address: `admin${i}@example.com`,
        inboxAddress: `inbox${i}@example.com`,
      }),
    ),
  )
  assert.deepEqual(answers.map(({ status }) => status).sort(), [201, ...Array(7).fill(409)])
  const count = (table: 'agents' | 'teams' | 'inboxes') =>
    one.house.db
      .selectFrom(table)
      .select('id')
      .execute()
      .then((rows) => rows.length)
  assert.deepEqual([await count('agents'), await count('teams'), await count('inboxes')], [1, 1, 1])
})

test('from another machine the first run needs the code that was printed', async () => {
  const desk = await startDesk({ setUp: false })
  const proxied = openClient(desk.url, '', { 'x-forwarded-for': '203.0.113.5' })
  assert.deepEqual((await proxied.get('/setup')).body, { done: false, codeNeeded: true })
  const fieldOf = ({ status, body }: { status: number; body: Problem }) => [
    status,
    body.errors?.[0]?.field,
    body.errors?.[0]?.code,
  ]
  assert.deepEqual(fieldOf(await proxied.post('/setup', given)), [422, 'code', 'required'])
  const wrong = { ...given, code: 'aaaa-bbbb-cccc-dddd' }
  assert.deepEqual(fieldOf(await proxied.post('/setup', wrong)), [422, 'code', 'code_wrong'])
  const code = setupCode(desk.house).toUpperCase().replaceAll('-', ' ')
  assert.equal((await proxied.post('/setup', { ...given, code })).status, 201)
})

test('a page elsewhere whose name leads to this machine needs the code too', async () => {
  const { url } = await startDesk({ setUp: false })
  const answer = await new Promise<string>((resolve, reject) => {
    request(`${url}/api/v1/setup`, { headers: { host: 'rebound.example:3000' } }, (response) => {
      response.setEncoding('utf8').once('data', resolve)
    })
      .once('error', reject)
      .end()
  })
  assert.deepEqual(JSON.parse(answer), { done: false, codeNeeded: true })
})

test('a field that cannot be taken is named, and nothing is made', async () => {
  const { stranger, house } = await startDesk({ setUp: false })
  for (const [change, field, code] of [
    [{ name: '' }, 'name', 'required'],
    [{ name: '  ' }, 'name', 'required'],
    [{ address: 'vera' }, 'address', 'not_an_address'],
    [{ password: 'короткий' }, 'password', 'password_short'],
    [{ password: 'vera@example.com' }, 'password', 'password_is_address'],
    [{ password: 'Qwertyuiop' }, 'password', 'password_common'],
    [{ inboxAddress: 'shop' }, 'inboxAddress', 'not_an_address'],
    [{ inboxAddress: 'vera@example.com' }, 'inboxAddress', 'taken'],
    [{ language: 'xx' }, 'language', 'not_allowed'],
  ] as const) {
    const { status, body } = await stranger.post<Problem>('/setup', { ...given, ...change })
    assert.deepEqual([status, body.errors?.map((error) => [error.field, error.code])], [422, [[field, code]]])
  }
  for (const [change, told] of [
    [
      { name: '', address: 'vera', inboxAddress: 'shop', password: 'short' },
      ['address not_an_address', 'inboxAddress not_an_address', 'name required', 'password password_short'],
    ],
    // What only the house knows is told with the rest, whether the schema refuses the rest or the house.
    [
      { name: '', inboxAddress: given.address, password: given.address },
      ['inboxAddress taken', 'name required', 'password password_is_address'],
    ],
    [{ inboxAddress: given.address, password: 'short' }, ['inboxAddress taken', 'password password_short']],
    [
      { name: ' ', inboxName: '\t', password: 'short' },
      ['inboxName required', 'name required', 'password password_short'],
    ],
    [{ name: '', password: '' }, ['name required', 'password required']],
    [
      { password: 7, address: [], inboxAddress: 7 },
      ['address', 'inboxAddress', 'password'].map((of) => `${of} wrong_type`),
    ],
  ] as const) {
    const { body } = await stranger.post<Problem>('/setup', { ...given, ...change })
    const said = body.errors?.map(({ field, code }) => `${field} ${code}`).sort()
    assert.deepEqual(said, told)
  }
  assert.deepEqual(await house.db.selectFrom('agents').select('id').execute(), [])
})
