// Somebody inside is asked by mail and answers from his own mailbox; whatever comes back stays inside.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTransport } from 'nodemailer'
import type {
  Comment,
  Conversation,
  OpenedConversation,
} from '#features/conversations/conversations.contract.ts'
import type { OutboxMail } from '#features/outbox/outbox.contract.ts'
import { TestClock } from '#platform/clock/clock.ts'
import { type Problem, startDesk } from '#test/desk.ts'
import { type Mail, mailIn } from '#test/post.ts'
import { nudgeDue } from './nudge.ts'

const clock = new TestClock(new Date('2026-03-02T09:00:00Z'))
const house = await startDesk({ clock })
const { admin, addAgent, desk } = house
const { db } = house.house
const olga = await addAgent({ name: 'Olga' })
const boris = await addAgent({ name: 'Boris' })
const accountant = 'vera@accounts.example'

interface Settled {
  outcome: string
  reason: string | null
  conversation: string | null
  item: string | null
}
/** A mail through the door, and what became of it. */
async function deliver(mail: Mail): Promise<Settled> {
  const transport = createTransport({
    host: '127.0.0.1',
    port: desk.smtpPort ?? 0,
    tls: { rejectUnauthorized: false },
  })
  const envelope = { from: mail.from?.match(/[^<\s]+@[^>\s]+/)?.[0] ?? '', to: 'support@example.com' }
  await transport.sendMail({ to: 'support@example.com', ...mail, envelope })
  transport.close()
  await desk.settle()
  return db
    .selectFrom('ledger')
    .select(['outcome', 'reason', 'conversation', 'item'])
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow()
}
let n = 0
/** A customer's conversation, and what its mails carried. */
async function begin() {
  n += 1
  const customer = `customer${n}@mail.example`
  const { number } = await mailIn(house, {
    from: customer,
    subject: `Invoice ${n}`,
    text: `Secretless words ${n}`,
  })
  return { number, customer }
}
const opened = async (number: number) =>
  (await olga.client.get<OpenedConversation>(`/conversations/${number}`)).body
const ask = <T = Comment>(number: number, body: object) =>
  olga.client.post<T>(`/conversations/${number}/consults`, { text: 'Was it paid?', outside: true, ...body })
async function mailsTo(address: string): Promise<OutboxMail[]> {
  await desk.settle()
  const { items } = (await admin.get<{ items: OutboxMail[] }>('/outbox', { query: { limit: 100 } })).body
  return items.filter(({ to }) => to.includes(address))
}
const idOf = ({ source }: OutboxMail) => /^Message-ID: (<[^>]+>)/im.exec(source)![1]!
const comments = async (number: number) =>
  (await opened(number)).items.filter((item): item is Comment => item.type === 'comment')

/** A conversation in which the accountant was just asked, and the mail that asked him. */
async function asked(person = `person${n + 1}@accounts.example`, body: object = {}) {
  const begun = await begin()
  const answer = await ask(begun.number, { to: [person], ...body })
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  const [mail] = await mailsTo(person)
  return { ...begun, person, mail: mail!, question: answer.body }
}

test('a partner is asked by mail, holds the conversation, and his answer is a comment that gives it back', async () => {
  const { number } = await begin()
  const before = await opened(number)
  const { body: question } = await ask(number, { to: [`Vera <${accountant}>`] })
  assert.equal(question.consults[0]?.to.name, 'Vera')
  const held = await opened(number)
  assert.deepEqual(
    [held.holder?.kind, held.holder?.name, held.status.category],
    ['partner', 'Vera', before.status.category],
  )
  const [mail] = await mailsTo(accountant)
  assert.match(mail!.source, /^From: "?Olga via Foyer"? <support@example\.com>/m)
  assert.match(mail!.subject, /^\[Internal\] Invoice/)
  assert.doesNotMatch(mail!.source.split('\r\n\r\n')[0]!, /mail\.example/)
  assert.match(mail!.text, /Was it paid\?[\s\S]*Secretless words/)
  const answer = await deliver({
    from: `Vera <${accountant}>`,
    subject: `Re: ${mail!.subject}`,
    inReplyTo: idOf(mail!),
    references: [idOf(mail!)],
    text: `Yes, on Monday.\n\nOn Mon, Mar 2, 2026 at 10:00 Olga via Foyer <support@example.com> wrote:\n${mail!.text.replace(/^/gm, '> ')}`,
    attachments: [{ filename: 'receipt.txt', content: 'paid' }],
  })
  assert.deepEqual([answer.outcome, answer.conversation], ['comment', String(number)])
  const after = await opened(number)
  assert.deepEqual([after.holder?.kind, after.holder?.name, after.consults.length], ['agent', 'Olga', 0])
  const comment = after.items.at(-1) as Comment
  assert.equal(comment.type, 'comment')
  assert.equal(comment.text, 'Yes, on Monday.')
  assert.deepEqual(
    [comment.author.name, comment.author.address, comment.answers?.invited],
    ['Vera', accountant, true],
  )
  assert.equal(comment.attachments[0]?.name, 'receipt.txt')
  assert.equal((await comments(number))[0]!.consults[0]!.state, 'answered')
  const bell = (await olga.client.get<{ items: { kind: string }[] }>('/notifications')).body.items
  assert.ok(bell.some(({ kind }) => kind === 'answered'))
})

test('the customer and who writes with him are never asked, nor are our own addresses', async () => {
  const { number, customer } = await begin()
  await olga.client.post(`/conversations/${number}/participants`, { address: 'friend@mail.example' })
  for (const [address, code] of [
    [customer, 'is_customer'],
    ['friend@mail.example', 'is_customer'],
    ['support@example.com', 'is_ours'],
    ['support+x@example.com', 'is_ours'],
    ['nobody', 'not_an_address'],
  ]) {
    const { status, body } = await ask<Problem>(number, { to: [address] })
    assert.deepEqual([status, body.errors?.[0]?.code], [422, code], address)
  }
})

test('an address outside our domains asks once more and shows what will leave', async () => {
  const { number } = await begin()
  const refused = await ask<Problem & { letter: { text: string } }>(number, {
    to: ['x@far.example'],
    outside: false,
  })
  assert.deepEqual([refused.status, refused.body.code], [409, 'outside_address'])
  assert.match(refused.body.letter.text, /Was it paid\?/)
  assert.equal((await comments(number)).length, 0)
  assert.equal((await ask(number, { to: ['boris@example.com'], outside: false })).status, 201)
})

test('whoever asks the same people about the same customer again is told first', async () => {
  const { number, customer, person } = await asked()
  const second = await boris.client.post<Problem>(`/conversations/${number}/consults`, {
    to: [person],
    text: 'And?',
    outside: true,
  })
  assert.deepEqual([second.status, second.body.code], [409, 'already_asked'])
  assert.match(JSON.stringify(second.body), /Olga/)
  const { number: other } = await mailIn(house, {
    from: customer,
    subject: 'Another matter',
    text: 'Another matter',
  })
  assert.equal((await ask<Problem>(other, { to: [person] })).body.code, 'already_asked')
  assert.equal((await ask(other, { to: [person], anyway: true })).status, 201)
})

test('an answer is known by its token, its Message-ID or what it quotes; the subject may be anything', async () => {
  const signs: ((mail: OutboxMail) => Partial<Mail>)[] = [
    (mail) => ({ inReplyTo: idOf(mail) }),
    (mail) => ({ references: ['<x@y.example>', idOf(mail)] }),
    (mail) => ({ text: `Paid.\n\n${mail.text.replace(/^/gm, '> ')}` }),
    (mail) => ({ html: `<p>Paid.</p><blockquote>${mail.html}</blockquote>` }),
  ]
  for (const sign of signs) {
    const { number, person, mail } = await asked()
    const { outcome, conversation } = await deliver({
      from: person,
      subject: 'Что-то другое',
      text: 'Paid.',
      ...sign(mail),
    })
    assert.deepEqual([outcome, conversation], ['comment', String(number)], sign.toString())
    assert.match((await comments(number)).at(-1)!.text, /^Paid\./)
  }
})

test('with a token in the address, it alone is enough', async () => {
  await db.updateTable('inboxes').set({ plus_addressing: true }).execute()
  const { number, mail } = await asked()
  const token = /^Reply-To:[^<]*<(support\+q-[^>\s]+)>/im.exec(mail.source)![1]!
  const { outcome, conversation } = await deliver({
    from: 'other@accounts.example',
    to: token,
    subject: 'Paid',
    text: 'Paid.',
  })
  assert.deepEqual([outcome, conversation], ['comment', String(number)])
  const comment = (await comments(number)).at(-1)!
  assert.deepEqual([comment.answers?.invited, comment.author.address], [false, 'other@accounts.example'])

  const approved = await admin.put<Comment>(`/comments/${comment.id}/approval`)
  assert.deepEqual([approved.status, approved.body.answers?.invited], [200, true])
  await deliver({ from: 'other@accounts.example', to: token, subject: 'Paid', text: 'Once more: paid.' })
  assert.equal((await comments(number)).at(-1)?.answers?.invited, true, 'once is enough')
  const own = await admin.post<Comment>(`/conversations/${number}/comments`, { text: 'Mine' })
  assert.equal((await admin.put(`/comments/${own.body.id}/approval`)).status, 404)
  await db.updateTable('inboxes').set({ plus_addressing: false }).execute()
})

test('what the customer answers to an internal mail is never taken in, and an alarm is raised', async () => {
  const { number, customer, mail } = await asked()
  const before = (await opened(number)).items.length
  const { outcome, reason } = await deliver({
    from: customer,
    subject: mail.subject,
    inReplyTo: idOf(mail),
    text: `What?\n> ${mail.text}`,
  })
  assert.deepEqual([outcome, reason], ['quarantined', 'internal_from_customer'])
  const { items, holder } = await opened(number)
  assert.equal(holder?.kind, 'partner')
  assert.deepEqual(
    items.slice(before).map((item) => item.type === 'event' && item.kind),
    ['internal_from_customer'],
  )
  const bell = (await olga.client.get<{ items: { kind: string }[] }>('/notifications')).body.items
  assert.equal(bell[0]?.kind, 'alarm')
})

test('nor what he answers to the answer that somebody copied him on', async () => {
  const { number, customer, person, mail } = await asked()
  await deliver({
    from: person,
    to: ['support@example.com', customer],
    inReplyTo: idOf(mail),
    messageId: '<copied@accounts.example>',
    text: 'The margin is 40 %.',
  })
  const { outcome } = await deliver({
    from: customer,
    inReplyTo: '<copied@accounts.example>',
    text: 'Forty?\n> The margin is 40 %.',
  })
  assert.equal(outcome, 'quarantined')
  const shown = (await opened(number)).items.filter((item) => item.type === 'message')
  assert.doesNotMatch(JSON.stringify(shown), /margin/)
})

test('a broken chain without any sign is internal, as long as our last mail to him was', async () => {
  const { number, person } = await asked()
  const { outcome, conversation } = await deliver({
    from: person,
    subject: 'the money',
    text: 'It was paid.',
  })
  assert.deepEqual([outcome, conversation], ['comment', String(number)])
  const again = await deliver({ from: person, subject: 'one more thing', text: 'By card, by the way.' })
  assert.deepEqual([again.outcome, again.conversation], ['comment', String(number)])
  assert.equal((await comments(number)).length, 3)
})

test('with two open questions and no sign nobody guesses: it waits, with an alarm in both', async () => {
  const person = 'busy@accounts.example'
  const one = await asked(person)
  const two = await asked(person)
  const { outcome, reason } = await deliver({ from: person, subject: 'yes', text: 'Yes.' })
  assert.deepEqual([outcome, reason], ['quarantined', 'which_consult'])
  for (const { number } of [one, two]) {
    const { items } = await opened(number)
    assert.ok(items.some((item) => item.type === 'event' && item.kind === 'which_consult'))
    assert.equal((await comments(number)).length, 1)
  }
})

test('whatever waits there is put into a conversation as a comment, never as a message', async () => {
  const person = 'torn@accounts.example'
  const one = await asked(person)
  await asked(person)
  await deliver({ from: person, subject: 'yes', text: 'Yes, both.' })
  const join = async () => {
    const { id } = await db.selectFrom('ledger').select('id').orderBy('id', 'desc').executeTakeFirstOrThrow()
    return admin.post<{ outcome: string }>(`/mail-log/${id}/join`, { conversation: one.number })
  }
  const unsigned = await join()
  assert.deepEqual([unsigned.status, unsigned.body.outcome], [200, 'comment'])
  const after = await opened(one.number)
  assert.deepEqual([after.consults, (await comments(one.number)).at(-1)!.text], [[], 'Yes, both.'])
  await ask(one.number, { to: [person], anyway: true })
  const [again] = await mailsTo(person)
  await deliver({ from: one.customer, inReplyTo: idOf(again!), text: 'What is this?' })
  assert.equal((await join()).body.outcome, 'comment')
  const { items, consults } = await opened(one.number)
  assert.equal(items.filter((item) => item.type === 'message').length, 1)
  assert.equal(consults.length, 1, 'the customer has answered nothing')
})

test('who is away says so in a grey line, with the day he is back', async () => {
  const { number, person, mail } = await asked()
  const { outcome, reason } = await deliver({
    from: person,
    subject: 'Out of office',
    inReplyTo: idOf(mail),
    text: 'I am away until 12 March 2026.',
    headers: { 'Auto-Submitted': 'auto-replied' },
  })
  assert.deepEqual([outcome, reason], ['ignored', 'absence_note'])
  const { items, holder } = await opened(number)
  const line = items.at(-1)
  assert.ok(line?.type === 'event' && line.kind === 'consult_absent' && line.after.until === '2026-03-12')
  assert.equal(holder?.kind, 'partner')
})

test('a question that comes back is marked, and its asker is told', async () => {
  const { number, person, mail } = await asked()
  const raw = [
    'From: MAILER-DAEMON@accounts.example',
    'To: support@example.com',
    'Subject: Undelivered Mail Returned to Sender',
    'Message-ID: <bounce-1@accounts.example>',
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    'No such person.',
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.accounts.example',
    '',
    `Final-Recipient: rfc822; ${person}`,
    'Action: failed',
    'Status: 5.1.1',
    'Diagnostic-Code: smtp; 550 5.1.1 no such person',
    '',
    '--b',
    'Content-Type: text/rfc822-headers',
    '',
    `Message-ID: ${idOf(mail)}`,
    '',
    '--b--',
    '',
  ].join('\r\n')
  const { outcome } = await deliver({ from: 'MAILER-DAEMON@accounts.example', raw })
  assert.equal(outcome, 'bounce')
  const [question] = await comments(number)
  assert.match(question!.consults[0]!.failed ?? '', /no such person/)
  assert.equal(
    (await olga.client.get<{ items: { kind: string }[] }>('/notifications')).body.items[0]?.kind,
    'failed',
  )
})

test('an answer twice, or after the conversation was closed, is kept, and the second one moves nothing', async () => {
  const { number, person, mail } = await asked()
  await deliver({ from: person, inReplyTo: idOf(mail), text: 'First.' })
  await olga.client.put(`/conversations/${number}/closure`, {})
  const second = await deliver({ from: person, inReplyTo: idOf(mail), text: 'Second.' })
  assert.equal(second.outcome, 'comment')
  const { status, holder, items } = await opened(number)
  assert.deepEqual([status.category, holder], ['solved', null])
  assert.equal((await comments(number)).at(-1)!.text, 'Second.')
  assert.ok(items.some((item) => item.type === 'event' && item.kind === 'consult_answered_late'))
})

test('several asked are separate; the latest holds, and each answer gives the ball to who is left', async () => {
  const { number } = await begin()
  await ask(number, { to: ['first@accounts.example', { kind: 'agent', id: boris.id }] })
  assert.deepEqual((await opened(number)).holder?.name, 'Boris')
  const [first] = await mailsTo('first@accounts.example')
  const [second] = await mailsTo('boris@example.com')
  await deliver({ from: 'boris@example.com', inReplyTo: idOf(second!), text: 'No idea.' })
  const half = await opened(number)
  assert.deepEqual([half.holder?.kind, half.consults.length], ['partner', 1])
  assert.deepEqual((await comments(number)).at(-1)!.author, {
    kind: 'agent',
    id: boris.id,
    name: 'Boris',
    address: 'boris@example.com',
  })
  await deliver({ from: 'first@accounts.example', inReplyTo: idOf(first!), text: 'Paid.' })
  assert.equal((await opened(number)).holder?.name, 'Olga')
})

test('somebody asked holds it also while the customer is to answer, and a reply does not end the question', async () => {
  const { number, person } = await asked()
  const { lastItem } = await opened(number)
  const reply = await olga.client.post(`/conversations/${number}/messages`, {
    text: 'We look into it.',
    lastSeen: lastItem,
    then: { status: 'pending' },
  })
  assert.equal(reply.status, 201)
  const { holder, status, consults } = await opened(number)
  assert.deepEqual([holder?.kind, status.category, consults[0]?.to.address], ['partner', 'pending', person])
})

test('an answer stops a reply whose writer has not seen it', async () => {
  const { number, person, mail } = await asked()
  const { lastItem } = await opened(number)
  await deliver({ from: person, inReplyTo: idOf(mail), text: 'Not paid!' })
  const { status, body } = await olga.client.post<Problem>(`/conversations/${number}/messages`, {
    text: 'It was paid.',
    lastSeen: lastItem,
  })
  assert.deepEqual([status, body.code], [409, 'stale'])
})

test('who does not answer is reminded at his time and every four hours, three times, then the asker is told', async () => {
  const { number, person } = await asked()
  const counts: number[] = []
  for (let step = 0; step < 6; step += 1) {
    clock.set(new Date(clock.now().getTime() + 4 * 3600_000 + 1000))
    counts.push((await mailsTo(person)).length)
  }
  assert.deepEqual(counts, [2, 3, 4, 4, 4, 4])
  const { items, holder } = await opened(number)
  assert.equal(items.filter((item) => item.type === 'event' && item.kind === 'consult_unanswered').length, 1)
  assert.equal(holder?.kind, 'partner')
  const bell = (
    await olga.client.get<{ items: { kind: string; conversation: { number: number } }[] }>('/notifications')
  ).body.items
  assert.equal(bell.find((one) => one.conversation.number === number)?.kind, 'unanswered')
})

test('a question withdrawn gives the ball back; nobody is reminded, and a late answer is still kept', async () => {
  const { number, person, mail, question } = await asked()
  const { body } = await olga.client.delete<Conversation>(`/consults/${question.consults[0]!.id}`)
  assert.deepEqual([body.holder?.kind, body.consults], ['team', []])
  const before = (await mailsTo(person)).length
  clock.set(new Date(clock.now().getTime() + 9 * 3600_000))
  assert.equal((await mailsTo(person)).length, before)
  assert.equal((await deliver({ from: person, inReplyTo: idOf(mail), text: 'Late.' })).outcome, 'comment')
  assert.equal((await comments(number)).at(-1)!.text, 'Late.')
})

test('a question taken back is withdrawn with its comment: the ball comes back, nobody is reminded', async () => {
  const { number, person, question } = await asked()
  assert.equal((await boris.client.delete(`/comments/${question.id}`)).status, 403)
  assert.equal((await opened(number)).holder?.kind, 'partner')
  const { status, body } = await olga.client.delete<Comment>(`/comments/${question.id}`)
  assert.deepEqual([status, body.text, body.consults[0]?.state], [200, '', 'withdrawn'])
  const { holder, consults } = await opened(number)
  assert.deepEqual([holder?.kind, consults], ['team', []])
  const before = (await mailsTo(person)).length
  clock.set(new Date(clock.now().getTime() + 9 * 3600_000))
  assert.equal((await mailsTo(person)).length, before)
})

test('a question taken back leaves alone what another comment asks, and what was answered already', async () => {
  const { number, person, mail, question } = await asked()
  const { body: other } = await ask(number, { to: [`other${n}@accounts.example`] })
  await deliver({ from: person, inReplyTo: idOf(mail), text: 'Paid.' })
  const { body } = await olga.client.delete<Comment>(`/comments/${question.id}`)
  assert.equal(body.consults[0]?.state, 'answered')
  const { holder, consults } = await opened(number)
  assert.deepEqual([holder?.kind, consults.map(({ id }) => id)], ['partner', [other.consults[0]!.id]])
})

test('who has become the customer’s side since is not mailed any more', async () => {
  const { number, person, mail } = await asked()
  await olga.client.post(`/conversations/${number}/participants`, { address: person })
  clock.set(new Date(clock.now().getTime() + 4 * 3600_000 + 1000))
  assert.equal((await mailsTo(person)).length, 1)
  assert.equal(
    (await deliver({ from: person, inReplyTo: idOf(mail), text: 'Hm.' })).reason,
    'internal_from_customer',
  )
})

test('the link in the mail answers in the browser, for one question and one person, for thirty days', async () => {
  const { number, mail, question } = await asked()
  const token = /\/answers\/([a-z0-9]{33})/.exec(mail.text)![1]!
  const page = await house.stranger.get<{ question: string; thread: string; state: string }>(
    `/answers/${token}`,
  )
  assert.equal(page.status, 200)
  assert.match(page.body.question, /Was it paid/)
  assert.match(page.body.thread, /Secretless words/)
  const sent = await house.stranger.post<{ state: string }>(`/answers/${token}`, { text: 'Paid by card.' })
  await house.stranger.post(`/answers/${token}`, { text: 'Paid by card.' })
  assert.deepEqual([sent.status, sent.body.state], [200, 'answered'])
  assert.deepEqual(
    (await comments(number)).map(({ text }) => text),
    ['Was it paid?', 'Paid by card.'],
  )
  assert.equal((await opened(number)).holder?.name, 'Olga')
  assert.equal((await house.stranger.get(`/answers/${token.slice(0, -1)}x`)).status, 404)
  clock.set(new Date(clock.now().getTime() + 31 * 86_400_000))
  assert.equal((await house.stranger.get(`/answers/${token}`)).status, 404)
  assert.equal(question.consults.length, 1)
})

test('who was passed the mail speaks for no colleague, however he signs', async () => {
  const { number, mail } = await asked()
  await deliver({ from: 'Boris <boris@example.com>', inReplyTo: idOf(mail), text: 'I approve this refund.' })
  const { author, answers } = (await comments(number)).at(-1)!
  assert.deepEqual([author.kind, author.id, answers?.verified], ['collaborator', null, false])
})

test('the link shows nothing that was written after the question, and nothing at all once it is withdrawn', async () => {
  const { number, customer, mail, question } = await asked()
  const path = `/answers/${/\/answers\/([a-z0-9]{33})/.exec(mail.text)![1]!}`
  await mailIn(house, { from: customer, subject: `Re: [#${number}]`, text: 'My card number follows' })
  const page = await house.stranger.get<{ thread: string; question: string }>(path)
  assert.match(page.body.thread, /Secretless words/)
  assert.doesNotMatch(page.body.thread, /card number/)
  await olga.client.delete(`/consults/${question.consults[0]!.id}`)
  const { body } = await house.stranger.get<{ thread: string; question: string }>(path)
  assert.deepEqual([body.thread, body.question], ['', ''])
  assert.equal((await house.stranger.post(path, { text: 'Late' })).status, 409)
})

test('whom others asked where one does not look is told to nobody', async () => {
  const board = (await admin.post<{ id: string }>('/teams', { name: 'Board', members: [{ agent: olga.id }] }))
    .body.id
  const { number, person, question } = await asked()
  await db.updateTable('inboxes').set({ seen_by: 'teams' }).execute()
  await db.updateTable('conversations').set({ team: board }).where('id', '=', String(number)).execute()
  const partners = (
    await boris.client.get<{ items: { address: string }[] }>('/partners', { query: { limit: 100 } })
  ).body
  assert.ok(!partners.items.some(({ address }) => address === person))
  const id = question.consults[0]!.id
  for (const answer of [
    await boris.client.delete(`/consults/${id}`),
    await boris.client.patch(`/consults/${id}`, { remind: false }),
  ])
    assert.equal(answer.status, 404)
  await db.updateTable('inboxes').set({ seen_by: 'all' }).execute()
})

test('two processes that remind at once remind once', async () => {
  const { person } = await asked()
  const now = new Date(clock.now().getTime() + 5 * 3600_000)
  await Promise.all([1, 2, 3, 4].map(() => nudgeDue(house.house)(now)))
  assert.equal((await mailsTo(person)).length, 2)
})

test('nothing of it stands in what the customer is sent', async () => {
  const { number, customer, person, mail } = await asked(undefined, { text: 'Is this man insolvent?' })
  await deliver({ from: person, inReplyTo: idOf(mail), text: 'Insolvent indeed.' })
  const { lastItem } = await opened(number)
  await olga.client.post(`/conversations/${number}/messages`, {
    text: 'All is well.',
    lastSeen: lastItem,
    quote: 'all',
  })
  clock.set(new Date(clock.now().getTime() + 60_000))
  const [sent] = await mailsTo(customer)
  assert.match(sent!.text, /All is well/)
  assert.doesNotMatch(sent!.source, /nsolvent|Internal|accounts\.example|foyer-q-/)
})
