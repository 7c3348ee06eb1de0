import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Circumstances } from '../channel.ts'
import { verifySender } from './verify-sender.ts'

const zone: Record<string, string> = {
  'example.org': 'v=spf1 ip4:127.0.0.1 -all',
  '_dmarc.example.org': 'v=DMARC1; p=reject',
}
const resolve = async (name: string, type: string) => {
  if (type === 'TXT' && zone[name]) return [[zone[name]]]
  throw Object.assign(new Error('not found'), { code: 'ENOTFOUND' })
}
const mail = (from: string) => Buffer.from(`From: <${from}>\r\nSubject: x\r\nMessage-ID: <1@x>\r\n\r\nx\r\n`)
const how = (envelopeFrom: string, address = '127.0.0.1'): Circumstances => ({
  door: 'smtp',
  channel: null,
  envelopeFrom,
  envelopeTo: [],
  remote: { address, helo: 'mx.example.org' },
})

test('a sender whose domain vouches for the delivering machine is verified', async () => {
  assert.equal(await verifySender(mail('a@example.org'), how('a@example.org'), { resolve, zone: true }), true)
})
test('a sender whose domain does not vouch for it is not', async () => {
  assert.equal(
    await verifySender(mail('a@example.org'), how('a@example.org', '192.0.2.7'), { resolve, zone: true }),
    false,
  )
  assert.equal(
    await verifySender(mail('a@example.org'), how('evil@example.net'), { resolve, zone: true }),
    false,
  )
})
test('without a policy, and on this machine, nothing is known', async () => {
  assert.equal(await verifySender(mail('a@example.net'), how('a@example.net'), { resolve, zone: true }), null)
  assert.equal(
    await verifySender(mail('a@example.org'), how('a@example.org'), { resolve, zone: false }),
    null,
  )
})
