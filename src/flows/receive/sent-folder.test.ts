// A team that still answers from its old mail program: what lies in the account's folder of sent mail is ours.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { ImapFlow } from 'imapflow'
import type { Channel } from '#features/connections/connections.contract.ts'
import type { Item, Message, OpenedConversation } from '#features/conversations/conversations.contract.ts'
import type { MailLogRow } from '#features/ledger/ledger.contract.ts'
import { sums } from '#features/ledger/ledger.ts'
import { startDesk } from '#test/desk.ts'
import { startImapServer } from '#test/imap-server.ts'
import { mailServers } from '#test/mail-servers.ts'
import { mailIn } from '#test/post.ts'
import { until } from '#test/until.ts'

const { desk, house, admin, inbox, addAgent } = await startDesk()
const nina = await addAgent({ name: 'Nina', address: 'nina@example.com' })
await admin.patch('/me', { settings: { undoSeconds: 0 } })

for (const { name, skip, start } of mailServers) await tryWith(name, start, skip)

async function tryWith(name: string, start: (typeof mailServers)[0]['start'], skip: string | undefined) {
  if (skip) {
    console.log(`skipped: ${skip}`)
    return test(`${name}: the folder of sent mail`, { skip }, () => {})
  }
  const server = await start()
  after(() => server.stop())
  const own = name.replaceAll(' ', '-').toLowerCase()
  server.deliver('old', 'From: a@b.example\nSubject: Old\n\nOld\n', { at: new Date('2026-01-01T00:00:00Z') })
  const program = new ImapFlow({
    host: '127.0.0.1',
    port: server.port,
    secure: false,
    doSTARTTLS: false,
    auth: { user: 'old', pass: server.password },
    logger: false,
  })
  await program.connect()
  after(() => program.close())
  await program.mailboxCreate('Sent').catch(() => null)
  /** What the old program has sent lies there. */
  const sent = (lines: string[], text: string, id: string) =>
    program.append(
      'Sent',
      `${[...lines, `Message-ID: <${id}>`, `Date: ${new Date().toUTCString()}`].join('\r\n')}\r\n\r\n${text}\r\n`,
    )
  const logged = (id: string) =>
    until(
      async () => {
        const { body } = await admin.get<{ items: MailLogRow[] }>('/mail-log', { query: { q: id } })
        const [row] = body.items
        return row && row.outcome !== 'waiting' ? row : false
      },
      { within: 60_000, what: `${id} at rest` },
    )
  const opened = async (number: number) =>
    (await admin.get<OpenedConversation>(`/conversations/${number}`)).body
  const messages = (items: Item[]) =>
    items.flatMap((item): Message[] => (item.type === 'message' ? [item] : []))

  const { port, password } = server
  const imap = { host: '127.0.0.1', port, security: 'none', username: 'old', password }
  const made = await admin.post<Channel>('/channels', { kind: 'mail', inbox, imap, watchSent: true })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  assert.equal(made.body.watchSent, true)

  test(`${name}: an answer of an agent’s is recorded as his, stops who writes the same, and waits for the customer`, async () => {
    const question = await mailIn(
      { desk, house },
      { from: `anna@${own}.example`, messageId: `<q1@${own}.example>` },
    )
    const before = await opened(question.number)
    assert.equal(before.status.category, 'new')
    await sent(
      [
        'From: Nina <nina@example.com>',
        `To: anna@${own}.example`,
        'Subject: Re: Where is my order',
        `In-Reply-To: <q1@${own}.example>`,
      ],
      'It left on Monday.',
      `a1@${own}.example`,
    )
    const row = await logged(`a1@${own}.example`)
    assert.equal(row.outcome, 'threaded')
    assert.equal(row.conversation, question.number)
    const { items, status, assignee, waitingSince } = await opened(question.number)
    const answer = messages(items).at(-1)!
    assert.equal(answer.direction, 'out')
    assert.equal(answer.state, 'sent')
    assert.deepEqual([answer.author.kind, answer.author.id], ['agent', nina.id])
    assert.equal(status.category, 'pending')
    assert.equal(assignee?.id, nina.id)
    assert.equal(waitingSince, null)
    const late = await admin.post<{ code: string }>(`/conversations/${question.number}/messages`, {
      text: 'I look into it.',
      lastSeen: question.item,
    })
    assert.deepEqual([late.status, late.body.code], [409, 'stale'])
  })

  test(`${name}: one from the inbox’s own address is the inbox’s; a beginning of ours waits for its answer`, async () => {
    await sent(
      ['From: Support <support@example.com>', `To: Carl <carl@${own}.example>`, 'Subject: Your lamp'],
      'It is here.',
      `b1@${own}.example`,
    )
    const row = await logged(`b1@${own}.example`)
    assert.equal(row.outcome, 'started')
    const begun = await opened(row.conversation!)
    assert.equal(begun.customer.address, `carl@${own}.example`)
    assert.deepEqual([begun.status.category, begun.assignee], ['pending', null])
    const answer = await mailIn(
      { desk, house },
      { from: `carl@${own}.example`, inReplyTo: `<b1@${own}.example>` },
    )
    assert.equal(answer.number, row.conversation)
    assert.equal((await opened(answer.number)).status.category, 'open')
  })

  test(`${name}: copies of our own replies and mail among us are no answers; the sums are right`, async () => {
    const question = await mailIn(
      { desk, house },
      { from: `dora@${own}.example`, messageId: `<q2@${own}.example>` },
    )
    const reply = await admin.post<Message>(`/conversations/${question.number}/messages`, {
      text: 'By Foyer itself.',
      lastSeen: question.item,
    })
    await desk.settle()
    const { message_id: id } = await house.db
      .selectFrom('messages')
      .select('message_id')
      .where('id', '=', reply.body.id)
      .executeTakeFirstOrThrow()
    const toDora = [`To: dora@${own}.example`, `In-Reply-To: <q2@${own}.example>`]
    await sent(['From: Support <support@example.com>', ...toDora], 'By Foyer itself.', id!)
    assert.deepEqual((({ outcome, reason }) => [outcome, reason])(await logged(id!)), ['ignored', 'own_loop'])
    await sent(['From: Nina <nina@example.com>', 'To: support@example.com'], 'Lunch?', `c1@${own}.example`)
    assert.equal((await logged(`c1@${own}.example`)).outcome, 'ignored')
    assert.equal(messages((await opened(question.number)).items).length, 2)
    const { received, outgoing } = await sums(house.db)
    assert.deepEqual([received.difference, outgoing.difference], [0, 0])
    await admin.patch(`/channels/${made.body.id}`, { enabled: false })
  })
}

test('an account without a folder of sent mail says so in its channel’s health, mail comes in all the same, and found it is well', async () => {
  const server = await startImapServer()
  after(() => server.stop())
  const { port, password } = server
  const imap = { host: '127.0.0.1', port, security: 'none', username: 'bare', password }
  const { body: made } = await admin.post<Channel>('/channels', {
    kind: 'mail',
    inbox,
    imap,
    watchSent: true,
  })
  const health = async () => (await admin.get<Channel>(`/channels/${made.id}`)).body.health
  await until(async () => {
    const { noSentSince, lastInAt } = await health()
    return noSentSince && lastInAt
  })
  assert.equal((await health()).lastError, null)
  server.makeSent('bare')
  await until(async () => (await health()).noSentSince === null, { within: 60_000 })
})
