// Two conversations go on as one and apart again: nothing is lost, nothing is said twice, nobody is stopped by what is
// no news, and whatever came since goes where it belongs.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type {
  Conversation,
  Item,
  MergePreview,
  OpenedConversation,
} from '#features/conversations/conversations.contract.ts'
import { type Client, type Problem, startDesk } from '#test/desk.ts'
import { mailIn } from '#test/post.ts'

const testDesk = await startDesk()
const { desk, house, admin, addAgent } = testDesk
const bea = await addAgent({ name: 'Bea' })
await admin.patch('/me', { settings: { undoSeconds: 0 } })

const at = (number: number) => `/conversations/${number}`
const open = async (number: number, client: Client = admin) =>
  (await client.get<OpenedConversation>(at(number))).body
const merge = (number: number, into: number, client: Client = admin) =>
  client.post<Conversation & Problem>(`${at(number)}/merge`, { into })
const undo = (number: number, client: Client = admin) =>
  client.delete<Conversation & Problem>(`${at(number)}/merge`)
const said = (items: readonly Item[]) =>
  items.flatMap((item) => (item.type === 'event' ? [] : [item.text.trim()]))
const kinds = (items: readonly Item[]) => items.flatMap((item) => (item.type === 'event' ? [item.kind] : []))
let serial = 0
async function mail(text: string, more: Parameters<typeof mailIn>[1] = {}) {
  serial += 1
  return mailIn(testDesk, {
    from: 'Kim <kim@lund.example>',
    subject: `Matter ${serial}`,
    messageId: `<m${serial}@lund.example>`,
    text,
    ...more,
  })
}
async function reply(number: number, text: string, client: Client = admin, more: object = {}) {
  const { items } = await open(number, client)
  const answer = await client.post<Item & Problem>(`${at(number)}/messages`, {
    text,
    lastSeen: items.at(-1)?.id,
    ...more,
  })
  return answer
}

test('messages of both stand in order of time, each says where it came from; the old number leads on', async () => {
  const one = await mail('first of one')
  const two = await mail('first of two')
  await mail('second of one', { inReplyTo: one.messageId })
  await admin.post(`${at(two.number)}/comments`, { text: 'a comment on two' })
  await mail('third of one', { inReplyTo: one.messageId })

  const merged = await merge(two.number, one.number)
  assert.equal(merged.status, 200, JSON.stringify(merged.body))
  assert.equal(merged.body.number, one.number)
  assert.deepEqual(merged.body.merged, [
    { number: two.number, subject: (await open(two.number)).subject, into: one.number },
  ])
  const { items } = await open(one.number)
  assert.deepEqual(said(items), [
    'first of one',
    'first of two',
    'second of one',
    'a comment on two',
    'third of one',
  ])
  assert.deepEqual(
    items.flatMap((item) => (item.type === 'event' ? [] : [item.origin])),
    [null, two.number, null, two.number, null],
  )
  assert.deepEqual(
    items.map(({ position }) => position),
    items.map((_, n) => n + 1),
    'their places are those on the screen',
  )
  assert.ok(kinds(items).includes('merged_in'))
  const stub = await open(two.number)
  assert.equal(stub.mergedInto, one.number)
  assert.deepEqual(said(stub.items), [])
  assert.ok(kinds(stub.items).includes('merged'))

  const listed = async (query: string) =>
    (await admin.get<{ items: Conversation[] }>(`/conversations${query}`)).body.items.map(
      ({ number }) => number,
    )
  assert.ok(!(await listed('?view=all')).includes(two.number), 'it leaves the lists')
  await desk.settle()
  assert.deepEqual(await listed(`?q=${two.number}`), [one.number], 'its number finds where it goes on')
  assert.ok((await listed('?q=comment')).includes(one.number), 'its words too')

  const refused = await admin.put<Problem>(`${at(two.number)}/closure`, {})
  assert.deepEqual([refused.status, refused.body.code], [409, 'conversation_merged'])
  assert.equal((await merge(two.number, one.number)).body.code, 'conversation_merged')
  assert.equal(
    (await merge(one.number, two.number)).body.errors?.[0]?.code,
    'same',
    'not into itself by a detour',
  )
})

test('pages of a merged conversation go by time, without a gap or a repetition', async () => {
  const one = await mail('a0')
  const two = await mail('b0')
  for (let n = 1; n < 6; n++) {
    await mail(`a${n}`, { inReplyTo: one.messageId })
    await mail(`b${n}`, { inReplyTo: two.messageId })
  }
  await merge(two.number, one.number)
  const all = (await open(one.number)).items
  const seen: Item[] = []
  let cursor: string | null = null
  do {
    const page: { items: Item[]; olderCursor: string | null } = (
      await admin.get<{ items: Item[]; olderCursor: string | null }>(`${at(one.number)}/items`, {
        query: { limit: 3, ...(cursor ? { before: cursor } : {}) },
      })
    ).body
    seen.unshift(...page.items)
    cursor = page.olderCursor
  } while (cursor)
  assert.deepEqual(
    seen.map(({ id }) => id),
    all.map(({ id }) => id),
  )
  assert.deepEqual(said(all), ['a0', 'b0', 'a1', 'b1', 'a2', 'b2', 'a3', 'b3', 'a4', 'b4', 'a5', 'b5'])
  const b2 = all.find((item) => item.type === 'message' && item.text.trim() === 'b2')!
  const around = await admin.get<OpenedConversation>(`${at(one.number)}?around=${b2.id}&limit=4`)
  assert.deepEqual(said(around.body.items), ['b1', 'a2', 'b2', 'a3'])
  const after = await admin.get<OpenedConversation>(
    `${at(one.number)}/items?limit=2&after=${around.body.newerCursor}`,
  )
  assert.deepEqual(said(after.body.items), ['b3', 'a4'])
})

test('what arrives by merging stops no reply; what the customer writes since does, by either number', async () => {
  const one = await mail('one')
  const two = await mail('two')
  const { items } = await open(one.number)
  const lastSeen = items.at(-1)!.id
  await merge(two.number, one.number)
  const send = (text: string, seen: string) =>
    admin.post<Item & Problem>(`${at(one.number)}/messages`, { text, lastSeen: seen })
  const sent = await send('Here you are', lastSeen)
  assert.equal(sent.status, 201, JSON.stringify(sent.body))
  const since = await mail('and the other matter', {
    inReplyTo: two.messageId,
    from: 'Lee <lee@lund.example>',
    cc: 'kim@lund.example',
  })
  assert.notEqual(since.number, one.number, 'a stranger with a Message-ID joins nothing')
  const on = await mail('two again', { inReplyTo: two.messageId, cc: 'Lee <lee@lund.example>' })
  assert.equal(on.number, one.number, 'it comes in where it goes on')
  await mail('two from Lee', { inReplyTo: on.messageId, from: 'Lee <lee@lund.example>' })
  const stopped = await send('And this', sent.body.id)
  assert.deepEqual([stopped.status, stopped.body.code], [409, 'stale'])
})

test('undo: what came from it goes back, and what came since by its thread; the rest stays', async () => {
  const one = await mail('one a')
  const two = await mail('two a')
  const number = two.number
  await admin.put(`${at(number)}/tags/Lamp`, {})
  await admin.put(`${at(number)}/tags/Again`, {})
  await admin.put(`${at(number)}/priority`, { priority: 'high' })
  await admin.put(`${at(one.number)}/status`, { status: 'pending' })
  const before = await open(number)
  const survivorBefore = await open(one.number)

  await merge(number, one.number)
  const both = await open(one.number)
  assert.deepEqual([both.tags, both.priority, both.status.category], [['Again', 'Lamp'], 'high', 'new'])
  assert.equal(both.waitingSince, before.waitingSince, 'the wait is the earliest')
  await admin.put(`${at(one.number)}/tags/Kept`, {})
  await admin.delete(`${at(one.number)}/tags/Again`)
  await admin.put(`${at(one.number)}/tags/Again`, {})
  const since = await mail('two b', { inReplyTo: two.messageId, cc: 'Zoe <zoe@lund.example>' })
  assert.equal(since.number, one.number)
  await mail('one b', { inReplyTo: one.messageId })
  await mail('two c', { inReplyTo: since.messageId })
  assert.ok((await open(one.number)).participants.some(({ address }) => address === 'zoe@lund.example'))

  const undone = await undo(number)
  assert.equal(undone.status, 200, JSON.stringify(undone.body))
  assert.equal(undone.body.mergedInto, null)
  const back = await open(number)
  assert.deepEqual(said(back.items), ['two a', 'two b', 'two c'])
  assert.deepEqual(
    back.items.flatMap((item) => (item.type === 'event' ? [] : [item.origin])),
    [null, null, null],
  )
  assert.deepEqual([back.tags, back.priority], [['Again', 'Lamp'], 'high'])
  assert.ok(
    back.participants.some(({ address }) => address === 'zoe@lund.example'),
    'who came by it goes along',
  )
  const left = await open(one.number)
  assert.deepEqual(said(left.items), ['one a', 'one b'])
  assert.deepEqual(left.tags, ['Again', 'Kept'], 'what was put by hand stays')
  assert.deepEqual(left.merged, [])
  assert.equal(left.priority, survivorBefore.priority)
  assert.ok(!left.participants.some(({ address }) => address === 'zoe@lund.example'))
  assert.ok(kinds(left.items).includes('merge_undone'))

  const again = await mail('two d', { inReplyTo: since.messageId })
  assert.equal(again.number, number, 'answers to what came back come there')
  assert.equal((await undo(number)).status, 200, 'again is a no-op')
  assert.equal((await mail('one c', { inReplyTo: one.messageId })).number, one.number)
})

test('status the most open, awake rather than asleep; what nobody has changed since returns', async () => {
  const one = await mail('one')
  const two = await mail('two')
  await admin.put(`${at(one.number)}/closure`, {})
  await admin.put(`${at(two.number)}/snooze`, { until: '2099-01-02T00:00:00Z' })
  await merge(two.number, one.number)
  const both = await open(one.number)
  assert.deepEqual([both.status.category, both.snoozedUntil], ['new', '2099-01-02T00:00:00.000Z'])
  assert.notEqual(both.holder, null)
  await undo(two.number)
  const [left, back] = [await open(one.number), await open(two.number)]
  assert.deepEqual([left.status.category, left.snoozedUntil, left.holder], ['solved', null, null])
  assert.deepEqual([back.status.category, back.snoozedUntil], ['new', '2099-01-02T00:00:00.000Z'])
  assert.equal(back.holder?.kind, 'team')
  const holds = await house.db
    .selectFrom('handoffs')
    .select(['holder_kind', 'ended_at'])
    .where('conversation', '=', String(two.number))
    .orderBy('id')
    .execute()
  assert.deepEqual(
    holds.map(({ ended_at }) => ended_at === null),
    [false, true],
    'nobody held it while it was merged',
  )

  const three = await mail('three')
  await merge(three.number, two.number)
  assert.equal((await open(two.number)).snoozedUntil, null, 'one of them is awake')
  await admin.put(`${at(two.number)}/status`, { status: 'on_hold' })
  await undo(three.number)
  assert.equal((await open(two.number)).status.category, 'on_hold', 'what was changed by hand stays')
})

test('another customer takes part but gets no reply of ours until an agent says so; his words are not quoted to the other', async () => {
  const one = await mail('one of Kim')
  const other = await mail('one of Rosa', { from: 'Rosa <rosa@elsewhere.example>' })
  const preview = (await admin.get<MergePreview>(`${at(other.number)}/merge/preview?into=${one.number}`)).body
  assert.deepEqual(preview.warnings, ['other_customer'])
  assert.deepEqual(
    preview.result.participants.map(({ address, confirmed }) => [address, confirmed]),
    [['rosa@elsewhere.example', false]],
  )
  await merge(other.number, one.number)
  const { participants } = await open(one.number)
  assert.deepEqual(
    participants.map(({ address, confirmed }) => [address, confirmed]),
    [['rosa@elsewhere.example', false]],
  )
  const sent = await reply(one.number, 'To Kim alone', admin, { quote: 'all' })
  assert.equal(sent.status, 201, JSON.stringify(sent.body))
  const message = sent.body as Item & { type: 'message' }
  assert.deepEqual(
    [...message.to, ...message.cc].map(({ address }) => address),
    ['kim@lund.example'],
  )
  await desk.settle()
  const { text } = await house.db
    .selectFrom('outbox_mails')
    .select('text')
    .where('message', '=', message.id)
    .executeTakeFirstOrThrow()
  assert.equal(message.subject, `Re: ${(await open(one.number)).subject}`, 'the subject is his own')
  assert.match(text, /one of Kim/)
  assert.doesNotMatch(text, /one of Rosa/)
  // She writes on, by her own thread: in here, and stopped by nothing.
  const on = await mail('Rosa again', { from: 'Rosa <rosa@elsewhere.example>', inReplyTo: other.messageId })
  assert.equal(on.number, one.number)
  await undo(other.number)
  assert.deepEqual(said((await open(other.number)).items), ['one of Rosa', 'Rosa again'])
  assert.deepEqual((await open(one.number)).participants, [])
})

test('a reply that waits leaves for the customer it was written to, with his words alone', async () => {
  const kim = await mail('secret of Kim')
  const rosa = await mail('asked by Rosa', { from: 'Rosa <rosa@elsewhere.example>' })
  const waits = await reply(rosa.number, 'To Rosa alone', admin, {
    quote: 'all',
    sendAt: '2099-01-01T00:00:00Z',
  })
  assert.equal(waits.status, 201, JSON.stringify(waits.body))
  await merge(rosa.number, kim.number)
  await admin.put(`/messages/${waits.body.id}/sending`)
  await desk.settle()
  const { text, recipients } = await house.db
    .selectFrom('outbox_mails')
    .select(['text', 'recipients'])
    .where('message', '=', waits.body.id)
    .executeTakeFirstOrThrow()
  assert.deepEqual(recipients, ['rosa@elsewhere.example'])
  assert.match(text, /asked by Rosa/)
  assert.doesNotMatch(text, /secret of Kim/)
  const mixed = await admin.post<Problem>(`${at(kim.number)}/split`, { items: [kim.item, rosa.item] })
  assert.equal(mixed.body.errors?.[0]?.code, 'several_customers')
})

test('what its own customer wrote while something was merged into it stays open after the undo', async () => {
  const [one, two] = [await mail('one'), await mail('two')]
  await admin.put(`${at(one.number)}/closure`, {})
  await merge(two.number, one.number)
  await mail('one once more', { inReplyTo: one.messageId })
  await undo(two.number)
  const left = await open(one.number)
  assert.notEqual(left.status.category, 'solved')
  assert.ok(left.waitingSince)
})

test('merged again: the whole chain leads to the end, and each can be taken out for itself', async () => {
  const [a, b, c] = [await mail('a'), await mail('b'), await mail('c')]
  await admin.put(`${at(a.number)}/tags/FromA`, {})
  await merge(a.number, b.number)
  await merge(b.number, c.number)
  assert.deepEqual(said((await open(c.number)).items), ['a', 'b', 'c'])
  assert.deepEqual((await open(c.number)).tags, ['FromA'])
  const into = await merge((await mail('d')).number, a.number)
  assert.equal(into.body.number, c.number, 'into a merged one means where that went')
  assert.equal((await mail('a2', { inReplyTo: a.messageId })).number, c.number)

  await undo(a.number)
  assert.deepEqual(said((await open(a.number)).items), ['a', 'a2'])
  assert.deepEqual(said((await open(c.number)).items), ['b', 'c', 'd'])
  assert.deepEqual((await open(c.number)).tags, [], 'what came by it leaves all it came through')
  await undo(b.number)
  assert.deepEqual(said((await open(b.number)).items), ['b'])
  assert.deepEqual((await open(b.number)).tags, [])
  assert.deepEqual(said((await open(c.number)).items), ['c', 'd'])
  await merge(b.number, a.number)
  assert.deepEqual(said((await open(a.number)).items), ['a', 'b', 'a2'])
})

test('unread stays unread and read stays read', async () => {
  const [one, two] = [await mail('one'), await mail('two')]
  await admin.put(`${at(one.number)}/read`, {})
  await merge(two.number, one.number)
  assert.equal((await open(one.number)).unread, true, 'one of them was unread')
  await undo(two.number)
  assert.equal((await open(one.number)).unread, false)
  assert.equal((await open(two.number)).unread, true)
  await admin.put(`${at(two.number)}/read`, {})
  await merge(two.number, one.number)
  assert.equal((await open(one.number)).unread, false)
  assert.equal((await open(one.number, bea.client)).unread, true)
  const { items } = await open(one.number, bea.client)
  const last = items.findLast(({ type }) => type === 'message')!
  await bea.client.put(`${at(one.number)}/read`, { lastSeen: last.id })
  assert.equal((await open(one.number, bea.client)).unread, false, 'read to the last on the screen is read')
  await undo(two.number)
  assert.equal((await open(two.number, bea.client)).unread, false)
})

test('drafts of one agent on both are put together; one that moved whole goes back untouched', async () => {
  const [one, two, three] = [await mail('one'), await mail('two'), await mail('three')]
  const draft = async (number: number, client: Client = admin) =>
    (await client.get<{ text: string }>(`${at(number)}/draft`)).body?.text
  await admin.put(`${at(one.number)}/draft`, { text: 'for one' })
  await admin.put(`${at(two.number)}/draft`, { text: 'for two' })
  await merge(two.number, one.number)
  assert.equal(await draft(one.number), 'for one\n\nfor two')
  await undo(two.number)
  assert.equal(await draft(one.number), 'for one\n\nfor two', 'nothing is lost')
  await bea.client.put(`${at(three.number)}/draft`, { text: 'for three' })
  await merge(three.number, one.number)
  assert.equal(await draft(one.number, bea.client), 'for three')
  await undo(three.number)
  assert.equal(await draft(three.number, bea.client), 'for three')
})

test('a question to a colleague goes where its comment is, and its answer goes back with it', async () => {
  const [one, two] = [await mail('one'), await mail('two')]
  const asked = await admin.post<Item & Problem>(`${at(two.number)}/consults`, {
    to: [{ kind: 'agent', id: bea.id }],
    text: 'Is it in stock?',
  })
  assert.equal(asked.status, 201, JSON.stringify(asked.body))
  assert.equal((await open(two.number)).holder?.name, 'Bea')
  await merge(two.number, one.number)
  assert.equal((await open(one.number)).holder?.name, 'Bea', 'the ball is with whoever is asked')
  await undo(two.number)
  assert.notEqual((await open(one.number)).holder?.name, 'Bea')
  assert.equal((await open(two.number)).holder?.name, 'Bea')
})

test('taken apart after its holder has gone, its team has it', async () => {
  const [one, two] = [await mail('one'), await mail('two')]
  const leaving = await addAgent({ name: 'Leaving' })
  await admin.put(`${at(two.number)}/assignee`, { agent: leaving.id })
  await merge(two.number, one.number)
  const removed = await admin.delete(`/agents/${leaving.id}`)
  assert.ok(removed.status < 300, JSON.stringify(removed.body))
  await undo(two.number)
  const back = await open(two.number)
  assert.deepEqual([back.assignee, back.holder?.kind], [null, 'team'])
})

test('nobody merges what he does not see, and a locked one takes nothing in', async () => {
  const [one, two] = [await mail('one'), await mail('two')]
  assert.equal((await admin.post<Problem>(`${at(99_999)}/merge`, { into: one.number })).status, 404)
  const unknown = await merge(one.number, 99_999)
  assert.deepEqual([unknown.status, unknown.body.errors?.[0]?.field], [422, 'into'])
  assert.equal((await merge(one.number, one.number)).body.errors?.[0]?.code, 'same')
  await house.db
    .updateTable('conversations')
    .set({
      category: 'closed',
      closed_at: new Date(),
      locked_at: new Date(),
      holder_kind: null,
      holder_id: null,
    })
    .where('id', '=', String(two.number))
    .execute()
  assert.equal((await merge(one.number, two.number)).body.code, 'conversation_closed')
  assert.equal((await merge(two.number, one.number)).status, 200, 'what is locked may go elsewhere')
  await undo(two.number)
  assert.equal((await open(two.number)).status.category, 'closed')
})

test('two who merge at once, crosswise: one of them wins, nothing is lost', async () => {
  for (let round = 0; round < 5; round++) {
    const [one, two] = [await mail('one'), await mail('two')]
    const answers = await Promise.all([
      merge(one.number, two.number),
      merge(two.number, one.number, bea.client),
      mail('one again', { inReplyTo: one.messageId }),
      mail('two again', { inReplyTo: two.messageId }),
    ])
    const statuses = [answers[0].status, answers[1].status].sort()
    assert.equal(statuses[0], 200)
    assert.ok([409, 422].includes(statuses[1]!), `${statuses[1]}`)
    const root = answers[0].status === 200 ? two.number : one.number
    assert.deepEqual(said((await open(root)).items).sort(), ['one', 'one again', 'two', 'two again'])
  }
})

test('a person is exported and erased with what was merged elsewhere, and nobody else with him', async () => {
  const ida = await mail('Ida asks', { from: 'Ida <ida@far.example>' })
  await reply(ida.number, 'To Ida alone')
  const ole = await mail('Ole asks', { from: 'Ole <ole@near.example>' })
  await reply(ole.number, 'To Ole alone')
  await desk.settle()
  const [customers] = [await Promise.all([open(ida.number), open(ole.number)])]
  const [idas, oles] = customers.map(({ customer }) => customer.id!)
  await merge(ida.number, ole.number)
  const exported = async (id: string) => {
    const response = await fetch(`${testDesk.url}/api/v1/customers/${id}/export`, {
      headers: { authorization: `Bearer ${admin.key}` },
    })
    assert.equal(response.status, 200)
    return Buffer.from(await response.arrayBuffer()).toString('latin1')
  }
  const hers = await exported(idas!)
  assert.ok(hers.includes('Ida asks') && hers.includes('To Ida alone') && !hers.includes('Ole'), 'hers alone')
  const his = await exported(oles!)
  assert.ok(his.includes('Ole asks') && his.includes('To Ole alone') && !his.includes('To Ida'), 'his alone')
  const erased = await admin.put(`/customers/${idas}/erasure`, { reason: 'She asked for it' })
  assert.equal(erased.status, 200, JSON.stringify(erased.body))
  const left = said((await open(ole.number)).items).filter((text) => text !== '')
  assert.deepEqual(left, ['Ole asks', 'To Ole alone'])
})

test('what may be the same matter is suggested with its reason, until somebody says it is not', async () => {
  const from = 'Sami <sami@lund.example>'
  const words = 'The glass shade broke on its way, could somebody please send another one quickly?'
  const one = await mail(words, { from })
  const two = await mail(`${words} It is urgent.`, { from })
  await mail('I would like to change my address, how does that work?', { from })
  const other = await mail(words, { from: 'Somebody else <else@lund.example>' })
  const suggested = async (number: number) =>
    (
      await admin.get<{ items: { number: number; reason: string }[] }>(`${at(number)}/merge/suggestions`)
    ).body.items.map((each) => [each.number, each.reason])
  assert.deepEqual(await suggested(one.number), [[two.number, 'same_words']])
  assert.deepEqual(await suggested(two.number), [[one.number, 'same_words']])
  assert.deepEqual(await suggested(other.number), [])
  await admin.put(`${at(two.number)}/merge/distinctions/${one.number}`)
  assert.deepEqual(await suggested(one.number), [])
  await admin.delete(`${at(one.number)}/merge/distinctions/${two.number}`)
  assert.deepEqual(await suggested(one.number), [[two.number, 'same_words']])
  await admin.put(`${at(two.number)}/closure`, {})
  assert.deepEqual(await suggested(one.number), [], 'what is closed is over')
  assert.deepEqual(await suggested(two.number), [])
})

test('split: chosen messages are a new conversation of whoever wrote them, linked both ways', async () => {
  const one = await mail('about the lamp')
  const second = await mail('and about the bill', { inReplyTo: one.messageId })
  await mail('the lamp again', { inReplyTo: one.messageId })
  const comment = await admin.post<Item>(`${at(one.number)}/comments`, { text: 'on the bill' })
  const split = (items: string[], more: object = {}) =>
    admin.post<Conversation & Problem>(`${at(one.number)}/split`, { items, ...more })
  const all = (await open(one.number)).items.flatMap((item) => (item.type === 'message' ? [item.id] : []))
  assert.equal((await split(all)).body.errors?.[0]?.code, 'all_chosen')
  assert.equal((await split([comment.body.id])).body.errors?.[0]?.code, 'no_message')
  assert.equal((await split(['999999'])).body.errors?.[0]?.field, 'items.0')

  const made = await split([second.item, comment.body.id], { subject: 'The bill' })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  const { number } = made.body
  const [fresh, old] = [await open(number), await open(one.number)]
  assert.deepEqual(said(fresh.items), ['and about the bill', 'on the bill'])
  assert.deepEqual(said(old.items), ['about the lamp', 'the lamp again'])
  assert.deepEqual(
    [fresh.subject, fresh.customer.address, fresh.status.category, fresh.links, old.links],
    [
      'The bill',
      'kim@lund.example',
      'open',
      [{ kind: 'split_from', number: one.number }],
      [{ kind: 'split_into', number }],
    ],
  )
  assert.ok(fresh.waitingSince)
  assert.equal(
    (await mail('paid', { inReplyTo: second.messageId })).number,
    number,
    'its thread goes on there',
  )
  assert.equal((await mail('lit', { inReplyTo: one.messageId })).number, one.number)
  // Put together again, as any two.
  assert.equal((await merge(number, one.number)).status, 200)
  assert.equal(said((await open(one.number)).items).length, 6)
})
