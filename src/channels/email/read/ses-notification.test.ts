import assert from 'node:assert/strict'
import { test } from 'node:test'
import { classify } from './classify.ts'
import { read } from './read.ts'

const told = (message: object, header = 'x-amz-sns-message-id: 1') =>
  read(
    new Uint8Array(
      Buffer.from(
        `From: no-reply@sns.amazonaws.com\r\nSubject: AWS Notification Message\r\n${header}\r\n\r\n${JSON.stringify(
          { Type: 'Notification', Message: JSON.stringify(message) },
        )}\r\n\r\n--\r\nIf you wish to stop receiving notifications`,
      ),
    ),
  ).then(classify)

const mail = { commonHeaders: { messageId: '<c-1@shop.example>' } }
const failed = {
  emailAddress: 'Anna@customer.example',
  status: '5.1.1',
  diagnosticCode: 'smtp; 550 5.1.1 user unknown',
}

test('a bounce that Amazon SES tells as JSON is one, with the address and the mail it is about', async () => {
  const message = {
    notificationType: 'Bounce',
    bounce: { bounceType: 'Permanent', bouncedRecipients: [failed] },
    mail,
  }
  const { bounce } = await told(message)
  assert.equal(bounce?.recipients[0]?.address, 'anna@customer.example')
  assert.equal(bounce?.recipients[0]?.hard, true)
  assert.deepEqual(bounce?.originalIds, ['c-1@shop.example'])
  const passing = { ...message, bounce: { bounceType: 'Transient', bouncedRecipients: [failed] } }
  assert.equal((await told(passing)).bounce?.recipients[0]?.hard, false)
})

test('a complaint is no bounce', async () => {
  const complaint = { complainedRecipients: [{ emailAddress: 'anna@customer.example' }] }
  const found = await told({ notificationType: 'Complaint', complaint, mail })
  assert.equal(found.bounce, null)
  assert.deepEqual(found.complaint, {
    type: 'abuse',
    address: 'anna@customer.example',
    originalIds: ['c-1@shop.example'],
  })
})

test('JSON in a person’s mail, deliveries and nonsense are neither', async () => {
  const bounce = { notificationType: 'Bounce', bounce: { bouncedRecipients: [failed] }, mail }
  for (const found of [
    await told(bounce, 'X-Mailer: x'),
    await told({ notificationType: 'Delivery' }),
    await told([]),
  ]) {
    assert.equal(found.bounce, null)
    assert.equal(found.complaint, null)
  }
})
