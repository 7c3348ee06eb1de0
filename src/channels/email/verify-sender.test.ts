import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dkimRecord, signed } from '#test/dkim.ts'
import type { Circumstances } from '../channel.ts'
import { openVerifier } from './verify-sender.ts'

const zone: Record<string, string> = {
  'example.org': 'v=spf1 ip4:127.0.0.1 -all',
  '_dmarc.example.org': 'v=DMARC1; p=reject',
  'test._domainkey.example.org': dkimRecord,
  'test._domainkey.nopolicy.example': dkimRecord,
  'test._domainkey.other.example': dkimRecord,
}
const resolve = async (name: string, type: string) => {
  if (type === 'TXT' && zone[name]) return [[zone[name]]]
  throw Object.assign(new Error('not found'), { code: 'ENOTFOUND' })
}
const verify = (raw: Buffer, circumstances: Circumstances, zoned: boolean) =>
  openVerifier({ resolve, zone: zoned })(raw, circumstances)
const mail = (from: string) => Buffer.from(`From: <${from}>\r\nSubject: x\r\nMessage-ID: <1@x>\r\n\r\nx\r\n`)
const how = (envelopeFrom: string, address = '127.0.0.1'): Circumstances => ({
  door: 'smtp',
  channel: null,
  envelopeFrom,
  envelopeTo: [],
  remote: { address, helo: 'mx.example.org' },
})

test('a sender whose domain vouches for the delivering machine is verified', async () => {
  assert.equal(await verify(mail('a@example.org'), how('a@example.org'), true), true)
})
test('a sender whose domain does not vouch for it is not', async () => {
  assert.equal(await verify(mail('a@example.org'), how('a@example.org', '192.0.2.7'), true), false)
  assert.equal(await verify(mail('a@example.org'), how('evil@example.net'), true), false)
})
test('without a policy, and on this machine, nothing is known', async () => {
  assert.equal(await verify(mail('a@example.net'), how('a@example.net'), true), null)
  assert.equal(await verify(mail('a@example.org'), how('a@example.org'), false), null)
})

const fetched: Circumstances = { ...how(''), door: 'imap', envelopeFrom: null, remote: null }
const signedBy = async (domain: string, from: string) =>
  Buffer.from(await signed(mail(from).toString(), domain))

test('a fetched mail is verified by its own domain’s signature alone, with a policy or without', async () => {
  assert.equal(await verify(await signedBy('example.org', 'a@example.org'), fetched, false), true)
  assert.equal(await verify(await signedBy('nopolicy.example', 'a@nopolicy.example'), fetched, false), true)
})
test('a signature of another domain, a broken one or none proves nothing, and does not make it forged', async () => {
  assert.equal(await verify(await signedBy('other.example', 'a@example.org'), fetched, false), null)
  assert.equal(await verify(await signedBy('other.example', 'a@nopolicy.example'), fetched, false), null)
  const changed = (await signedBy('example.org', 'a@example.org'))
    .toString()
    .replace('\r\n\r\nx', '\r\n\r\ny')
  assert.equal(await verify(Buffer.from(changed), fetched, false), null)
  assert.equal(await verify(mail('a@example.org'), fetched, false), null)
})
test('name servers that do not answer hold up one fetched mail, not every one', async () => {
  let asked = 0
  const slow = openVerifier({
    resolve: () => {
      asked += 1
      return new Promise(() => {})
    },
    zone: false,
  })
  const raw = await signedBy('example.org', 'a@example.org')
  assert.equal(await slow(raw, fetched), null)
  const before = asked
  assert.equal(await slow(raw, fetched), null)
  assert.equal(asked, before)
})
