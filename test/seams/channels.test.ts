// The ways in and out: SMTP with its answers, verification by DNS, the custom channel, the ledger.
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { until as wait } from '../until.ts'
import { dataFolder, hasMembers, inboxAddress, openOutside } from './outside.ts'

const until: typeof wait = (condition, options) => wait(condition, { within: 60_000, ...options })

const zone = join(await dataFolder(), 'zone.json')
writeFileSync(
  zone,
  JSON.stringify({
    'mail.example': {
      TXT: [['v=spf1 ip4:127.0.0.1 -all']],
      MX: [{ exchange: 'mx.mail.example', priority: 10 }],
      A: ['127.0.0.1'],
    },
    '_dmarc.mail.example': { TXT: [['v=DMARC1; p=reject']] },
    'forged.example': { TXT: [['v=spf1 -all']], A: ['192.0.2.1'] },
    '_dmarc.forged.example': { TXT: [['v=DMARC1; p=reject']] },
  }),
)
const desk = await openOutside({ FOYER_DNS: zone })
const ann = desk.admin

test('SMTP: an unknown recipient is 550, too big is 552 with a row in the mail log, a null sender is taken', async () => {
  const answer = (mail: object) =>
    desk.mail(mail).then(
      () => 250,
      (error) => error.responseCode,
    )
  const eva = { from: 'eva@mail.example', subject: 'Any' }
  assert.equal(await answer({ ...eva, to: 'nobody@example.com' }), 550)
  assert.equal(
    await answer({ ...eva, envelope: { from: '', to: inboxAddress }, subject: 'Null sender' }),
    250,
  )
  assert.equal(
    await answer({ ...eva, subject: 'Big', text: 'x'.repeat(78).concat('\n').repeat(700_000) }),
    552,
  )
  const { body } = await ann('GET', '/mail-log?outcome=refused')
  assert.equal(body.items.length, 1)
  assert.equal(body.items[0].reason, 'too_big')
})

test('verified is what DNS says of the sender', async () => {
  for (const [domain, verified] of [
    ['mail.example', true],
    ['forged.example', false],
  ] as const) {
    await desk.mail({ from: `Eva <eva@${domain}>`, subject: `From ${domain}` })
    const number = await desk.numberOf(`From ${domain}`)
    assert.equal((await ann('GET', `/conversations/${number}`)).body.items[0].verified, verified, domain)
  }
})

test('a vacation text joins without reopening or waking; a bounce is tied to the reply that failed', async () => {
  const messageId = await desk.mail({ from: 'Ida <ida@mail.example>', subject: 'Ping' })
  assert.ok(messageId)
  const number = await desk.numberOf('Ping')
  const path = `/conversations/${number}`
  const lastSeen = (await ann('GET', path)).body.items.at(-1).id
  const reply = (
    await ann('POST', `${path}/messages`, { text: 'Pong', lastSeen, then: { status: 'solved' } })
  ).body
  await desk.pass(61)
  const mail = (await ann('GET', '/outbox')).body.items.find(
    (one: { message: string }) => one.message === reply.id,
  )
  const id = /^message-id:\s*(<[^>]+>)/im.exec(mail.source)?.[1] ?? ''
  await desk.mail({
    from: 'Ida <ida@mail.example>',
    subject: 'Out of office',
    inReplyTo: id,
    references: [id],
    text: 'I am away',
    headers: { 'Auto-Submitted': 'auto-replied' },
  })
  const away = await until(async () => {
    const opened = (await ann('GET', path)).body
    return opened.items.some((item: { automatic?: boolean }) => item.automatic) && opened
  })
  assert.equal(away.status.category, 'solved')
  await desk.mail({
    envelope: { from: '', to: inboxAddress },
    raw: [
      'From: MAILER-DAEMON@mx.mail.example',
      `To: ${inboxAddress}`,
      'Subject: Undelivered Mail Returned to Sender',
      'Message-ID: <bounce-1@mx.mail.example>',
      'Auto-Submitted: auto-replied',
      'MIME-Version: 1.0',
      'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
      '',
      '--b',
      'Content-Type: text/plain',
      '',
      'It could not be delivered.',
      '--b',
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; mx.mail.example',
      '',
      'Final-Recipient: rfc822; ida@mail.example',
      'Action: failed',
      'Status: 5.1.1',
      'Diagnostic-Code: smtp; 550 5.1.1 no such person',
      '',
      '--b',
      'Content-Type: text/rfc822-headers',
      '',
      `Message-ID: ${id}`,
      'Subject: Re: Ping',
      '',
      '--b--',
      '',
    ].join('\r\n'),
  })
  const bounced = await until(async () => {
    const opened = (await ann('GET', path)).body
    const item = opened.items.find((one: { id: string }) => one.id === reply.id)
    return item.state === 'bounced' && opened.status.category !== 'solved' && opened
  })
  assert.equal(bounced.status.category, 'open')
})

test('the custom channel: signed in once per id, signed out, tried again until it is taken', async () => {
  const posts: { body: string; signature: string }[] = []
  let status = 500
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      posts.push({ body, signature: String(request.headers['x-foyer-signature']) })
      response.writeHead(status).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  after(() => server.close())
  const url = `http://127.0.0.1:${(server.address() as { port: number }).port}/out`
  const made = await ann('POST', '/channels', { kind: 'custom', inbox: inboxAddress, name: 'Shop', url })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  hasMembers(made.body, 'id secret')
  const { id, secret } = made.body
  assert.ok(!JSON.stringify((await ann('GET', '/channels')).body).includes(secret))
  const sign = (body: string) => `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
  const post = async (message: object, signature?: string) => {
    const body = JSON.stringify(message)
    const response = await fetch(`${desk.address}/api/v1/channels/${id}/inbound`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-foyer-signature': signature ?? sign(body) },
      body,
    })
    return { status: response.status, body: await response.json() }
  }
  const message = {
    id: 'm-1',
    customer: { id: 'c-9', name: 'Jan', address: 'jan@mail.example', phone: '+37369000000' },
    text: 'Hello from the shop',
    attachments: [{ name: 'note.txt', type: 'text/plain', base64: Buffer.from('note').toString('base64') }],
  }
  assert.equal((await post(message, 'sha256=00')).status, 401)
  assert.equal((await post({ id: 'm-0' })).status, 422)
  const [first, second] = [await post(message), await post(message)]
  assert.equal(first.status, 202)
  assert.deepEqual(Object.keys(first.body).sort(), ['conversation', 'item'])
  assert.ok(Number.isInteger(first.body.conversation))
  assert.deepEqual(second, first)
  const path = `/conversations/${first.body.conversation}`
  const opened = (await ann('GET', path)).body
  assert.equal(opened.items.length, 1)
  assert.equal(opened.items[0].id, first.body.item)
  assert.equal(opened.items[0].attachments[0].name, 'note.txt')
  assert.equal(opened.customer.name, 'Jan')
  const form = new FormData()
  form.set('file', new File(['bill'], 'bill.txt', { type: 'text/plain' }))
  const file = (await ann('POST', '/attachments', form)).body
  const reply = await ann('POST', `${path}/messages`, {
    text: 'Hello Jan',
    lastSeen: first.body.item,
    attachments: [file.id],
  })
  assert.equal(reply.status, 201, JSON.stringify(reply.body))
  await desk.pass(10)
  assert.equal(posts.length, 1)
  status = 204
  await desk.pass(3600)
  assert.ok(posts.length >= 2)
  const last = posts.at(-1)!
  assert.equal(last.signature, sign(last.body))
  const out = JSON.parse(last.body)
  hasMembers(out, 'id conversation customer text html attachments at')
  assert.deepEqual(
    [out.conversation, out.customer.id, out.text],
    [first.body.conversation, 'c-9', 'Hello Jan'],
  )
  assert.equal(new Set(posts.map((one) => JSON.parse(one.body).id)).size, 1)
  const { name, type, url: link } = out.attachments[0]
  assert.deepEqual([name, type, await (await fetch(link)).text()], ['bill.txt', 'text/plain', 'bill'])
  const { items } = (await ann('GET', path)).body
  assert.equal(items.find((one: { id: string }) => one.id === reply.body.id).state, 'delivered')
  const next = await post({ ...message, id: 'm-2', text: 'Thanks a lot, but where is the rest of it?' })
  assert.equal(next.body.conversation, first.body.conversation)
})

test('the ledger accounts for everything, and says so by exit code', async () => {
  const { code, out } = await desk.foyer(['ledger', '--json'])
  assert.equal(code, 0, out)
  const sheet = JSON.parse(out)
  hasMembers(
    sheet.received,
    'total threaded started comment bounce ignored quarantined failed waiting difference',
  )
  hasMembers(sheet.outgoing, 'total sent delivered bounced failed cancelled waiting difference')
  assert.deepEqual([sheet.received.difference, sheet.outgoing.difference], [0, 0])
  assert.equal(sheet.received.bounce, 1)
  assert.equal(sheet.outgoing.bounced, 1)
})
