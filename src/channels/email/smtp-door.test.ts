import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { createTransport } from 'nodemailer'
import { certificateOf } from '#test/certificate.ts'
import { openSmtpDoor, type TooBig } from './smtp-door.ts'

const refused: TooBig[] = []
let trouble: Error | null = null
let held: { came(): void; goOn: Promise<void> } | null = null
const door = await openSmtpDoor({
  host: '127.0.0.1',
  port: 0,
  maxSize: 20_000,
  maxUnderWay: 30_000,
  inboxOf: async (address) => (address.endsWith('@example.com') ? '1' : null),
  async take() {
    if (trouble) throw trouble
    const waiting = held
    held = null
    waiting?.came()
    await waiting?.goOn
  },
  async refused(mail) {
    refused.push(mail)
  },
  log: { warn() {} },
})
const transport = createTransport({ host: '127.0.0.1', port: door.port, secure: false })
after(async () => {
  transport.close()
  await door.close()
})
const send = (text: string) =>
  transport.sendMail({ from: 'a@example.org', to: 'b@example.com', subject: 'S', text })

for (const [code, answer] of [
  ['ENOSPC', 452],
  ['53100', 452],
  ['ECONNREFUSED', 451],
] as const)
  test(`a mail that cannot be kept (${code}) is answered ${answer}: its sender holds it`, async () => {
    trouble = Object.assign(new Error('trouble'), { code })
    await assert.rejects(send('x'), { responseCode: answer })
    trouble = null
    await send('x')
  })

test('too big a mail is 552 and the house is told, whether its size was announced or not', async () => {
  await assert.rejects(send('x'.repeat(30_000)), { responseCode: 552 })
  assert.equal(refused.length, 1)
  assert.ok(refused[0]!.size > 30_000)
  const announcing = { from: 'a@example.org', to: ['b@example.com'], size: 30_000 }
  await assert.rejects(
    transport.sendMail({ envelope: announcing, raw: Buffer.from('Subject: x\r\n\r\nshort') }),
    { responseCode: 552 },
  )
  assert.equal(refused.length, 2)
  await send('small enough')
})

test('more at once than may be held is 451 until there is room again', async () => {
  const [came, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  held = { came: came.resolve, goOn: goOn.promise }
  const first = send('x'.repeat(15_000))
  await came.promise
  await assert.rejects(send('x'.repeat(18_000)), { responseCode: 451 })
  await send('a short one still fits')
  goOn.resolve()
  await first
  await send('x'.repeat(18_000))
})

test('with a certificate mail comes in encrypted; a renewed one is taken up without a restart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'foyer-door-'))
  const certificate = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') }
  const put = (name: string) => {
    const made = certificateOf(name)
    writeFileSync(certificate.cert, made.cert)
    writeFileSync(certificate.key, made.key)
    return made.cert
  }
  let ca = put('mx.example.com')
  const taken: string[] = []
  const secure = await openSmtpDoor({
    host: '127.0.0.1',
    port: 0,
    certificate,
    inboxOf: async () => '1',
    take: async ({ raw }) => void taken.push(String(raw)),
    refused: async () => {},
    log: { warn() {} },
  })
  const deliver = (servername: string) => {
    const { port } = secure
    const once = createTransport({ host: '127.0.0.1', port, requireTLS: true, tls: { ca, servername } })
    return once.sendMail({ from: 'a@example.org', to: 'b@example.com', subject: 'S', text: 'x' })
  }
  try {
    await deliver('mx.example.com')
    await assert.rejects(deliver('mx2.example.com'), /altnames/)
    ca = put('mx2.example.com')
    await deliver('mx2.example.com')
    assert.equal(taken.length, 2)
  } finally {
    await secure.close()
    rmSync(folder, { recursive: true, force: true })
  }
})
