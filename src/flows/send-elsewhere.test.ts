import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Message, OpenedConversation } from '#features/conversations/conversations.contract.ts'
import { TestClock } from '#platform/clock/clock.ts'
import { startDesk } from '#test/desk.ts'
import { mailIn } from '#test/post.ts'
import { startSmtpSink } from '#test/smtp-sink.ts'

const clock = new TestClock(new Date('2026-03-02T09:00:00Z'))
const sink = await startSmtpSink()
const house = await startDesk({ clock })
const { admin } = house
await admin.patch('/me', { settings: { undoSeconds: 0 } })
await house.house.db
  .insertInto('channels')
  .values({
    kind: 'mail',
    inbox: house.inbox,
    name: 'Mail',
    settings: { smtp: { host: '127.0.0.1', port: sink.port, security: 'starttls', username: null } },
    enabled_at: clock.now(),
    created_at: clock.now(),
  })
  .execute()

test('what one address refused goes to another, alone, under the same Message-ID, and its history stays', async () => {
  sink.behave({ rcpt: (address) => (address.startsWith('anna') ? '550 5.1.1 no such person' : null) })
  const { number, item } = await mailIn(house, { subject: 'Moved' })
  const { body: sent } = await admin.post<Message>(`/conversations/${number}/messages`, {
    text: 'Your order is on its way.',
    lastSeen: item,
    cc: ['carl@mail.example'],
  })
  await house.desk.settle()
  const now = async () => {
    const { body } = await admin.get<OpenedConversation>(`/conversations/${number}`)
    return body.items.find((each): each is Message => each.id === sent.id)!
  }
  const failed = (await now()).deliveries.find((delivery) => delivery.state === 'failed')!
  const elsewhere = (to: string, instead = failed.recipient) =>
    admin.post(`/messages/${sent.id}/recipients`, { instead, to })

  // Only what failed can go elsewhere, to an address that is one, not ours, and not among the recipients.
  assert.equal((await elsewhere('new@mail.example', 'carl@mail.example')).status, 409)
  assert.equal((await elsewhere('carl@mail.example')).status, 409)
  assert.equal((await elsewhere('nothing')).status, 422)
  assert.equal((await elsewhere('support@example.com')).status, 422)

  const mailsBefore = sink.taken.length
  assert.equal((await elsewhere('Anna <anew@mail.example>')).status, 200)
  await house.desk.settle()
  const after = await now()
  assert.deepEqual(after.deliveries.map(({ recipient, state }) => [recipient, state]).sort(), [
    ['anew@mail.example', 'sent'],
    ['carl@mail.example', 'sent'],
  ])
  assert.equal(after.state, 'sent')
  const history = after.deliveries.find(({ recipient }) => recipient === 'anew@mail.example')!.attempts
  assert.match(history[0]!.text, /no such person/)
  assert.equal(history[1]!.text, `Sent to anew@mail.example instead of ${failed.recipient}.`)
  assert.deepEqual(
    sink.taken.slice(mailsBefore).map(({ to }) => to),
    [['anew@mail.example']],
  )
  const idOf = (source: string) => /^Message-ID: (.*)\r$/m.exec(source)?.[1]
  assert.equal(idOf(sink.taken.at(-1)!.source), idOf(sink.taken[mailsBefore - 1]!.source))
  assert.match(sink.taken.at(-1)!.source, /^To: .*anew@mail\.example/m)
})

test('senders whose pictures are shown are remembered, with everything else as it was', async () => {
  const { body } = await admin.patch<{ settings: { picturesFrom: string[]; undoSeconds: number } }>('/me', {
    settings: { picturesFrom: ['heike@example.com'] },
  })
  assert.deepEqual([body.settings.picturesFrom, body.settings.undoSeconds], [['heike@example.com'], 0])
})
