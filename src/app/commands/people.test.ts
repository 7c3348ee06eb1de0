import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { cloneDatabase } from '../../../test/database.ts'
import { openClient } from '../../../test/desk.ts'
import { runFoyer, startFoyer } from '../../../test/process.ts'

function dataFolder(): string {
  const data = mkdtempSync(join(tmpdir(), 'foyer-people-'))
  chmodSync(data, 0o755)
  after(() => rmSync(data, { recursive: true, force: true }))
  return data
}
const ann = ['--name', 'Ann', '--email', 'ann@example.com']

test('setup, agent add and api-key create do their work with the desk running and without it', async () => {
  const data = dataFolder()
  const foyer = (...args: string[]) => runFoyer([...args, '--data', data])
  const early = await foyer('agent', 'add', ...ann)
  assert.deepEqual([early.code, early.out], [1, ''])
  assert.match(early.err, /foyer setup/)
  const done = await runFoyer(['setup', ...ann, '--language', 'ru', '--data', data], {
    input: 'a fine password\n',
  })
  assert.equal(done.code, 0, done.err)
  const key = await foyer('api-key', 'create', '--agent', 'ann@example.com')
  assert.match(key.out, /^fy_[a-z2-7]{32}\n$/)

  const desk = await startFoyer(['--data', data])
  try {
    const client = openClient(desk.address, key.out.trim())
    const me = await client.get<{ name: string; role: string; teams: { name: string }[] }>('/me')
    assert.deepEqual([me.body.name, me.body.role, me.body.teams[0]!.name], ['Ann', 'admin', 'Поддержка'])
    const bob = ['--name', 'Bob', '--email', 'bob@example.com', '--role', 'admin']
    const invited = await foyer('agent', 'add', ...bob)
    assert.equal(invited.code, 0, invited.err)
    const [, token] = /^http:\/\/127\.0\.0\.1:\d+\/invitation\/(\S+)\n$/.exec(invited.out)!
    assert.ok(invited.out.startsWith(desk.address), 'the link leads to the running desk')
    const stranger = openClient(desk.address)
    assert.equal((await stranger.put(`/invitations/${token}`, { password: 'a fine password' })).status, 200)
    await stranger.post('/password-resets', { address: 'ann@example.com' })
    const deadline = Date.now() + 20_000
    while (!desk.err().includes('/reset/') && Date.now() < deadline) await wait(20)
    const [, reset] = /"link":"http:[^"]+\/reset\/(\w+)"/.exec(desk.err())!
    assert.equal(
      (await stranger.put(`/password-resets/${reset}`, { password: 'a finer password' })).status,
      200,
    )
    const again = await foyer('agent', 'add', ...bob)
    assert.deepEqual([again.code, again.err], [1, 'address: This is in use already. Choose another.\n'])
    const second = await foyer('api-key', 'create', '--agent', 'bob@example.com', '--name', 'Script')
    const his = await openClient(desk.address, second.out.trim()).get<{ role: string }>('/me')
    assert.equal(his.body.role, 'admin')
  } finally {
    await desk.stop()
  }
  const cid = await foyer(
    'agent',
    'add',
    '--name',
    'Cid',
    '--email',
    'cid@example.com',
    '--password',
    'a fine password',
  )
  assert.deepEqual([cid.code, cid.out], [0, 'Cid is here and signs in as cid@example.com.\n'])
})

test('with DATABASE_URL: setup is done once, exit 3 says so; wrong words exit 1 naming the field, missing ones 2', async () => {
  const data = dataFolder()
  const env = { DATABASE_URL: await cloneDatabase(), FOYER_PASSWORD: 'a fine password' }
  const foyer = (...args: string[]) => runFoyer([...args, '--data', data], { env })
  const weak = await foyer('setup', ...ann, '--password', '1234567890')
  assert.deepEqual(
    [weak.code, weak.err],
    [1, 'password: This password is among the first to be guessed. Think of another.\n'],
  )
  assert.equal((await foyer('setup', '--name', 'Ann')).code, 2)
  const both = await Promise.all([foyer('setup', ...ann), foyer('setup', ...ann)])
  assert.deepEqual(both.map(({ code }) => code).sort(), [0, 3])
  const key = await foyer('api-key', 'create', '--agent', 'nobody@example.com')
  assert.deepEqual([key.code, key.out], [1, ''])
})

test('a start before the first run prints the code that another machine needs', async () => {
  const data = dataFolder()
  const env = { DATABASE_URL: await cloneDatabase() }
  const desk = await startFoyer(['--data', data], { env })
  try {
    assert.match(desk.err(), /the code [a-z2-7]{4}(-[a-z2-7]{4}){3}/)
    const [code] = /[a-z2-7]{4}(-[a-z2-7]{4}){3}/.exec(desk.err())!
    const elsewhere = openClient(desk.address, '', { 'x-forwarded-for': '203.0.113.9' })
    const given = {
      name: 'Ann',
      address: 'ann@example.com',
      password: 'a fine password',
      inboxName: 'Support',
      inboxAddress: 'support@example.com',
    }
    assert.equal((await elsewhere.post('/setup', given)).status, 422)
    assert.equal((await elsewhere.post('/setup', { ...given, code })).status, 201)
  } finally {
    await desk.stop()
  }
})
