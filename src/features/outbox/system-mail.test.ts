import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startDesk } from '../../../test/desk.ts'
import { startSmtpSink } from '../../../test/smtp-sink.ts'
import type { OutboxMail, SystemSender } from './outbox.contract.ts'

const desk = await startDesk()
const agent = await desk.addAgent({ name: 'Olga' })
const invite = async (name: string) => {
  const { status } = await desk.admin.post('/agents', { name, address: `${name.toLowerCase()}@mail.example` })
  assert.equal(status, 201)
  await desk.desk.settle()
}
const kept = async (client = desk.admin) =>
  (await client.get<{ items: OutboxMail[] }>('/outbox')).body.items.map(({ to }) => to[0])

test('without a server an invitation stays in the test mailbox, for administrators alone', async () => {
  await invite('Kept')
  assert.deepEqual(await kept(), ['kept@mail.example'])
  assert.deepEqual(await kept(agent.client), [])
  const answered = await desk.admin.post('/outbox/1/answer', { text: 'Thanks' })
  assert.equal(answered.status, 404)
})

test('with a server of its own it is posted, and its password never comes out', async () => {
  const sink = await startSmtpSink({ username: 'foyer', password: 'right' })
  const server = { host: '127.0.0.1', port: sink.port, security: 'none', username: 'foyer' }
  const forbidden = await agent.client.put('/system-sender', { address: 'desk@example.com', smtp: null })
  assert.equal(forbidden.status, 403)
  const open = await desk.admin.put('/system-sender', {
    address: 'desk@example.com',
    smtp: { ...server, host: 'mail.example' },
  })
  assert.equal(open.body.errors?.[0]?.field, 'smtp.security')
  const set = await desk.admin.put<SystemSender>('/system-sender', {
    name: 'The desk',
    address: 'desk@example.com',
    smtp: { ...server, password: 'right' },
  })
  assert.equal(set.status, 200)
  assert.equal(JSON.stringify(set.body).includes('"right"'), false)
  assert.equal(set.body.smtp?.hasPassword, true)
  await invite('Posted')
  assert.deepEqual(sink.taken[0]!.to, ['posted@mail.example'])
  assert.match(sink.taken[0]!.source, /^From: The desk <desk@example.com>\r$/m)
  assert.match(sink.taken[0]!.source, /^Auto-Submitted: auto-generated\r$/m)
  assert.deepEqual(await kept(), ['kept@mail.example'])

  sink.behave({ rcpt: () => '550 no such person' })
  await invite('Refused')
  assert.deepEqual(await kept(), ['refused@mail.example', 'kept@mail.example'])
  const jobs = await desk.house.db
    .selectFrom('events')
    .select('after')
    .where('kind', '=', 'system_sender_changed')
    .execute()
  assert.equal(JSON.stringify(jobs).includes('right'), false)
})
