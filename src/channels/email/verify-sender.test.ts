import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dkimRecord, sealed, signed } from '#test/dkim.ts'
import type { Circumstances } from '../channel.ts'
import { verifiedByServer } from './verified-by-server.ts'
import { openVerifier } from './verify-sender.ts'

const zone: Record<string, string> = {
  'example.org': 'v=spf1 ip4:127.0.0.1 -all',
  '_dmarc.example.org': 'v=DMARC1; p=reject',
  'test._domainkey.example.org': dkimRecord,
  'test._domainkey.nopolicy.example': dkimRecord,
  'test._domainkey.other.example': dkimRecord,
  'test._domainkey.lists.example': dkimRecord,
  'test._domainkey.evil.example': dkimRecord,
}
const resolve = async (name: string, type: string) => {
  if (type === 'TXT' && zone[name]) return [[zone[name]]]
  throw Object.assign(new Error('not found'), { code: 'ENOTFOUND' })
}
const verify = async (raw: Buffer, circumstances: Circumstances, zoned: boolean) =>
  (await openVerifier({ resolve, zone: zoned })(raw, circumstances)).verified
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
  const late = await slow(raw, fetched)
  assert.deepEqual([late.verified, late.evidence?.dmarc], [null, 'temperror'])
  const before = asked
  assert.equal((await slow(raw, fetched)).verified, null)
  assert.equal(asked, before)
})

// A mailing list has changed the mail, so nothing of its sender's holds any more.
const list = 'lists.example'
const changed = 'From: <a@example.org>\r\nSubject: [list] x\r\nMessage-ID: <1@x>\r\n\r\nx\r\nfooter\r\n'
const said = (dmarc: string, from = 'example.org') => `mx.${list}; dmarc=${dmarc} header.from=${from}`
const trusting = openVerifier({ resolve, zone: true, sealers: [list] })
const door = how('bounces@evil.example', '192.0.2.7')
const arcCases: [what: string, mail: () => Promise<string>, verified: boolean | null][] = [
  ['without a seal', async () => changed, false],
  ['sealed by a list that is believed', () => sealed(changed, list, said('pass')), true],
  ['sealed by somebody else', () => sealed(changed, 'evil.example', said('pass')), false],
  ['sealed after dmarc had failed', () => sealed(changed, list, said('fail')), false],
  ['sealed for another sender', () => sealed(changed, list, said('pass', 'other.example')), false],
  [
    'changed after it was sealed',
    async () => (await sealed(changed, list, said('pass'))).replace('footer', 'pay me'),
    false,
  ],
  [
    'with another sender after it was sealed',
    async () => (await sealed(changed, list, said('pass'))).replace('a@example.org', 'b@example.org'),
    false,
  ],
]
for (const [what, make, verified] of arcCases)
  test(`a mail that a list broke, ${what}`, async () => {
    const verdict = await trusting(Buffer.from(await make()), door)
    assert.equal(verdict.verified, verified)
    assert.equal(verdict.evidence?.sealer, verified ? list : null)
    const nobody = await openVerifier({ resolve, zone: true })(Buffer.from(await make()), door)
    assert.equal(nobody.verified, false)
  })

test('what a server says is read strictly: only its own name, only results, none of a sender’s words', () => {
  const from = [{ name: '', address: 'a@example.org' }]
  const told = (value: string, senders = from) =>
    verifiedByServer({ headers: [{ name: 'authentication-results', value }], from: senders } as never, {
      remote: { authServer: 'mx.example' },
    })?.verified
  const cases: [string, boolean | null | undefined][] = [
    ['mx.example; dmarc=pass header.from=example.org', true],
    ['mx.example; spf=pass; dmarc=fail (p=none) header.from=example.org', false],
    ['MX.example 1; dmarc = pass', true],
    ['mx.evil.example; dmarc=pass', undefined],
    ['mx.example.evil.example; dmarc=pass', undefined],
    ['evil; mx.example; dmarc=pass', undefined],
    ['"mx.example"; dmarc=pass', undefined],
    ['mx.example; spf=fail (x; dmarc=pass); dmarc=none', null],
    ['mx.example; spf=fail smtp.mailfrom="x; dmarc=pass"@evil', null],
    ['mx.example; spf=fail reason="\\"; dmarc=pass"', null],
    ['mx.example; spf=fail smtp.mailfrom=dmarc=pass', null],
    ['mx.example; dmarc=pass header.from=evil.example', null],
    ['mx.example; dmarc=temperror', null],
    ['mx.example; dmarc=fail; dmarc=pass', false],
    ['mx.example; x-dmarc=pass', null],
  ]
  for (const [value, verified] of cases) assert.equal(told(value), verified, value)
  assert.equal(told('mx.example; dmarc=pass', [...from, ...from]), null)
})
