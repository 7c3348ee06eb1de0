import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openSecrets } from '#platform/secrets/secrets.ts'
import {
  bounceAddress,
  loopId,
  markerOf,
  newMessageId,
  readBounceAddress,
  readMarkers,
  readMessageId,
  readReplyAddress,
  replyAddress,
} from './tokens.ts'

const ours = openSecrets('one')
const theirs = openSecrets('two')

test('a reply address names its conversation and whom it was issued to, in any case of letters', () => {
  const address = replyAddress(ours, 'support@example.com', '4711', 'Anna@example.org')!
  assert.match(address, /^support\+c-[a-z0-9]+@example\.com$/)
  for (const written of [address, address.toUpperCase()]) {
    const token = readReplyAddress(ours, written)!
    assert.equal(token.conversation, '4711')
    assert.equal(token.issuedTo('anna@example.org'), true)
    assert.equal(token.issuedTo('boris@example.org'), false)
  }
  assert.ok(!address.includes('4711'))
})

test('a reply address is none where the local part would grow too long', () => {
  assert.equal(replyAddress(ours, `${'x'.repeat(40)}@example.com`, '1', 'a@example.org'), null)
  assert.ok(replyAddress(ours, 'customer-service@example.com', '1', 'a@example.org'))
})

test('no token of another installation, another purpose or with one changed letter is taken', () => {
  const address = replyAddress(ours, 'support@example.com', '7', 'a@example.org')!
  assert.equal(readReplyAddress(theirs, address), null)
  assert.equal(readBounceAddress(ours, address.replace('+c-', '+b-')), null)
  const start = address.indexOf('+c-') + 3
  for (let at = start; at < address.indexOf('@'); at++) {
    const other = address[at] === 'a' ? 'b' : 'a'
    const forged = address.slice(0, at) + other + address.slice(at + 1)
    assert.equal(readReplyAddress(ours, forged), null, forged)
  }
  for (const bad of ['support@example.com', 'support+c-@example.com', 'support+c-1@example.com', ''])
    assert.equal(readReplyAddress(ours, bad), null)
})

test('a return path names its message', () => {
  const address = bounceAddress(ours, 'support@example.com', '99')!
  assert.equal(readBounceAddress(ours, address), '99')
  assert.equal(readBounceAddress(theirs, address), null)
})

test('a Message-ID is new each time, names its conversation, with brackets or without', () => {
  const [one, two] = [newMessageId(ours, '5', 'example.com'), newMessageId(ours, '5', 'example.com')]
  assert.notEqual(one, two)
  assert.deepEqual(readMessageId(ours, one), { conversation: '5' })
  assert.deepEqual(readMessageId(ours, `<${two}>`), { conversation: '5' })
  assert.equal(readMessageId(theirs, one), null)
  assert.equal(readMessageId(ours, 'm-1@example.com'), null)
  assert.equal(readMessageId(ours, 'CAF1234@mail.gmail.com'), null)
})

test('markers are found in quoted HTML, prefixed as some programs do; forged ones are passed over', () => {
  const marker = markerOf(ours, '12')
  const html = `<div id="m_-42${marker}">…</div><div id="${marker}"></div><i id="${markerOf(theirs, '13')}">`
  assert.deepEqual(readMarkers(ours, html), ['12'])
})

test('the loop id is one per installation', () => {
  assert.equal(loopId(ours), loopId(openSecrets('one')))
  assert.notEqual(loopId(ours), loopId(theirs))
})
