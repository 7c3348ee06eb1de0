import assert from 'node:assert/strict'
import { test } from 'node:test'
import { caller, hasMembers, openOutside, password } from './outside.ts'

const desk = await openOutside()
const ann = desk.admin
const bob = await desk.join('Bob')
const nobody = caller(desk.address)
type Row = Record<string, unknown>

test('errors are problem documents with a code, and 422 names every field', async () => {
  const cases: [number, string, Awaited<ReturnType<typeof ann>>][] = [
    [400, 'malformed', await ann('POST', '/conversations', '{"half', { 'content-type': 'application/json' })],
    [400, 'malformed', await ann('GET', '/conversations?cursor=made-up')],
    [401, 'not_signed_in', await nobody('GET', '/conversations')],
    [401, 'not_signed_in', await caller(desk.address, 'fy_wrong')('GET', '/me')],
    [403, 'forbidden', await bob.call('GET', '/channels')],
    [404, 'not_found', await ann('GET', '/conversations/123456')],
    [404, 'not_found', await ann('GET', '/conversations/none')],
    [404, 'not_found', await ann('GET', '/nothing-here')],
    [404, 'not_found', await ann('DELETE', '/messages/999/sending')],
    [413, 'too_large', await ann('POST', '/tags', { name: 'x'.repeat(4_000_000) })],
    [422, 'invalid', await ann('POST', '/conversations', {})],
    [422, 'invalid', await ann('GET', '/conversations?sort=sideways')],
    [422, 'invalid', await ann('GET', '/conversations?limit=101')],
    [422, 'invalid', await ann('POST', '/inboxes', { name: 'X', address: 'nonsense' })],
  ]
  for (const [status, code, { status: got, body, headers }] of cases) {
    assert.deepEqual([got, body.code, body.status], [status, code, status], JSON.stringify(body))
    assert.match(headers.get('content-type') ?? '', /^application\/problem\+json/)
    hasMembers(body, 'type title')
    if (status === 422) for (const one of body.errors) hasMembers(one, 'field code text')
  }
  const russian = await ann('PATCH', '/me', { settings: { language: 'ru' } })
  assert.equal(russian.body.settings.language, 'ru')
  assert.match((await ann('GET', '/conversations/123456')).body.title, /[а-я]/)
  await ann('PATCH', '/me', { settings: { language: 'en' } })
})

test('too many wrong passwords are told when to come again', async () => {
  const wrong = () =>
    nobody('POST', '/sign-in', { address: 'ann@example.com', password: 'wrong' }, { origin: desk.address })
  let answer = await wrong()
  for (let tries = 0; tries < 60 && answer.status !== 429; tries += 1) answer = await wrong()
  assert.deepEqual([answer.status, answer.body.code], [429, 'too_often'])
  assert.ok(Number(answer.headers.get('retry-after')) > 0)
})

test('pages are stable while new ones come in', async () => {
  const start = (subject: string) =>
    ann('POST', '/conversations', {
      inbox: 'support@example.com',
      customer: { address: 'eva@mail.example' },
      subject,
      message: { text: subject },
      direction: 'in',
    })
  for (let n = 0; n < 7; n += 1) await start(`Page ${n}`)
  for (const sort of ['due', 'waiting', 'priority', 'newest', 'oldest', 'updated']) {
    const before = (await ann('GET', `/conversations?sort=${sort}&limit=100`)).body.items.map(
      (c: Row) => c.number,
    )
    const walked: unknown[] = []
    let cursor = ''
    do {
      const { status, body } = await ann('GET', `/conversations?sort=${sort}&limit=2${cursor}`)
      assert.equal(status, 200)
      assert.ok(body.items.length <= 2)
      walked.push(...body.items.map((c: Row) => c.number))
      if (!cursor) await start(`Between, by ${sort}`)
      cursor = body.nextCursor ? `&cursor=${encodeURIComponent(body.nextCursor)}` : ''
    } while (cursor)
    assert.equal(new Set(walked).size, walked.length, sort)
    for (const number of before) assert.ok(walked.includes(number), `${sort}: ${number} is missing`)
  }
})

test('filters take comma lists, me and none; views and words narrow', async () => {
  const { body } = await ann('POST', '/conversations', {
    inbox: 'support@example.com',
    customer: { address: 'finn@mail.example', name: 'Finn' },
    subject: 'Violet umbrella',
    message: { text: 'The umbrella is broken' },
    direction: 'in',
    tags: ['late'],
    topic: 'Returns',
    assignee: 'me',
  })
  const found = async (query: string) => {
    const answer = await ann('GET', `/conversations?${query}`)
    assert.equal(answer.status, 200, `${query}: ${JSON.stringify(answer.body)}`)
    return answer.body.items.map((c: Row) => c.number)
  }
  const inbox = body.inbox.id
  for (const query of [
    'assignee=me',
    'assignee=me,none',
    'tag=late',
    'topic=Returns',
    'status=new,open',
    'priority=low,normal',
    `inbox=${inbox}`,
    `team=${body.team.id}`,
    `customer=${body.customer.id}`,
    'q=umbrella',
    'q=umbrella%20violet',
    'view=mine',
    'view=all',
    'view=my-teams',
    'view=open',
    'view=all&tag=late&q=umbrella',
  ])
    assert.ok((await found(query)).includes(body.number), query)
  for (const query of [
    'assignee=none',
    'tag=other',
    'tag=none',
    'topic=none',
    'status=solved',
    'priority=urgent',
    'q=zeppelin',
    'view=unassigned',
    'view=closed',
    'view=spam',
    'view=trash',
    'view=pending',
    'view=snoozed',
    'view=drafts',
    'view=mentioned',
    'view=thanks',
    'view=stuck',
  ])
    assert.ok(!(await found(query)).includes(body.number), query)
  assert.equal((await ann('GET', '/conversations?view=no-such')).status, 404)
})

test('search answers with snippets in which only mark lives', async () => {
  const eva = {
    inbox: 'support@example.com',
    customer: { address: 'gail@mail.example', name: 'Gail Storm' },
    direction: 'in',
  }
  const { body } = await ann('POST', '/conversations', {
    ...eva,
    subject: 'Broken <b>kettle</b>',
    message: { text: 'My <script>alert(1)</script> kettle whistles too loudly' },
    tags: ['noise'],
  })
  await ann('POST', `/conversations/${body.number}/comments`, { text: 'Ask the workshop' })
  const search = async (q: string) => {
    const answer = await ann('GET', `/search?q=${encodeURIComponent(q)}`)
    assert.equal(answer.status, 200, JSON.stringify(answer.body))
    hasMembers(answer.body, 'items nextCursor')
    return answer.body.items
  }
  const deadline = Date.now() + 60_000
  while ((await search('kettle workshop')).length === 0 && Date.now() < deadline)
    await new Promise((r) => setTimeout(r, 50))
  for (const q of [
    'kettle',
    'kettles whistle',
    'kettle workshop',
    '"whistles too loudly"',
    'from:gail@mail.example',
    'from:Gail kettle',
    'subject:kettle',
    'tag:noise',
    'tag:noise status:new',
    'kettle before:2100-01-01',
  ])
    assert.equal((await search(q))[0]?.conversation.number, body.number, q)
  for (const q of [
    '"loudly too"',
    'kettle tag:other',
    'kettle status:solved',
    'kettle before:2001-01-01',
    'kettle zeppelin',
  ])
    assert.deepEqual(await search(q), [], q)
  const [hit] = await search('kettle')
  hasMembers(hit.snippets[0], 'item html')
  assert.match(hit.snippets[0].html, /<mark>kettle<\/mark>/i)
  assert.equal(/<(?!\/?mark>)/.test(hit.snippets[0].html), false, hit.snippets[0].html)
})

test('inboxes, teams, tags, saved replies, views, customers: made, changed, removed, by those who may', async () => {
  const team = await ann('POST', '/teams', { name: 'Billing', members: [{ agent: bob.id, lead: true }] })
  assert.equal(team.status, 201, JSON.stringify(team.body))
  assert.equal(team.body.members[0].agent, bob.id)
  assert.equal(team.body.members[0].lead, true)
  const kinds: { path: string; input: object; change: object; bob: number; members: string }[] = [
    {
      path: '/inboxes',
      input: {
        name: 'Bills',
        address: 'bills@example.com',
        aliases: ['invoices@example.com'],
        team: team.body.id,
        teams: [team.body.id],
        signature: 'Yours',
        quote: 'none',
        senderName: 'team',
        guard: 'default',
      },
      change: { name: 'Invoices', teams: null },
      bob: 403,
      members: 'id name address aliases team teams signature quote senderName guard',
    },
    {
      path: '/teams',
      input: { name: 'Law' },
      change: { name: 'Lawyers', members: [{ agent: bob.id, lead: false }] },
      bob: 403,
      members: 'id name members',
    },
    { path: '/tags', input: { name: 'odd' }, change: { name: 'even' }, bob: 201, members: 'id name' },
    {
      path: '/saved-replies',
      input: { name: 'Hello', text: 'Hello {{customer.name}}' },
      change: { text: 'Hi' },
      bob: 201,
      members: 'id name text',
    },
    {
      path: '/views',
      input: { name: 'Late', scope: 'me', filters: { tag: 'late' }, sort: 'oldest' },
      change: { name: 'Later' },
      bob: 201,
      members: 'id name scope filters sort count countCapped',
    },
    {
      path: '/customers',
      input: { name: 'Hal', address: 'hal@mail.example' },
      change: { name: 'Hal Ray' },
      bob: 201,
      members: 'id name address',
    },
  ]
  for (const { path, input, change, bob: allowed, members } of kinds) {
    const key = { 'idempotency-key': `make-${path}` }
    const made = await ann('POST', path, input, key)
    assert.equal(made.status, 201, `${path}: ${JSON.stringify(made.body)}`)
    hasMembers(made.body, members)
    assert.equal((await ann('POST', path, input, key)).body.id, made.body.id, path)
    const { body: list } = await ann('GET', `${path}?limit=100`)
    const row = list.items.find((one: Row) => one.id === made.body.id)
    assert.ok(row, path)
    hasMembers(row, members)
    const changed = await ann('PATCH', `${path}/${made.body.id}`, change)
    assert.equal(changed.status, 200, `${path}: ${JSON.stringify(changed.body)}`)
    for (const [name, value] of Object.entries(change))
      if (name !== 'members') assert.deepEqual(changed.body[name], value, `${path} ${name}`)
    const his = { ...input, name: `${(input as Row).name} of Bob`, address: 'other@example.com' }
    const tried = await bob.call(
      'POST',
      path,
      path === '/inboxes' || path === '/customers' ? his : { ...input, name: his.name },
    )
    assert.equal(tried.status, allowed, `${path} by an agent: ${JSON.stringify(tried.body)}`)
    const removed = await ann('DELETE', `${path}/${made.body.id}`)
    assert.ok(
      [200, 204].includes(removed.status),
      `${path}: ${removed.status} ${JSON.stringify(removed.body)}`,
    )
    assert.ok([200, 204, 404].includes((await ann('DELETE', `${path}/${made.body.id}`)).status))
  }
  const hal = await ann('POST', '/customers', {
    name: 'Hal',
    address: 'hal2@mail.example',
    phone: '+373 60 11 22 33',
  })
  assert.equal(hal.body.address, 'hal2@mail.example')
  assert.equal((await ann('GET', '/customers?q=60112233')).body.items[0]?.id, hal.body.id)
  const shared = {
    name: 'Ours',
    scope: 'team',
    filters: { assignee: 'none', status: 'new,open' },
    sort: 'waiting',
  }
  const ours = await ann('POST', '/views', shared)
  assert.equal(ours.status, 201, JSON.stringify(ours.body))
  assert.equal((await ann('GET', `/conversations?view=${ours.body.id}`)).status, 200)
  const found = await ann('GET', '/customers?q=eva')
  assert.ok(found.body.items.some((one: Row) => JSON.stringify(one).includes('eva@mail.example')))
})

test('agents come by invitation, change role, and go', async () => {
  const made = await ann('POST', '/agents', { name: 'Cid', address: 'cid@example.com', role: 'agent' })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  assert.equal((await bob.call('POST', '/agents', { name: 'Dan', address: 'dan@example.com' })).status, 403)
  const { body: outbox } = await ann('GET', '/outbox')
  assert.ok(outbox.items.some((mail: Row) => JSON.stringify(mail.to).includes('cid@example.com')))
  const { body: his } = await bob.call('GET', '/outbox')
  assert.ok(!his.items.some((mail: Row) => JSON.stringify(mail.to).includes('cid@example.com')))
  assert.equal((await ann('PATCH', `/agents/${made.body.id}`, { role: 'admin' })).body.role, 'admin')
  assert.ok((await ann('DELETE', `/agents/${made.body.id}`)).status < 300)
  const me = (await ann('GET', '/me')).body
  assert.equal((await ann('DELETE', `/agents/${me.id}`)).body.code, 'last_admin')
  hasMembers(me, 'id name address role')
  hasMembers(me.settings, 'language undoSeconds notifications signature')
  const changed = await bob.call('PATCH', '/me', {
    settings: { undoSeconds: 0, signature: 'Bob', notifications: { mine: false } },
  })
  assert.deepEqual([changed.body.settings.undoSeconds, changed.body.settings.signature], [0, 'Bob'])
})

test('events, sessions, mail log, metrics, documents and doors answer', async () => {
  const { body: events } = await ann('GET', '/events?after=0&limit=5')
  hasMembers(events, 'items nextCursor')
  hasMembers(events.items[0], 'seq kind')
  const next = await ann('GET', `/events?after=${events.items.at(-1).seq}&limit=1`)
  assert.ok(next.body.items[0].seq > events.items.at(-1).seq)
  const signed = await nobody(
    'POST',
    '/sign-in',
    { address: 'bob@example.com', password },
    { origin: desk.address },
  )
  assert.ok(signed.status < 300, JSON.stringify(signed.body))
  assert.equal((await bob.call('GET', '/sessions')).body.items.length, 1)
  await desk.mail({ from: 'Ida <ida@mail.example>', subject: 'Logged' })
  const number = await desk.numberOf('Logged')
  const { body: log } = await ann('GET', '/mail-log?outcome=started')
  const row = log.items.find((one: Row) => one.conversation === number)
  assert.ok(row)
  assert.equal(row.outcome, 'started')
  assert.equal((await ann('POST', `/mail-log/${row.id}/retry`)).status < 500, true)
  for (const [path, type] of [
    ['/healthz', /json/],
    ['/readyz', /json/],
    ['/metrics', /text\/plain/],
    ['/api/v1/openapi.json', /json/],
  ] as const) {
    const answer = await fetch(desk.address + path)
    assert.equal(answer.status, 200, path)
    assert.match(answer.headers.get('content-type') ?? '', type)
    if (path === '/metrics')
      assert.match(await answer.text(), /foyer_ledger_difference\{side="received"\} 0\n/)
  }
  assert.equal((await (await fetch(`${desk.address}/readyz`)).json()).setup, true)
  const document = await (await fetch(`${desk.address}/api/v1/openapi.json`)).json()
  assert.match(document.openapi, /^3\.1/)
})
