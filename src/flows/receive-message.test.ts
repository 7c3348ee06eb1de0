// The way in, tried with real SMTP on loopback and a real database.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTransport, type SendMailOptions } from 'nodemailer'
import type { Conversation, OpenedConversation } from '#features/conversations/conversations.contract.ts'
import * as ledger from '#features/ledger/ledger.ts'
import { inTransaction } from '#platform/db/db.ts'
import { log as jsonLog, type Log, silence } from '#platform/log/log.ts'
import { startDesk } from '#test/desk.ts'

const loud: Log = { ...silence, warn: jsonLog.warn, error: jsonLog.error }
const { desk, house, admin, inbox } = await startDesk({ log: loud })

async function send(mail: SendMailOptions) {
  const transport = createTransport({ host: '127.0.0.1', port: desk.smtpPort!, secure: false })
  try {
    return await transport.sendMail({ to: 'support@example.com', ...mail })
  } finally {
    transport.close()
  }
}
/** Sends and waits; @returns the ledger's row of the newest mail */
async function arrive(mail: SendMailOptions) {
  const sent = await send(mail)
  await desk.settle()
  const row = await house.db.selectFrom('ledger').selectAll().orderBy('id', 'desc').executeTakeFirstOrThrow()
  return { ...row, messageId: sent.messageId }
}
async function conversation(number: string | null): Promise<OpenedConversation> {
  const { status, body } = await admin.get<OpenedConversation>(`/conversations/${number}`)
  assert.equal(status, 200)
  return body
}

test('a mail becomes a conversation in the list, unread and waiting', async () => {
  const { conversation: number, outcome } = await arrive({
    from: 'Anna Berg <anna@example.org>',
    subject: 'Where is my order?',
    text: 'It was due on Monday.',
  })
  assert.equal(outcome, 'started')
  const { body } = await admin.get<{ items: Conversation[] }>('/conversations', { query: { view: 'all' } })
  const listed = body.items.find((one) => one.number === Number(number))
  assert.ok(listed)
  assert.equal(listed.subject, 'Where is my order?')
  assert.equal(listed.customer.name, 'Anna Berg')
  assert.equal(listed.preview, 'It was due on Monday.')
  assert.equal(listed.unread, true)
  assert.ok(listed.waitingSince)
})

test('the next mail of a thread joins it although the subject was changed', async () => {
  const first = await arrive({ from: 'boris@example.org', subject: 'One', text: 'First.' })
  const second = await arrive({
    from: 'boris@example.org',
    subject: 'Two',
    text: 'Second.',
    inReplyTo: first.messageId,
  })
  assert.equal(second.outcome, 'threaded')
  assert.equal(second.conversation, first.conversation)
})

test('the same subject alone, or Re: alone, begins a conversation of its own', async () => {
  const first = await arrive({ from: 'clara@example.org', subject: 'Question', text: 'One.' })
  const second = await arrive({ from: 'clara@example.org', subject: 'Re: Question', text: 'Two.' })
  assert.equal(second.outcome, 'started')
  assert.notEqual(second.conversation, first.conversation)
})

test('a stranger who knows a Message-ID of the customer begins a conversation of his own', async () => {
  const first = await arrive({ from: 'dora@example.org', subject: 'Mine', text: 'One.' })
  const other = await arrive({
    from: 'eve@example.net',
    subject: 'Re: Mine',
    text: 'Me too.',
    inReplyTo: first.messageId,
  })
  assert.equal(other.outcome, 'started')
  assert.notEqual(other.conversation, first.conversation)
})

test('whom the customer copied is a participant, and his answer joins as his own', async () => {
  const first = await arrive({
    from: 'fred@example.org',
    cc: 'Gina <gina@example.org>',
    subject: 'Both',
    text: 'One.',
  })
  const answer = await arrive({
    from: 'gina@example.org',
    subject: 'Re: Both',
    text: 'Two.',
    inReplyTo: first.messageId,
  })
  assert.equal(answer.conversation, first.conversation)
  const { customer, participants, items } = await conversation(first.conversation)
  assert.equal(customer.address, 'fred@example.org')
  assert.deepEqual(
    participants.map((one) => [one.address, one.confirmed]),
    [['gina@example.org', true]],
  )
  const authors = items.flatMap((item) =>
    item.type === 'message' ? [`${item.author.kind} ${item.author.address}`] : [],
  )
  assert.deepEqual(authors, ['customer fred@example.org', 'participant gina@example.org'])
})

test('a child that arrives before its parent starts the conversation, and the parent joins it', async () => {
  const parent = '<parent-of-early-child@example.org>'
  const child = await arrive({
    from: 'hans@example.org',
    subject: 'Re: Late',
    text: 'And?',
    references: parent,
  })
  const late = await arrive({ from: 'hans@example.org', subject: 'Late', text: 'First.', messageId: parent })
  assert.equal(child.outcome, 'started')
  assert.equal(late.conversation, child.conversation)
})

test('the same mail again is ignored as a duplicate of the first', async () => {
  const mail = {
    from: 'ida@example.org',
    subject: 'Twice',
    text: 'Once.',
    messageId: '<twice@example.org>',
    date: new Date(0),
  }
  const first = await arrive(mail)
  const again = await arrive(mail)
  assert.deepEqual([again.outcome, again.reason, again.duplicate_of], ['ignored', 'duplicate', first.id])
  assert.deepEqual([again.conversation, again.item], [first.conversation, first.item])
  const other = await arrive({ ...mail, text: 'Something else.' })
  assert.equal(other.outcome, 'started', 'the same Message-ID with other words is another mail')
})

test('a site form that writes from our own address makes the conversation of the person in Reply-To', async () => {
  const form = await arrive({
    from: 'support@example.com',
    replyTo: 'Jan <jan@example.org>',
    subject: 'Form',
    text: 'Hello',
  })
  assert.equal(form.outcome, 'started')
  assert.equal((await conversation(form.conversation)).customer.address, 'jan@example.org')
})

test('an answer to a locked conversation begins a linked one, and the next answer joins that', async () => {
  const mail = { from: 'mona@example.org', subject: 'Old story', text: 'One.' }
  const first = await arrive(mail)
  await house.db
    .updateTable('conversations')
    .set({
      category: 'closed',
      closed_at: first.received_at,
      locked_at: first.received_at,
      holder_kind: null,
      holder_id: null,
    })
    .where('id', '=', first.conversation)
    .execute()
  const late = await arrive({ ...mail, text: 'Two.', inReplyTo: first.messageId })
  assert.equal(late.outcome, 'started')
  const { links } = await conversation(late.conversation)
  assert.deepEqual(links, [{ kind: 'follows', number: Number(first.conversation) }])
  const later = await arrive({ ...mail, text: 'Three.', inReplyTo: first.messageId })
  assert.deepEqual([later.outcome, later.conversation], ['threaded', late.conversation])
})

test('an address that is not ours is refused with 550', async () => {
  await assert.rejects(send({ from: 'k@example.org', to: 'nobody@example.com', text: 'x' }), {
    responseCode: 550,
  })
})

test('an automatic answer joins without waking anybody; attachments and pictures are kept', async () => {
  const first = await arrive({
    from: 'lena@example.org',
    subject: 'Files',
    text: 'See here.',
    attachments: [{ filename: 'bill.pdf', content: Buffer.from('%PDF-1.4 not really') }],
  })
  const { items } = await conversation(first.conversation)
  const message = items.find((item) => item.type === 'message')
  assert.ok(message?.type === 'message')
  assert.deepEqual(
    message.attachments.map(({ name, size, inline }) => [name, size, inline]),
    [['bill.pdf', 19, false]],
  )
  await house.db
    .updateTable('conversations')
    .set({ waiting_since: null })
    .where('id', '=', first.conversation)
    .execute()
  const answer = await arrive({
    from: 'lena@example.org',
    subject: 'Out of office',
    text: 'Back on Monday.',
    inReplyTo: first.messageId,
    headers: { 'Auto-Submitted': 'auto-replied' },
  })
  assert.equal(answer.conversation, first.conversation)
  assert.equal((await conversation(first.conversation)).waitingSince, null)
})

test('a mail that no try comes to an end with is put aside, and a person may try it again', async () => {
  const raw = Buffer.from('From: d@example.org\r\nSubject: Deadly\r\n\r\nx')
  const arrival = {
    door: 'pipe' as const,
    channel: null,
    sourceKey: null,
    envelopeFrom: null,
    envelopeTo: [],
  }
  const id = await inTransaction(house.db, async (tx) => {
    const [kept] = await ledger.keep(tx, [
      {
        ...arrival,
        inbox,
        sha256: await house.files.keep(raw),
        size: raw.length,
        mode: 'live',
        remote: null,
        receivedAt: house.clock.now(),
        inHand: false,
      },
    ])
    await tx.updateTable('ledger').set({ tries: 8 }).where('id', '=', kept!.ledger).execute()
    return kept!.ledger
  })
  await desk.settle()
  const row = await house.db.selectFrom('ledger').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  assert.equal(row.outcome, 'quarantined')
  const { body } = await admin.post<{ outcome: string }>(`/mail-log/${id}/retry`, {})
  assert.equal(body.outcome, 'started')
})

test('every mail of this file is counted at the door and is exactly one row', async () => {
  const { n } = await house.db
    .selectFrom('door_counts')
    .select((f) => f.fn.sum<string>('received').as('n'))
    .executeTakeFirstOrThrow()
  const rows = await house.db
    .selectFrom('ledger')
    .select((f) => f.fn.countAll<string>().as('n'))
    .where('inbox', '=', inbox)
    .executeTakeFirstOrThrow()
  assert.equal(n, rows.n)
})
