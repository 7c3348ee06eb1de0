// Two desks that both acknowledge, and mail each other by SMTP.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startDesk, type TestDesk } from '#test/desk.ts'
import { until } from '#test/until.ts'

const here = await startDesk()
const there = await startDesk()

/** Its inbox under an address of its own, answering by itself, sending to the other's door. */
async function connect({ admin, inbox }: TestDesk, address: string, other: TestDesk) {
  await admin.patch(`/inboxes/${inbox}`, { address, acknowledges: true })
  await admin.patch('/me', { settings: { undoSeconds: 0 } })
  const smtp = { host: '127.0.0.1', port: other.desk.smtpPort, security: 'starttls' }
  const { status } = await admin.post('/channels', { kind: 'mail', inbox, smtp })
  assert.equal(status, 201)
}
const letters = async ({ house }: TestDesk) =>
  house.db
    .selectFrom('messages')
    .select(['direction', 'automatic', 'conversation', 'subject'])
    .orderBy('id')
    .execute()
const sentOff = async ({ house }: TestDesk) =>
  Number(
    (
      await house.db
        .selectFrom('deliveries')
        .select((count) => count.fn.countAll().as('n'))
        .where('state', '=', 'sent')
        .executeTakeFirstOrThrow()
    ).n,
  )

test('two desks with acknowledgements on fall silent after one round', async () => {
  await connect(here, 'support@here.example', there)
  await connect(there, 'support@there.example', here)
  const { body, status } = await here.admin.post('/conversations', {
    inbox: here.inbox,
    customer: { address: 'support@there.example' },
    subject: 'A question from desk to desk',
    message: { text: 'Who begins?' },
    direction: 'out',
  })
  assert.equal(status, 201, JSON.stringify(body))
  await until(async () => (await letters(here)).length >= 2, { what: 'the acknowledgement came back' })
  // Nothing is under way any more in either: what would go on has gone on.
  for (let calm = 0; calm < 3; calm += 1) {
    await here.desk.settle()
    await there.desk.settle()
  }
  const [ours, theirs] = [await letters(here), await letters(there)]
  assert.deepEqual(
    ours.map(({ direction, automatic }) => [direction, automatic]),
    [
      ['out', null],
      ['in', 'auto_reply'],
    ],
  )
  assert.deepEqual(
    theirs.map(({ direction, automatic }) => [direction, automatic]),
    [
      ['in', null],
      ['out', 'acknowledgement'],
    ],
  )
  assert.equal(new Set(ours.map(({ conversation }) => conversation)).size, 1)
  assert.deepEqual([await sentOff(here), await sentOff(there)], [1, 1])
})
