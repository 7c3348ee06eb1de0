// Months of a desk's life by chance, told by the verbs themselves; the numbers are compared with a plain walk over the
// events, written here without SQL, and every number with the length of the list it opens.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chance as chanceOf } from '#app/demo/random.ts'
import * as conversations from '#features/conversations/conversations.ts'
import { days, hours, minutes, TestClock } from '#platform/clock/clock.ts'
import { inTransaction } from '#platform/db/db.ts'
import { append, type StreamEvent } from '#platform/events/events.ts'
import { startDesk } from '#test/desk.ts'
import type { BehindPage, Numbers } from './numbers.contract.ts'

const now = new Date('2026-05-20T13:30:00Z')
const clock = new TestClock(new Date('2026-03-01T00:00:00Z'))
const house = await startDesk({ clock })
const { admin } = house
const { db } = house.house
const chance = chanceOf(7)
const zone = 'America/New_York'

const teams = await admin.post<{ id: string }>('/teams', { name: 'Billing' })
const second = await admin.post<{ id: string }>('/inboxes', {
  name: 'Billing',
  address: 'billing@example.com',
  team: teams.body.id,
  teams: [teams.body.id],
})
assert.equal(second.status, 201)
const anna = await house.addAgent({ name: 'Anna', teams: [teams.body.id] })
const boris = await house.addAgent({ name: 'Boris' })
const people = [anna, boris]
const customer = await admin.post<{ id: string }>('/customers', { name: 'Nia', address: 'nia@mail.example' })

/** A message as the flows write it, and its leaving. */
async function write(row: conversations.ConversationRow, at: Date, agent: string | null, automatic = false) {
  return inTransaction(db, async (tx) => {
    const said = await conversations.append(
      tx,
      await conversations.lock(tx, row.id),
      {
        direction: agent ? 'out' : 'in',
        medium: 'mail',
        channel: null,
        at,
        author: agent
          ? { kind: 'agent', id: agent, name: 'Agent', address: null }
          : { kind: 'customer', id: row.customer, name: 'Nia', address: 'nia@mail.example' },
        subject: 'Hello',
        text: 'Hello',
        html: null,
        from: null,
        to: [],
        cc: [],
        inReplyTo: null,
        attachments: [],
        preview: 'Hello',
        ...(automatic ? { automatic: 'auto-replied' } : {}),
      } as never,
      { now: at },
    )
    const { message } = said
    if (agent)
      await append(tx, {
        at: new Date(at.getTime() + 10_000),
        actor: { kind: 'system', id: null },
        kind: 'message_sent',
        conversation: row.id,
        item: message,
        after: { recipients: ['nia@mail.example'] },
      })
    return message
  })
}

async function live(n: number) {
  const begun = new Date(now.getTime() - Math.floor(chance.next() ** 2 * days(45)) - minutes(5))
  let at = begun
  const inbox = n % 3 === 0 ? second.body.id : house.inbox
  const row = await inTransaction(db, (tx) =>
    conversations.start(tx, {
      at,
      actor: { kind: 'customer', id: customer.body.id },
      inbox,
      channel: null,
      customer: customer.body.id,
      customerAddress: 'nia@mail.example',
      subject: n === 1 ? '=cmd()' : `number ${n}`,
      team: inbox === house.inbox ? house.team : teams.body.id,
      medium: 'mail',
    }),
  )
  if (n % 5 !== 4) await write(row, at, null, n % 11 === 10)
  for (let step = chance.whole(0, 6); step > 0; step -= 1) {
    at = new Date(at.getTime() + Math.floor(chance.next() * hours(30)))
    if (at >= now) break
    const agent = chance.pick(people).id
    const by = { at, actor: { kind: 'agent' as const, id: agent } }
    const draw = chance.next()
    if (draw < 0.4) await write(row, at, agent)
    else if (draw < 0.55) await write(row, at, null)
    else
      await inTransaction(db, async (tx) => {
        const locked = await conversations.lock(tx, row.id)
        if (draw < 0.85) await conversations.close(tx, locked, by)
        else if (draw < 0.95) await conversations.reopen(tx, locked, by)
        else await conversations.markSpam(tx, locked, by)
      })
  }
}
for (let n = 0; n < 150; n += 1) await live(n)
clock.set(now)
await house.desk.settle()

interface Walked {
  new: Set<string>
  answered: Set<string>
  first: Map<string, number>
  cells: Map<string, number>
  agents: Map<string, { answered: Set<string>; closed: Set<string>; reopened: Set<string> }>
}
const local = (at: Date) => {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    hour: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at)
  const of = (type: string) => parts.find((part) => part.type === type)!.value
  return `${['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(of('weekday')) + 1} ${Number(of('hour'))}`
}

/** Event by event, in their order, as somebody with paper would. */
async function walk(since: Date, counts: (conversation: string) => boolean): Promise<Walked> {
  const events = (await db
    .selectFrom('events')
    .selectAll()
    .orderBy('seq')
    .execute()) as unknown as StreamEvent[]
  const messages = new Map(
    (await db.selectFrom('messages').selectAll().execute()).map((row) => [row.id, row]),
  )
  const walked: Walked = {
    new: new Set(),
    answered: new Set(),
    first: new Map(),
    cells: new Map(),
    agents: new Map(
      people.map(({ id }) => [id, { answered: new Set(), closed: new Set(), reopened: new Set() }]),
    ),
  }
  const started = new Map(
    (await db.selectFrom('conversations').select(['id', 'created_at']).execute()).map((row) => [
      row.id,
      row.created_at,
    ]),
  )
  for (const [id, at] of started)
    if (at >= since && counts(id)) {
      walked.new.add(id)
      walked.cells.set(local(at), (walked.cells.get(local(at)) ?? 0) + 1)
    }
  const asked = new Map<string, Date>()
  const everAnswered = new Set<string>()
  const openClosings = new Map<string, { agent: string; at: Date }[]>()
  for (const event of events) {
    const { conversation } = event
    if (!conversation) continue
    const message = event.item ? messages.get(event.item) : undefined
    if (message?.direction === 'in' && !message.automatic && !asked.has(conversation))
      asked.set(conversation, message.at)
    if (event.kind === 'message_sent' && message && asked.has(conversation)) {
      const fresh = !everAnswered.has(conversation)
      everAnswered.add(conversation)
      if (event.at >= since && counts(conversation)) {
        walked.answered.add(conversation)
        walked.agents.get(message.author_id!)!.answered.add(conversation)
        if (fresh)
          walked.first.set(
            conversation,
            Math.round((event.at.getTime() - asked.get(conversation)!.getTime()) / 1000),
          )
      }
    }
    const closed = (category: unknown) => category === 'solved' || category === 'closed'
    if (event.after.category === undefined) continue
    const [was, is] = [closed(event.before.category), closed(event.after.category)]
    if (!was && is && event.actor_kind === 'agent') {
      const closing = { agent: event.actor_id!, at: event.at }
      openClosings.set(conversation, [...(openClosings.get(conversation) ?? []), closing])
      if (event.at >= since && counts(conversation))
        walked.agents.get(closing.agent)!.closed.add(conversation)
    }
    if (was && !is) {
      for (const closing of openClosings.get(conversation) ?? [])
        if (closing.at >= since && counts(conversation))
          walked.agents.get(closing.agent)!.reopened.add(conversation)
      openClosings.delete(conversation)
    }
  }
  return walked
}

const rows = await db.selectFrom('conversations').selectAll().execute()
const share = (values: number[], part: number) =>
  values.length === 0 ? null : [...values].sort((a, b) => a - b)[Math.ceil(values.length * part) - 1]!
const midnight = new Date('2026-05-20T04:00:00Z')
const starts = { today: midnight, weeks: new Date(midnight.getTime() - days(27)) }

for (const [who, client, sees] of [
  ['an administrator who sees every inbox of the house or of his teams', anna.client, () => true],
  ['an agent without the second inbox', boris.client, (row: { inbox: string }) => row.inbox === house.inbox],
] as const)
  test(`the numbers of ${who} are those of a walk over the events`, async () => {
    const counts = (id: string) => {
      const row = rows.find((one) => one.id === id)!
      return !row.spam_at && sees(row)
    }
    for (const period of ['today', 'weeks'] as const) {
      const { body } = await client.get<Numbers>('/numbers', { query: { period, zone } })
      const walked = await walk(starts[period], counts)
      const firsts = [...walked.first.values()]
      assert.equal(body[period].from, starts[period].toISOString())
      assert.deepEqual(
        { ...body[period], from: null },
        {
          from: null,
          new: walked.new.size,
          answered: walked.answered.size,
          firstAnswers: firsts.length,
          median: share(firsts, 0.5),
          ninetieth: share(firsts, 0.9),
        },
      )
      assert.deepEqual(
        new Map(body.hours.map((cell) => [`${cell.weekday} ${cell.hour}`, cell.new])),
        new Map([...walked.cells].sort()),
      )
      for (const { id } of people) {
        const shown = body.agents.find((row) => row.agent.id === id)
        const { answered, closed, reopened } = walked.agents.get(id)!
        assert.deepEqual(
          [shown?.answered ?? 0, shown?.closed ?? 0, shown?.reopened ?? 0],
          [answered.size, closed.size, reopened.size],
        )
      }
      const waits = rows.filter((row) => row.bucket === 'open' && row.waiting_since && counts(row.id))
      assert.equal(body.waiting, waits.length)
      if (period === 'weeks') assert.ok(firsts.length > 20 && walked.new.size > 40)
    }
  })

test('every number is the length of the list it opens, page by page and as a table', async () => {
  const { body } = await boris.client.get<Numbers>('/numbers', { query: { zone } })
  const cell = body.hours.find((each) => each.new > 1)!
  const asked: [Record<string, string | number>, number][] = [
    [{ number: 'new' }, body.weeks.new],
    [{ number: 'new', weekday: cell.weekday, hour: cell.hour }, cell.new],
    [{ number: 'answered' }, body.weeks.answered],
    [{ number: 'answered', period: 'today' }, body.today.answered],
    [{ number: 'first-answers' }, body.weeks.firstAnswers],
    [{ number: 'waiting' }, body.waiting],
    ...body.agents.flatMap((row): [Record<string, string | number>, number][] => [
      [{ number: 'answered', agent: row.agent.id }, row.answered],
      [{ number: 'closed', agent: row.agent.id }, row.closed],
      [{ number: 'reopened', agent: row.agent.id }, row.reopened],
    ]),
  ]
  for (const [query, count] of asked) {
    const seen: number[] = []
    let cursor = ''
    do {
      const { status, body: page } = await boris.client.get<BehindPage>('/numbers/conversations', {
        query: { ...query, zone, limit: 7, ...(cursor ? { cursor } : {}) },
      })
      assert.equal(status, 200)
      assert.equal(page.count, count, JSON.stringify(query))
      seen.push(...page.items.map(({ conversation }) => conversation.number))
      cursor = page.nextCursor ?? ''
    } while (cursor)
    assert.equal(new Set(seen).size, count, JSON.stringify(query))
    const table = await boris.client.get<string>('/numbers/conversations.csv', { query: { ...query, zone } })
    assert.equal(table.body.trim().split('\r\n').length - 1, count)
  }
})

test('who waited longest for the first answer stands first in its list', async () => {
  const { body } = await admin.get<BehindPage>('/numbers/conversations', {
    query: { number: 'first-answers', limit: 100 },
  })
  const waited = body.items.map(({ seconds }) => seconds!)
  assert.deepEqual(
    waited,
    [...waited].sort((a, b) => b - a),
  )
})

test('filters by inbox and team hold in counts and lists', async () => {
  const query = { zone, inbox: second.body.id }
  const { body } = await anna.client.get<Numbers>('/numbers', { query })
  const list = await anna.client.get<BehindPage>('/numbers/conversations', {
    query: { ...query, number: 'new', limit: 100 },
  })
  assert.ok(body.weeks.new > 5)
  assert.equal(list.body.count, body.weeks.new)
  assert.ok(list.body.items.every(({ conversation }) => conversation.inbox.id === second.body.id))
  const hidden = await boris.client.get<Numbers>('/numbers', { query })
  assert.equal(hidden.body.weeks.new + hidden.body.weeks.answered + hidden.body.waiting, 0)
})

test('tables are CSV with a byte order mark, and a subject that is a formula stays words', async () => {
  for (const table of ['summary', 'hours', 'agents']) {
    const { status, body, headers } = await admin.get<string>(`/numbers/${table}.csv`, { query: { zone } })
    assert.equal(status, 200)
    assert.match(headers.get('content-type')!, /^text\/csv/)
    assert.match(headers.get('content-disposition')!, /attachment/)
    assert.ok(body.length > 10)
  }
  const all = await fetch(`${house.url}/api/v1/numbers/conversations.csv?number=new&zone=${zone}`, {
    headers: { authorization: `Bearer ${admin.key}` },
  })
  const bytes = Buffer.from(await all.arrayBuffer())
  assert.deepEqual([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf])
  assert.equal((await house.stranger.get('/numbers')).status, 401)
})

test('a zone that is none is refused in words', async () => {
  for (const wrong of ['Mars/Olympus', '+03:00', '%3Cscript'])
    assert.equal((await admin.get('/numbers', { query: { zone: wrong } })).status, 422)
})
