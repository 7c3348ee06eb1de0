import assert from 'node:assert/strict'
import { request } from 'node:http'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import { audienceOf, start } from '#features/conversations/conversations.ts'
import { systemClock } from '#platform/clock/clock.ts'
import { readConfig } from '#platform/config/config.ts'
import { inTransaction, json, openDatabase } from '#platform/db/db.ts'
import { openWire } from '#platform/db/listen.ts'
import { append, newestSeq, system } from '#platform/events/events.ts'
import { sequence, startSequencer } from '#platform/events/sequencer.ts'
import type { House } from '#platform/house.ts'
import { buildApp, type Caller } from '#platform/http/http.ts'
import { silence } from '#platform/log/log.ts'
import { cloneDatabase } from '../../../test/database.ts'
import { openLive } from '../../../test/live-browser.ts'
import { addEventRoutes, addLiveRoute, findSignedOut, openHub, replayLimit } from './events.ts'

const at = new Date('2026-03-02T10:00:00Z')
const url = await cloneDatabase()
const db = openDatabase({ url, size: 4 })
const ownSequencer = startSequencer(db, { onSequenced() {}, onError() {} })
after(async () => {
  await ownSequencer.close()
  await db.destroy()
})
const revoked = new Set<string>()

/** A web process, but for being one: a pool, a wire and a hub of its own. The key is the agent's id. */
async function openProcess(): Promise<string> {
  const own = openDatabase({ url, size: 4 })
  const config = readConfig({ port: '0' }, {})
  const wire = openWire(url)
  const house = { db: own, clock: systemClock, log: silence, config, url: 'http://desk.test' } as House
  const identify = async (request: { headers: { authorization?: string; cookie?: string } }) => {
    const key = request.headers.authorization?.replace('Bearer ', '')
    const id = key ?? request.headers.cookie?.replace('agent=', '')
    if (!id || revoked.has(id)) return null
    const row = await own.selectFrom('agents').selectAll().where('id', '=', id).executeTakeFirst()
    if (!row) return null
    const { name, address, role, rights, language } = row
    const by = key ? ('key' as const) : ('session' as const)
    return { id, name, address, role, rights, language, by, sessionId: null } satisfies Caller
  }
  const app = await buildApp({ house, identify })
  const hub = openHub({
    db: own,
    wire,
    clock: systemClock,
    log: silence,
    audience: audienceOf,
    findSignedOut: (seats) => findSignedOut(own, seats),
  })
  addLiveRoute(app, house, { hub, identify })
  addEventRoutes(app, house, { audience: audienceOf })
  const sequencer = startSequencer(own, { onSequenced() {}, onError() {} })
  const address = await app.listen({ host: '127.0.0.1', port: 0 })
  after(async () => {
    await hub.close()
    await app.close()
    await sequencer.close()
    await wire.close()
    await own.destroy()
  })
  return address
}

const makeAgent = async (name: string) =>
  (
    await db
      .insertInto('agents')
      .values({ name, address: `${name.toLowerCase()}@desk.test`, settings: json({}), created_at: at })
      .returning('id')
      .executeTakeFirstOrThrow()
  ).id
async function makeTeam(name: string, ...members: string[]) {
  const { id } = await db
    .insertInto('teams')
    .values({ name, created_at: at })
    .returning('id')
    .executeTakeFirstOrThrow()
  for (const agent of members) await db.insertInto('team_members').values({ team: id, agent }).execute()
  return id
}
async function makeInbox(name: string, team: string, only = false) {
  const { id } = await db
    .insertInto('inboxes')
    .values({ name, address: `${name}@desk.test`, team, seen_by: only ? 'teams' : 'all', created_at: at })
    .returning('id')
    .executeTakeFirstOrThrow()
  if (only) await db.insertInto('inbox_teams').values({ inbox: id, team }).execute()
  return id
}

const olga = await makeAgent('Olga')
const ivan = await makeAgent('Ivan')
const everyone = await makeTeam('Everyone', olga, ivan)
const few = await makeTeam('Few', olga)
const open = { inbox: await makeInbox('open', everyone), team: everyone }
const hidden = { inbox: await makeInbox('hidden', few, true), team: few }
const { id: customer } = await db
  .insertInto('customers')
  .values({ created_at: at })
  .returning('id')
  .executeTakeFirstOrThrow()
const first = await openProcess()
const second = await openProcess()

const startConversation = ({ inbox, team }: { inbox: string; team: string }) =>
  inTransaction(db, (tx) =>
    start(tx, {
      at,
      actor: system,
      inbox,
      team,
      channel: null,
      customer,
      customerAddress: null,
      subject: 'Hello',
      medium: 'mail',
    }),
  )
const happens = (kind: string, conversation: string | null, details: Record<string, unknown> = {}) =>
  inTransaction(db, (tx) => append(tx, { at, kind, actor: system, conversation, after: details }))

const ready = (frame: { type: string }) => frame.type === 'ready'
const about =
  (conversation: string, kind?: string) => (frame: { type: string; kind?: string; ids?: unknown }) =>
    frame.type === 'event' &&
    (frame.ids as { conversation: number }).conversation === Number(conversation) &&
    (!kind || frame.kind === kind)

test('what happens is told to browsers at every process, the actor’s own included', async () => {
  const [a, b] = [await openLive(first, { key: olga }), await openLive(second, { key: ivan })]
  await Promise.all([a.until(ready), b.until(ready)])
  const { id } = await startConversation(open)
  await Promise.all([a.until(about(id)), b.until(about(id))])
  await Promise.all([a.close(), b.close()])
})

test('nobody gets a frame of an inbox he may not see', async () => {
  const [a, b] = [await openLive(first, { key: olga }), await openLive(first, { key: ivan })]
  await Promise.all([a.until(ready), b.until(ready)])
  const secret = await startConversation(hidden)
  await happens('inbox_changed', null, { inbox: hidden.inbox })
  const plain = await startConversation(open)
  await Promise.all([a.until(about(secret.id)), a.until(about(plain.id)), b.until(about(plain.id))])
  assert.deepEqual(b.frames.filter(about(secret.id)), [])
  assert.ok(a.frames.some((frame) => frame.type === 'event' && frame.kind === 'inbox_changed'))
  assert.ok(!b.frames.some((frame) => frame.type === 'event' && frame.kind === 'inbox_changed'))
  await Promise.all([a.close(), b.close()])
})

test('who has a conversation on screen learns that it was taken from his sight, and then no more', async () => {
  const b = await openLive(first, { key: ivan })
  await b.until(ready)
  const { id } = await startConversation(open)
  b.say({ type: 'watch', conversations: [Number(id)] })
  b.say({ type: 'here', conversation: Number(id), doing: 'viewing', focus: true })
  await b.until((frame) => frame.type === 'presence')
  await inTransaction(db, async (tx) => {
    await tx.updateTable('conversations').set(hidden).where('id', '=', id).execute()
    await append(tx, { at, kind: 'moved', actor: system, conversation: id })
  })
  await b.until(about(id, 'conversation_hidden'))
  await happens('commented', id)
  const marker = await startConversation(open)
  await b.until(about(marker.id))
  assert.deepEqual(b.frames.filter(about(id, 'commented')), [])
  await b.close()
})

test('a reconnect gets exactly what it missed, then the rest, each once and in order', async () => {
  const before = await newestSeq(db)
  const { id } = await startConversation(open)
  // Enough that replaying takes several rounds, with new events arriving in between.
  await sql`insert into events (at, kind, actor_kind, conversation)
    select ${at}, 'missed', 'system', ${id}::bigint from generate_series(1, 5000)`.execute(db)
  while ((await sequence(db)) > 0);
  let stop = false
  const busy = (async () => {
    for (let i = 0; !stop; i += 1) await happens(`meanwhile_${i}`, id)
  })()
  const browser = await openLive(second, { key: olga, after: before })
  await browser.until(ready)
  stop = true
  await busy
  await happens('last', id)
  await browser.until(about(id, 'last'))
  const seqs = browser.frames.flatMap((frame) => (frame.type === 'event' ? [frame.seq] : []))
  const last = await newestSeq(db)
  assert.deepEqual(
    seqs,
    Array.from({ length: last - before }, (_, i) => before + 1 + i),
  )
  await browser.close()
})

test('a place too old or never given is answered with reset', async () => {
  const never = await openLive(first, { key: olga, after: 1_000_000_000 })
  await never.until((frame) => frame.type === 'reset')
  await never.until(ready)
  await never.close()
  await sql`insert into events (at, kind, actor_kind)
    select ${at}, 'filler', 'system' from generate_series(0, ${replayLimit}::int)`.execute(db)
  while ((await sequence(db)) > 0);
  const old = await openLive(first, { key: olga, after: 1 })
  await old.until((frame) => frame.type === 'reset')
  assert.ok(!old.frames.some((frame) => frame.type === 'event'))
  await old.close()
})

test('nobody without a key or session gets in, and a foreign page does not either', async () => {
  await assert.rejects(openLive(first, { protocols: ['foyer'] }))
  await assert.rejects(openLive(first, { key: '999999' }))
  const asked = (origin: string) =>
    new Promise<number | undefined>((resolve) => {
      const headers = {
        cookie: `agent=${olga}`,
        origin,
        connection: 'upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': 'MDEyMzQ1Njc4OWFiY2RlZg==',
      }
      request(`${first}/live`, { headers })
        .on('response', (response) => resolve(response.resume().statusCode))
        .on('upgrade', (response, socket) => {
          socket.destroy()
          resolve(response.statusCode)
        })
        .end()
    })
  assert.equal(await asked(first), 101)
  assert.equal(await asked('http://evil.test'), 403)
})

test('a socket whose key was revoked or whose agent was removed is closed within seconds', async () => {
  const [gone, going] = [await makeAgent('Gone'), await makeAgent('Going')]
  const [a, b] = [await openLive(first, { key: gone }), await openLive(second, { key: going })]
  await Promise.all([a.until(ready), b.until(ready)])
  revoked.add(gone)
  await db.updateTable('agents').set({ removed_at: at }).where('id', '=', going).execute()
  assert.deepEqual(await Promise.all([a.closed, b.closed]), [4001, 4001])
})

const people =
  (conversation: string, ...expected: string[]) =>
  (frame: { type: string }) => {
    const presence = frame as {
      type: string
      conversation: number
      people: { name: string; doing: string }[]
    }
    return (
      presence.type === 'presence' &&
      presence.conversation === Number(conversation) &&
      presence.people.map((person) => `${person.name} ${person.doing}`).join() === expected.join()
    )
  }

test('presence reaches the other process, two tabs are one person, and leaving is seen at once', async () => {
  const { id } = await startConversation(open)
  const conversation = Number(id)
  const [tab, otherTab] = [await openLive(first, { key: olga }), await openLive(second, { key: olga })]
  const [watcher, stranger] = [await openLive(second, { key: ivan }), await openLive(second, { key: ivan })]
  await Promise.all([tab, otherTab, watcher, stranger].map((browser) => browser.until(ready)))
  watcher.say({ type: 'watch', conversations: [conversation] })
  tab.say({ type: 'here', conversation, doing: 'viewing', focus: true })
  await watcher.until(people(id, 'Olga viewing'))
  otherTab.say({ type: 'here', conversation, doing: 'replying', focus: true })
  await watcher.until(people(id, 'Olga replying'))
  await otherTab.close()
  watcher.frames.length = 0
  tab.say({ type: 'here', conversation, doing: 'viewing', focus: false })
  await watcher.until(people(id, 'Olga away'))
  tab.say({ type: 'gone' })
  await watcher.until(people(id))
  assert.ok(!stranger.frames.some((frame) => frame.type === 'presence'))
  await Promise.all([tab, watcher, stranger].map((browser) => browser.close()))
})

test('presence at a hidden conversation is neither heard nor made by who may not see it', async () => {
  const { id } = await startConversation(hidden)
  const conversation = Number(id)
  const [a, b] = [await openLive(first, { key: olga }), await openLive(second, { key: ivan })]
  await Promise.all([a.until(ready), b.until(ready)])
  b.say({ type: 'watch', conversations: [conversation] })
  b.say({ type: 'here', conversation, doing: 'replying', focus: true })
  a.say({ type: 'here', conversation, doing: 'viewing', focus: true })
  await a.until((frame) => frame.type === 'presence')
  const marker = await startConversation(open)
  await Promise.all([a.until(about(marker.id)), b.until(about(marker.id))])
  assert.ok(!b.frames.some((frame) => frame.type === 'presence'))
  assert.ok(!a.frames.some((frame) => frame.type === 'presence' && frame.people.length > 0))
  await Promise.all([a.close(), b.close()])
})

test('the stream over HTTP shows what the caller may see, from where he stood', async () => {
  const from = await newestSeq(db)
  await startConversation(hidden)
  const plain = await startConversation(open)
  while ((await sequence(db)) > 0);
  const ask = async (agent: string) => {
    const response = await fetch(`${first}/api/v1/events?after=${from}`, {
      headers: { authorization: `Bearer ${agent}` },
    })
    return (await response.json()).items.map((event: { conversation: number }) => event.conversation)
  }
  assert.deepEqual(await ask(ivan), [Number(plain.id)])
  assert.equal((await ask(olga)).length, 2)
})
