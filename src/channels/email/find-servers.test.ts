import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import { after, test } from 'node:test'
import { SMTPServer } from 'smtp-server'
import type { DnsNames } from '#platform/dns/dns.ts'
import { findServers, greets, type Reach } from './find-servers.ts'
import { testImap } from './imap.ts'
import { providers } from './providers.ts'

/** Only what is named here is found. */
function dnsOf(zone: Record<string, Record<string, unknown[]>>): DnsNames {
  return {
    async resolve(name, type) {
      const found = zone[name]?.[type]
      if (!found) throw Object.assign(new Error('not found'), { code: 'ENOTFOUND' })
      return found
    },
    addresses: async (host) => (zone[host]?.A ?? []) as string[],
  }
}
const nobody: Reach = async () => false

test('a well-known address is answered from the list, without a question to the net', async () => {
  const dns: DnsNames = {
    resolve: () => assert.fail('asked'),
    addresses: () => assert.fail('asked'),
  }
  const found = await findServers(dns, 'help@Gmail.com', nobody)
  assert.equal(found.how, 'known')
  assert.equal(found.provider?.password, 'app')
  assert.deepEqual(found.imap, { host: 'imap.gmail.com', port: 993, security: 'tls' })
  assert.equal(found.username, 'help@Gmail.com')
})

test('a company’s own domain is recognised by where its mail is delivered, by the most exact name', async () => {
  const at = (exchange: string) =>
    findServers(dnsOf({ 'firm.example': { MX: [{ exchange, priority: 10 }] } }), 'help@firm.example', nobody)
  assert.equal((await at('ASPMX.L.GOOGLE.COM')).provider?.id, 'google')
  assert.equal((await at('firm-example.mail.protection.outlook.com')).provider?.id, 'microsoft365')
  assert.equal((await at('x.olc.protection.outlook.com.')).provider?.id, 'outlook')
  assert.equal((await at('mx.notgoogle.com')).provider, null)
})

test('a domain tells its servers by SRV records; a target of "." says that there is none', async () => {
  const srv = (name: string, port: number, priority = 10) => ({ name, port, priority, weight: 1 })
  const dns = dnsOf({
    '_imaps._tcp.firm.example': { SRV: [srv('late.firm.example', 993, 20), srv('Box.firm.example.', 9993)] },
    '_submissions._tcp.firm.example': { SRV: [srv('.', 0)] },
    '_submission._tcp.firm.example': { SRV: [srv('out.firm.example', 587)] },
  })
  const { how, imap, smtp } = await findServers(dns, 'help@firm.example', nobody)
  assert.equal(how, 'records')
  assert.deepEqual(imap, { host: 'box.firm.example', port: 9993, security: 'tls' })
  assert.deepEqual(smtp, { host: 'out.firm.example', port: 587, security: 'starttls' })
})

test('else the usual names are tried; nothing that answers is said so', async () => {
  const answering: Reach = async ({ host, port }) => host === 'mail.firm.example' && port !== 465
  const found = await findServers(dnsOf({}), 'help@firm.example', answering)
  assert.equal(found.how, 'tried')
  assert.deepEqual(found.imap, { host: 'mail.firm.example', port: 993, security: 'tls' })
  assert.deepEqual(found.smtp, { host: 'mail.firm.example', port: 587, security: 'starttls' })
  const { how, imap, smtp } = await findServers(dnsOf({}), 'help@firm.example', nobody)
  assert.deepEqual([how, imap, smtp], ['none', null, null])
})

// smtp-server's own certificate proves no name: nobody may count it, nobody may give it a password.
let heard = ''
const impostor = new SMTPServer({
  secure: true,
  onAuth: (auth, _session, done) => {
    heard += `${auth.username} ${auth.password}`
    done(null, { user: 'x' })
  },
})
impostor.on('error', () => {})
await new Promise<void>((resolve) => impostor.listen(0, '127.0.0.1', () => resolve()))
after(() => impostor.close())
const { port } = impostor.server.address() as { port: number }

test('a server that does not prove its name is not counted', async () => {
  const dns = dnsOf({ 'smtp.firm.example': { A: ['127.0.0.1'] } })
  assert.equal(await greets(dns, { host: 'smtp.firm.example', port, security: 'tls' }, 'smtp'), false)
})

test('no password goes to a server that does not prove its name, and the steps say where it ended', async () => {
  // 0.0.0.0 reaches this machine and is none of the names whose certificate is not asked for.
  const side = await testImap({
    host: '0.0.0.0',
    port,
    security: 'tls',
    username: 'anna',
    password: 'secret',
  })
  assert.equal(side.hint, 'mail:hint.certificate', JSON.stringify(side))
  assert.deepEqual(
    side.steps?.map(({ step, state }) => `${step} ${state}`),
    ['connect passed', 'tls failed', 'sign_in untried', 'folder untried'],
  )
  assert.equal(heard, '')
})

test('where nobody listens the first step fails', async () => {
  const closed = createServer()
  await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', () => resolve()))
  const { port } = closed.address() as { port: number }
  await new Promise((resolve) => closed.close(resolve))
  const side = await testImap({ host: '127.0.0.1', port, security: 'tls', username: 'a', password: 'b' })
  assert.deepEqual([side.steps?.[0]?.state, side.hint], ['failed', 'mail:hint.port'])
})

test('every provider has its servers encrypted, a page on https and an end to be known by', () => {
  for (const [id, { imap, smtp, page, domains, mx }] of Object.entries(providers)) {
    assert.ok(page.startsWith('https://'), id)
    assert.ok(domains.length + mx.length > 0, id)
    for (const server of [imap, smtp]) assert.match(server.security, /^(tls|starttls)$/, id)
  }
})
