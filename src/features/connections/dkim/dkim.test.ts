// A key of the channel's own: made or given, published, then signing; what leaves is checked as a receiver checks it.
import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { dkimVerify } from 'mailauth/lib/dkim/verify.js'
import type { Channel, DkimKey, DomainCheck } from '#features/connections/connections.contract.ts'
import { type Problem, startDesk } from '#test/desk.ts'
import { mailIn } from '#test/post.ts'
import { startSmtpSink } from '#test/smtp-sink.ts'
import { until } from '#test/until.ts'

const dnsZone = join(tmpdir(), `foyer-dkim-${process.pid}.json`)
const publish = (zone: Record<string, unknown>) => writeFileSync(dnsZone, JSON.stringify(zone))
publish({})
const desk = await startDesk({ config: { dnsZone } })
const { admin, house } = desk
const sink = await startSmtpSink()
const smtp = { host: '127.0.0.1', port: sink.port, security: 'none' as const }
const { id } = (await admin.post<Channel>('/channels', { kind: 'mail', inbox: 'support@example.com', smtp }))
  .body
const path = `/channels/${id}/dkim`
const on = (value: boolean) => admin.put<{ dkim: DkimKey } & Problem>(path, { on: value })
const record = async () => {
  const { body } = await admin.get<DomainCheck>(`/channels/${id}/domain`)
  return body.records.find(({ kind }) => kind === 'dkim')!
}
let count = 0
/** @returns the mail as it left */
async function answered(text: string): Promise<string> {
  count += 1
  const { number, item } = await mailIn(desk, { from: `anna${count}@mail.example`, subject: `No ${count}` })
  const { body } = await admin.post<{ id: string }>(
    `/conversations/${number}/messages`,
    { text, lastSeen: item },
    { headers: { 'idempotency-key': `answer ${count}` } },
  )
  const before = sink.taken.length
  await admin.put(`/messages/${body.id}/sending`)
  await desk.desk.settle()
  await until(() => sink.taken.length > before)
  return sink.taken.at(-1)!.source
}
async function verified(mail: string, { name, record: text }: DkimKey): Promise<string> {
  const resolver = async (asked: string) => (asked === name ? [[text]] : [])
  const { results } = await dkimVerify(Buffer.from(mail, 'latin1'), { resolver } as never)
  return results.map(({ status }) => status.result).join(' ')
}

test('without a key nothing is signed and signing cannot be switched on', async () => {
  assert.doesNotMatch(await answered('Plain'), /^DKIM-Signature/im)
  const refused = await on(true)
  assert.deepEqual([refused.status, refused.body.errors?.[0]?.code], [422, 'no_key'])
})

test('a key is made; it signs only once its record is published, and then so that a receiver believes it', async () => {
  const { body, status } = await admin.post<{ dkim: DkimKey }>(path, {})
  assert.equal(status, 200)
  const key = body.dkim
  assert.deepEqual([key.name, key.on], ['foyer._domainkey.example.com', false])
  assert.ok(!JSON.stringify(await admin.get(`/channels/${id}`)).includes('PRIVATE'))
  assert.deepEqual(await record(), {
    kind: 'dkim',
    name: key.name,
    state: 'missing',
    found: null,
    paste: key.record,
  })
  assert.deepEqual((await on(true)).body.errors?.[0]?.code, 'not_published')
  assert.doesNotMatch(await answered('Not yet'), /^DKIM-Signature/im)

  publish({ [key.name]: { TXT: [['v=DKIM1; k=rsa; p=MIIB']] } })
  assert.equal((await record()).state, 'lacks')
  assert.equal((await on(true)).status, 422)
  publish({ [key.name]: { TXT: [[key.record.slice(0, 200), key.record.slice(200)]] } })
  assert.equal((await record()).state, 'ok')
  assert.equal((await on(true)).body.dkim.on, true)
  const mail = await answered('Grüße aus dem Büro.\n.\nA dot alone, and a long line: '.padEnd(2000, 'x '))
  assert.equal(await verified(mail, key), 'pass')
  assert.equal(await verified(mail.replace('Subject: Re: No', 'Subject: Re: Not'), key), 'fail')

  // Settings changed later leave it alone.
  await admin.patch(`/channels/${id}`, { name: 'Other name', smtp })
  assert.equal(await verified(await answered('Still signed'), key), 'pass')
})

test('a key that is given is taken; what is none is refused; forgotten, nothing is signed', async () => {
  const pem = (bits: number) =>
    String(
      generateKeyPairSync('rsa', { modulusLength: bits }).privateKey.export({ type: 'pkcs1', format: 'pem' }),
    )
  const refused = await Promise.all(
    ['nonsense', pem(768)].map((privateKey) => admin.post<Problem>(path, { privateKey })),
  )
  assert.deepEqual(
    refused.map(({ body }) => body.errors?.[0]?.code),
    ['wrong_key', 'wrong_key'],
  )
  assert.equal((await admin.post<Problem>(path, { selector: 'a b' })).body.errors?.[0]?.field, 'selector')
  const { body } = await admin.post<{ dkim: DkimKey }>(path, { selector: 'Desk2', privateKey: pem(1024) })
  assert.deepEqual([body.dkim.name, body.dkim.on], ['desk2._domainkey.example.com', false])
  publish({ [body.dkim.name]: { TXT: [[body.dkim.record]] } })
  assert.equal((await on(true)).status, 200)
  assert.equal(await verified(await answered('With the other key'), body.dkim), 'pass')
  assert.equal((await admin.delete<{ dkim: null }>(path)).body.dkim, null)
  assert.doesNotMatch(await answered('Plain again'), /^DKIM-Signature/im)
  const row = await house.db
    .selectFrom('channels')
    .select('secrets')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  assert.equal(row.secrets, null)
})

test('only administrators', async () => {
  const { client } = await desk.addAgent({ name: 'Boris' })
  for (const answer of [
    await client.post(path, {}),
    await client.put(path, { on: true }),
    await client.delete(path),
  ])
    assert.equal(answer.status, 403)
})
