import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type BounceReason, bounceReason } from './bounce-reason.ts'

const cases: [BounceReason, string | null, string][] = [
  [
    'unknown',
    '5.1.1',
    '550 5.1.1 <anna@example.org>: Recipient address rejected: User unknown in virtual table',
  ],
  ['unknown', '5.1.1', ''],
  ['unknown', null, '550 No such user here'],
  ['unknown', null, 'Такого адресата не существует'],
  ['full', '5.2.2', '552 5.2.2 The email account that you tried to reach is over quota'],
  ['full', '4.2.2', '452 full'],
  ['full', null, '550 Mailbox is full'],
  ['domain', '5.4.4', 'Host or domain name not found. Name service error for name=example.invalid'],
  ['spam', '5.7.1', '550 5.7.1 Message rejected as spam by content filtering'],
  ['spam', null, '554 Service unavailable; client host blocked using zen.spamhaus.org'],
  ['too_large', '5.3.4', '552 5.3.4 Message size exceeds fixed limit'],
  ['disabled', '5.2.1', '550 5.2.1 The account is inactive'],
  ['busy', '4.7.0', '421 4.7.0 Too many messages from your address, try again later'],
  ['policy', '5.7.26', '550 5.7.26 Unauthenticated mail is not accepted due to the DMARC policy'],
  ['away', '4.4.1', 'connect to mx.example.org: Connection timed out'],
  ['other', '5.0.0', 'It did not work'],
  ['other', null, ''],
]
for (const [reason, status, text] of cases)
  test(`${reason}: ${status ?? 'no status'} ${text}`, () => assert.equal(bounceReason(status, text), reason))

test('words that go on without an end are looked at in no time', () => {
  for (const word of ['mailbox ', 'user ', 'size ', 'account ', 'host ', 'unknown ', 'message exceed '])
    assert.ok(bounceReason(null, word.repeat(200_000)))
})
