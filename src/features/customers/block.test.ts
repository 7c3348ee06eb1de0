import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Problem, startDesk } from '#test/desk.ts'
import { mailIn } from '#test/post.ts'
import { blockedBy, readBlockable } from './block.ts'

const desk = await startDesk()
const { admin } = desk
interface Log {
  items: { outcome: string; reason: string | null; from: string | null }[]
}

test('what stands on the list is an address or a domain with everything below it', () => {
  assert.deepEqual(blockedBy('a@mail.example.com'), [
    'a@mail.example.com',
    '@mail.example.com',
    '@example.com',
  ])
  assert.deepEqual(
    ['Anna@Example.com', 'example.com', '@Example.com ', 'пример.рф', 'anna', 'a b.com', ''].map(
      readBlockable,
    ),
    ['anna@example.com', '@example.com', '@example.com', '@xn--e1afmkfd.xn--p1ai', null, null, null],
  )
})

test('mail of a blocked domain is in the mail log, and starts conversations again when it is let in', async () => {
  const put = (address: string, body?: object) =>
    admin.put<Problem & { address: string }>(`/blocked-addresses/${encodeURIComponent(address)}`, body)
  assert.equal((await put('pest.example', { reason: 'Sells lists' })).body.address, '@pest.example')
  const listed = await admin.get<{ items: { address: string; reason: string; by: { name: string } }[] }>(
    '/blocked-addresses',
  )
  assert.deepEqual(
    listed.body.items.map(({ address, reason, by }) => [address, reason, by.name]),
    [['@pest.example', 'Sells lists', 'Admin']],
  )
  await mailIn(desk, { from: 'x@deep.pest.example', subject: 'Buy' }).catch(() => null)
  const log = await admin.get<Log>('/mail-log', { query: { outcome: 'quarantined' } })
  assert.deepEqual(
    log.body.items.map(({ from, reason }) => [from, reason]),
    [['x@deep.pest.example', 'blocked']],
  )
  assert.equal((await mailIn(desk, { from: 'y@notpest.example', subject: 'Hello' })).number > 0, true)
  await admin.delete('/blocked-addresses/@pest.example')
  assert.equal((await mailIn(desk, { from: 'x@deep.pest.example', subject: 'Buy again' })).number > 0, true)
})

test('neither the desk itself nor a provider of half the world can be blocked', async () => {
  for (const [address, code] of [
    ['gmail.com', 'mail_host'],
    ['support@example.com', 'own_address'],
    ['example.com', 'own_address'],
    ['nonsense', 'not_an_address'],
  ]) {
    const { status, body } = await admin.put<Problem>(`/blocked-addresses/${address}`)
    assert.deepEqual([status, body.errors?.[0]?.code], [422, code], address)
  }
})
