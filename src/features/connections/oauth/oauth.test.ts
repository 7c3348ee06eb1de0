// A mailbox whose owner signs in at its provider: real HTTP, IMAP and SMTP on loopback, tokens in place of a password.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Channel, ChannelTest } from '#features/connections/connections.contract.ts'
import { lookForEndings } from '#features/connections/connections.ts'
import { tellEnding } from '#flows/tell-ending.ts'
import { after, days, hours, TestClock } from '#platform/clock/clock.ts'
import { type Problem, startDesk } from '#test/desk.ts'
import { startImapServer } from '#test/imap-server.ts'
import { startOauthServer } from '#test/oauth-provider.ts'
import { startSmtpSink } from '#test/smtp-sink.ts'
import { until } from '#test/until.ts'
import { accessToken } from './access-token.ts'
import type { OauthApp } from './oauth.contract.ts'

const clock = new TestClock()
const desk = await startDesk({ clock })
const { admin, house, url } = desk
const provider = await startOauthServer()
const imap = await startImapServer({ tokens: provider.tokens })
const smtp = await startSmtpSink({ username: 'support@example.com', tokens: provider.tokens })
test.after(() => imap.stop())

const server = (port: number) => ({
  host: '127.0.0.1',
  port,
  security: 'none' as const,
  username: 'support@example.com',
})
const { authorizationUrl, tokenUrl, client } = provider
const registration = { ...client, authorizationUrl, tokenUrl, scope: 'mail' }
const made = await admin.post<Channel>('/channels', {
  kind: 'mail',
  inbox: 'support@example.com',
  imap: server(imap.port),
  smtp: server(smtp.port),
  signIn: 'other',
})
const channel = made.body.id
const shown = async () => (await admin.get<Channel>(`/channels/${channel}`)).body
const begin = () => admin.post<{ url: string } & Problem>(`/channels/${channel}/sign-in`)
const connection = async () => {
  const row = await house.db
    .selectFrom('channels')
    .selectAll()
    .where('id', '=', channel)
    .executeTakeFirstOrThrow()
  return {
    id: channel,
    kind: 'mail',
    inbox: row.inbox,
    settings: row.settings as Record<string, unknown>,
    secrets: {},
  }
}
async function signIn() {
  const back = await provider.signIn((await begin()).body.url)
  const { code = '', state = '' } = Object.fromEntries(back.searchParams)
  return admin.post<{ channel: string } & Problem>('/channels/sign-in', { code, state })
}
const reply = async (text: string) => {
  const { number } = await fetched('first')
  const { lastItem } = (await admin.get<{ lastItem: string }>(`/conversations/${number}`)).body
  const { status, body } = await admin.post<{ id: string }>(
    `/conversations/${number}/messages`,
    { text, lastSeen: lastItem },
    { headers: { 'idempotency-key': text } },
  )
  assert.equal(status, 201)
  await admin.put(`/messages/${body.id}/sending`)
}
/** Replies to the customer; what the channel's test sends to itself apart. */
const sent = () => smtp.taken.filter(({ to }) => to.includes('anna@mail.example')).length
const fetched = (subject: string) =>
  until(async () => {
    const row = await house.db
      .selectFrom('ledger')
      .select(['conversation', 'item'])
      .where('subject', '=', subject)
      .executeTakeFirst()
    return row?.item ? { number: Number(row.conversation) } : null
  })
const mail = (subject: string) =>
  `From: anna@mail.example\r\nTo: support@example.com\r\nSubject: ${subject}\r\nMessage-ID: <${subject}@mail.example>\r\n\r\nHello.\r\n`

test('before the desk is known at the provider, and before anybody signed in, it says what is missing', async () => {
  assert.equal(made.status, 201)
  assert.deepEqual(made.body.oauth, { provider: 'other', signedInAt: null, until: null })
  const early = await begin()
  assert.deepEqual([early.status, early.body.errors?.[0]?.field], [422, 'clientId'])
  const { body } = await admin.post<ChannelTest>(`/channels/${channel}/test`, {})
  for (const side of [body.in, body.out]) {
    assert.equal(side.ok, false)
    assert.match(side.hint ?? '', /Nobody has signed in/)
  }
})

test('registering the desk: addresses must be encrypted, the secret never comes out', async () => {
  const put = (body: object) => admin.put<OauthApp & Problem>('/oauth-apps/other', body)
  const open = await put({ ...registration, tokenUrl: 'http://provider.example/token' })
  assert.deepEqual(
    open.body.errors?.map(({ field }) => field),
    ['tokenUrl'],
  )
  const { body } = await put(registration)
  assert.deepEqual(
    [body.clientId, body.hasSecret, body.redirectUrl],
    ['foyer-desk', true, `${house.url}/settings/channels`],
  )
  assert.ok(!JSON.stringify(body).includes(client.clientSecret))
  const { clientSecret: _, ...again } = registration
  assert.equal((await put(again)).body.hasSecret, true)
  const elsewhere = await put({ ...again, tokenUrl: 'https://thief.example/token' })
  assert.equal(elsewhere.body.hasSecret, false, 'a secret is not sent to another place')
  assert.equal((await put(registration)).body.hasSecret, true)
  const { client: agent } = await desk.addAgent({ name: 'Boris' })
  for (const answer of [
    await agent.get('/oauth-apps'),
    await agent.put('/oauth-apps/other', registration),
    await agent.delete('/oauth-apps/other'),
    await agent.post(`/channels/${channel}/sign-in`),
    await agent.post('/channels/sign-in', { code: 'x', state: 'y' }),
  ])
    assert.equal(answer.status, 403)
})

test('once its owner has signed in, mail comes and goes by tokens, which nobody sees', async () => {
  const { body } = await begin()
  const asked = new URL(body.url).searchParams
  assert.equal(asked.get('code_challenge_method'), 'S256')
  assert.equal(asked.get('login_hint'), 'support@example.com')
  assert.equal((await signIn()).status, 200)
  const now = await shown()
  assert.ok(now.oauth?.signedInAt)
  const tested = await admin.post<ChannelTest>(`/channels/${channel}/test`, {})
  assert.deepEqual([tested.body.in.ok, tested.body.out.ok], [true, true])
  imap.deliver('support@example.com', mail('first'))
  await reply('Here it is.')
  clock.set(after(clock.now(), 60_000))
  await desk.desk.settle()
  await until(() => sent() === 1)
  const row = JSON.stringify(await house.db.selectFrom('channel_tokens').selectAll().execute())
  assert.ok(![...provider.tokens].some((token) => row.includes(token)), 'sealed where they are kept')
})

test('a token that is over is renewed before it is used, by one of many at once', async () => {
  clock.set(after(clock.now(), hours(2)))
  const before = provider.asked.length
  const one = await connection()
  const tokens = await Promise.all(Array.from({ length: 8 }, () => accessToken(house, one)))
  assert.equal(new Set(tokens).size, 1)
  assert.deepEqual(provider.asked.slice(before), [{ grant: 'refresh_token', answer: 'tokens' }])
  assert.ok(provider.tokens.has(tokens[0]!))
})

test('a token that the server will not take any more is renewed at the next try', async () => {
  const old = await accessToken(house, await connection())
  provider.tokens.delete(old!)
  await reply('Once more.')
  await desk.desk.settle()
  await until(async () => {
    clock.set(after(clock.now(), hours(1) / 4))
    await desk.desk.settle()
    return sent() === 2
  })
})

test('access withdrawn: mail waits, the channel says what to do, and a new sign-in lets it go', async () => {
  provider.revoke()
  clock.set(after(clock.now(), hours(2)))
  await reply('It waits.')
  clock.set(after(clock.now(), 60_000))
  await desk.desk.settle()
  assert.equal(sent(), 2)
  const { health } = await shown()
  assert.match(health.lastError ?? '', /^invalid_grant/)
  assert.match(health.lastErrorHint ?? '', /sign in again/)
  assert.equal((await signIn()).status, 200)
  assert.equal((await shown()).health.lastError, null)
  await until(async () => {
    clock.set(after(clock.now(), hours(1)))
    await desk.desk.settle()
    return sent() === 3
  })
  imap.deliver('support@example.com', mail('second'))
  await fetched('second')
})

test("another's sign-in, an old one or a made-up one is refused, and so is what the provider refuses", async () => {
  const end = (body: object) => admin.post<Problem>('/channels/sign-in', body)
  const fields = (answer: { body: Problem }) => answer.body.errors?.map(({ field, code }) => [field, code])
  assert.deepEqual(fields(await end({ code: 'x', state: 'made up' })), [['state', 'expired']])
  const { client: other } = await desk.addAgent({ name: 'Clare', role: 'admin' })
  const theirs = await provider.signIn(
    (await other.post<{ url: string }>(`/channels/${channel}/sign-in`)).body.url,
  )
  assert.deepEqual(fields(await end(Object.fromEntries(theirs.searchParams))), [['state', 'expired']])
  const old = await provider.signIn((await begin()).body.url)
  clock.set(after(clock.now(), hours(1)))
  assert.deepEqual(fields(await end(Object.fromEntries(old.searchParams))), [['state', 'expired']])
  const denied = new URL((await begin()).body.url).searchParams.get('state')
  assert.deepEqual(fields(await end({ code: 'never given', state: denied })), [['code', 'provider_refused']])
})

test('a sign-in that ends by a date says so, and administrators are mailed once a week ahead', async () => {
  const told = () =>
    house.db
      .selectFrom('outbox_mails')
      .select('subject')
      .where('system_kind', '=', 'channel_sign_in_ends')
      .execute()
  const look = () => lookForEndings(house.db, clock.now(), (tx, ending) => tellEnding(house, tx, ending))
  provider.refreshExpiresIn = days(9) / 1000
  assert.equal((await signIn()).status, 200)
  const { oauth } = await shown()
  assert.equal(oauth?.until, after(clock.now(), days(9)).toISOString())
  await look()
  assert.deepEqual(await told(), [])
  clock.set(after(clock.now(), days(3)))
  await desk.desk.settle()
  await Promise.all([look(), look()])
  assert.deepEqual(
    (await told()).map(({ subject }) => subject),
    // The administrators: the desk's own and Clare.
    Array.from({ length: 2 }, () => 'Foyer: the sign-in for support@example.com ends soon'),
  )
  provider.refreshExpiresIn = null
})

test('back to a password: the tokens are forgotten', async () => {
  const { body } = await admin.patch<Channel>(`/channels/${channel}`, { signIn: 'password' })
  assert.equal(body.oauth, null)
  assert.deepEqual(await house.db.selectFrom('channel_tokens').selectAll().execute(), [])
  assert.equal(await accessToken(house, await connection()), null)
  assert.equal((await begin()).status, 422)
  assert.ok(url)
})
