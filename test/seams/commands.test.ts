// `foyer …` as its --help and the guides tell: what it says, where, and with which exit code.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { cloneDatabase } from '../database.ts'
import { type FoyerProcess, runFoyer, startFoyer } from '../process.ts'
import { caller, dataFolder, hasMembers, inboxAddress, password } from './outside.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const eml = (id: string, subject: string, more = '') =>
  [
    `From: Eva Lind <eva@mail.example>`,
    `To: ${inboxAddress}`,
    `Subject: ${subject}`,
    `Message-ID: <${id}@mail.example>`,
    'Date: Mon, 05 Jan 2026 10:00:00 +0000',
    ...(more ? [more] : []),
    '',
    `${subject}, please`,
    '',
  ].join('\r\n')

test('every command explains itself; what is not known is said on stderr', async () => {
  const main = await runFoyer(['--help'])
  assert.equal(main.code, 0)
  const explain = async (name: string) => {
    assert.match(main.out, new RegExp(`foyer ${name}\\b`), name)
    const { code, out, err } = await runFoyer([name, '--help'])
    assert.deepEqual([code, err], [0, ''], name)
    assert.match(out, new RegExp(`^foyer ${name}`))
  }
  const names = ['start', 'setup', 'agent', 'api-key', 'channel', 'mail', 'ledger', 'demo', 'doctor']
  for (const name of names) await explain(name)
  const unknown = await runFoyer(['dance'])
  assert.notEqual(unknown.code, 0)
  assert.equal(unknown.out, '')
  assert.match(unknown.err, /dance/)
})

test('from the clone: by its file and by npm, also with an older Node first on the path', {
  timeout: 240_000,
}, (t) => {
  const old = ['/usr/bin/node', '/usr/local/bin/node'].find(
    (path) => existsSync(path) && /^v(1\d|2[0-3])\./.test(spawnSync(path, ['--version']).stdout.toString()),
  )
  if (!old) return t.skip('no Node below 24 on this machine')
  const path = `${join(old, '..')}:/usr/bin:/bin`
  for (const args of [
    [old, 'bin/foyer.cjs'],
    ['npx', '--no-install', 'foyer'],
  ]) {
    const [command, ...rest] = args as [string, ...string[]]
    const { status, stdout, stderr } = spawnSync(command, [...rest, 'ledger', '--help'], {
      cwd: root,
      env: { ...process.env, PATH: path },
    })
    assert.equal(status, 0, `${args.join(' ')}: ${stderr}`)
    assert.match(stdout.toString(), /^foyer ledger/)
  }
})

test('a desk with its own database: from the first run to import, ledger and stop', {
  timeout: 480_000,
}, async () => {
  const data = await dataFolder()
  const foyer = (args: string[], input?: string) => runFoyer([...args, '--data', data], { input })
  let running: FoyerProcess | undefined
  after(() => running?.stop())
  running = await startFoyer(['--data', data])
  assert.match(running.out(), /^Foyer is ready at http:\/\/127\.0\.0\.1:\d+\n$/)
  const second = await runFoyer(['start', '--port', '0', '--smtp-port', '0', '--data', data])
  assert.notEqual(second.code, 0)
  assert.equal(second.out, '')
  assert.notEqual(second.err, '')

  const setup = await foyer(
    ['setup', '--name', 'Ann', '--email', 'ann@example.com', '--language', 'ru'],
    `${password}\n`,
  )
  assert.deepEqual([setup.code, setup.err], [0, ''])
  assert.equal(setup.out.trim().split('\n').length, 1)
  assert.equal(
    (await foyer(['setup', '--name', 'Ann', '--email', 'ann@example.com', '--password', password])).code,
    3,
  )
  const agent = await foyer([
    'agent',
    'add',
    '--name',
    'Bob',
    '--email',
    'bob@example.com',
    '--password',
    password,
    '--role',
    'admin',
  ])
  assert.deepEqual([agent.code, agent.out.trim().split('\n').length], [0, 1], agent.err)
  const key = await foyer(['api-key', 'create', '--agent', 'bob@example.com', '--name', 'Script'])
  assert.match(key.out, /^\S+\n$/)
  const bob = caller(running.address, key.out.trim())
  assert.equal((await bob('GET', '/me')).body.role, 'admin')

  // Archives: two files, an mbox and a Maildir; again they are ignored, with the first ids.
  const archive = join(data, '..', `${data.split('/').at(-1)}-archive`)
  for (const folder of ['', 'Mail/cur', 'Mail/new', 'Mail/tmp'])
    mkdirSync(join(archive, folder), { recursive: true })
  writeFileSync(join(archive, 'one.eml'), eml('one', 'One'))
  writeFileSync(
    join(archive, 'box.mbox'),
    `From eva Mon Jan  5 10:00:00 2026\n${eml('two', 'Two')}\nFrom eva Mon Jan  5 10:00:00 2026\n${eml('three', 'Re: Two', 'In-Reply-To: <two@mail.example>')}\n`,
  )
  writeFileSync(join(archive, 'Mail/cur/1.host:2,S'), eml('four', 'Four'))
  const bring = async (...more: string[]) => {
    const paths = ['one.eml', 'box.mbox', 'Mail'].map((name) => join(archive, name))
    const { code, out, err } = await foyer([
      'mail',
      'import',
      ...paths,
      '--inbox',
      inboxAddress,
      '--json',
      ...more,
    ])
    assert.equal(code, 0, err)
    return out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
  }
  const first = await bring()
  assert.equal(first.length, 4)
  for (const line of first)
    assert.deepEqual(Object.keys(line).sort(), ['conversation', 'message', 'outcome', 'reason', 'source'])
  assert.deepEqual(first.map((line) => line.outcome).sort(), ['started', 'started', 'started', 'threaded'])
  assert.ok(first.every((line) => Number.isInteger(line.conversation)))
  const again = await bring()
  assert.deepEqual(
    again.map(({ outcome, reason }) => `${outcome} ${reason}`),
    Array(4).fill('ignored duplicate'),
  )
  assert.deepEqual(
    again.map(({ conversation, message }) => [conversation, message]),
    first.map(({ conversation, message }) => [conversation, message]),
  )
  const opened = (await bob('GET', `/conversations/${first[0].conversation}`)).body
  assert.ok(['solved', 'closed'].includes(opened.status.category), opened.status.category)
  assert.equal(opened.items[0].at, '2026-01-05T10:00:00.000Z')
  assert.equal(opened.unread, false)
  const none = await foyer(['mail', 'import', join(archive, 'none.eml'), '--inbox', inboxAddress, '--json'])
  assert.deepEqual([none.code, none.out, none.err.trim().split('\n').length], [1, '', 1], none.err)
  writeFileSync(join(archive, 'live.eml'), eml('live', 'Alive'))
  const live = await foyer([
    'mail',
    'import',
    join(archive, 'live.eml'),
    '--inbox',
    inboxAddress,
    '--json',
    '--as',
    'live',
  ])
  const taken = (await bob('GET', `/conversations/${JSON.parse(live.out).conversation}`)).body
  assert.deepEqual([taken.status.category, taken.unread], ['new', true])

  const piped = await foyer(['mail', '--inbox', inboxAddress], eml('pipe', 'From a pipe'))
  assert.equal(piped.code, 0, piped.err)
  assert.equal((await bob('GET', '/conversations?q=pipe')).body.items.length, 1)

  const dead = 'user:word@127.0.0.1:9'
  const added = await foyer([
    'channel',
    'add',
    'mail',
    '--inbox',
    inboxAddress,
    '--imap',
    `imap://${dead}`,
    '--smtp',
    `smtp://${dead}`,
    '--since',
    'now',
  ])
  assert.equal(added.code, 0, added.err)
  assert.ok(!added.out.includes('word'))
  const tested = await foyer(['channel', 'test', inboxAddress, '--json'])
  const sides = JSON.parse(tested.out)
  for (const side of [sides.in, sides.out]) {
    hasMembers(side, 'ok error')
    assert.equal(side.ok, false)
    assert.match(side.error, /ECONNREFUSED|refused/i)
  }
  assert.notEqual(tested.code, 0)
  const notThere = await foyer(['channel', 'test', 'nobody@example.com', '--json'])
  assert.notEqual(notThere.code, 0)
  assert.notEqual(notThere.err, '')

  const ledger = await foyer(['ledger', '--json'])
  const { received } = JSON.parse(ledger.out)
  assert.deepEqual([ledger.code, received.difference, received.ignored], [0, 0, 4])
  assert.equal((await foyer(['ledger'])).code, 0)
  const { code, took } = await running.stop()
  assert.equal(code, 0)
  assert.ok(took < 5000, `${took} ms`)
  // and without the server
  assert.equal((await foyer(['ledger', '--json'])).out, ledger.out)
})

test('a pipe says 75 when the database is away, so that the mail server comes again', async () => {
  const env = { DATABASE_URL: 'postgres://nobody@127.0.0.1:9/none' }
  const { code, out, err } = await runFoyer(['mail', '--inbox', inboxAddress, '--data', await dataFolder()], {
    env,
    input: eml('away', 'Away'),
  })
  assert.deepEqual([code, out], [75, ''])
  assert.notEqual(err, '')
})

test('one database, several processes on one folder; a test clock is refused where people might be', async () => {
  const data = await dataFolder()
  const env = { DATABASE_URL: await cloneDatabase() }
  const foyer = (...args: string[]) => runFoyer([...args, '--data', data], { env })
  assert.equal(
    (await foyer('setup', '--name', 'Ann', '--email', 'ann@example.com', '--password', password)).code,
    0,
  )
  const key = (await foyer('api-key', 'create', '--agent', 'ann@example.com')).out.trim()
  const [worker, ...webs] = await Promise.all(
    ['worker', 'web', 'web'].map((role) => startFoyer(['--role', role, '--data', data], { env })),
  )
  const all = [worker!, ...webs]
  after(() => Promise.all(all.map((one) => one.stop())))
  assert.match(worker!.out(), /^Foyer worker is ready\n$/)
  const calls = webs.map(({ address }) => caller(address, key))
  const begun = await calls[0]!('POST', '/conversations', {
    inbox: inboxAddress,
    customer: { address: 'eva@mail.example' },
    subject: 'Two doors',
    message: { text: 'Hello' },
    direction: 'in',
  })
  const path = `/conversations/${begun.body.number}`
  const reply = { text: 'Once', lastSeen: begun.body.items[0].id }
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, n) =>
      calls[n % 2]!('POST', `${path}/messages`, reply, { 'idempotency-key': 'same' }),
    ),
  )
  const ids = answers.filter(({ status }) => status === 201).map(({ body }) => body.id)
  assert.equal(new Set(ids).size, 1)
  for (const { status, body } of answers) if (status !== 201) assert.equal(body.code, 'in_flight')
  const races = await Promise.all(
    calls.map((call, n) => call('POST', `${path}/messages`, { text: `Mine ${n}`, lastSeen: ids[0] })),
  )
  assert.deepEqual(races.map(({ status }) => status).sort(), [201, 409])
  for (const [args, more] of [
    [['--test-clock'], { NODE_ENV: 'production' }],
    [['--test-clock', '--host', '0.0.0.0'], {}],
    [['--host', '0.0.0.0'], { FOYER_DNS: '/tmp/zone.json' }],
  ] as const) {
    const refused = await runFoyer(['start', '--port', '0', '--smtp-port', '0', '--data', data, ...args], {
      env: { ...env, ...more },
    })
    assert.notEqual(refused.code, 0)
    assert.notEqual(refused.err, '')
  }
})
