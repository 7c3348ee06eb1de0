import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import PostalMime from 'postal-mime'
import type { Agent, Me } from '#features/agents/agents.contract.ts'
import { days, hours, after as later, TestClock } from '#platform/clock/clock.ts'
import { adminAddress, openClient, type Problem, startDesk } from '../../../test/desk.ts'

const clock = new TestClock()
const { admin, addAgent, stranger, url, desk, house } = await startDesk({ clock })

/** The newest mail that Foyer wrote itself to this address, as the reader sees it, and the link in it. */
async function mailTo(address: string) {
  const row = await house.db
    .selectFrom('outbox_mails')
    .select(['source', 'system_kind'])
    .where(sql<boolean>`recipients = ${[address]}`)
    .orderBy('id', 'desc')
    .executeTakeFirst()
  if (!row) return null
  const mail = await PostalMime.parse(row.source)
  const [link] = /http:\S+/.exec(mail.text!) ?? []
  return { ...mail, kind: row.system_kind, link: link!, token: link!.split('/').at(-1)! }
}
const invite = async (details: object) => {
  const { status, body } = await admin.post<Agent>('/agents', details)
  assert.equal(status, 201)
  return body
}
async function signedInBy(headers: Headers): Promise<Me> {
  const cookie = headers.getSetCookie()[0]!.split(';')[0]!
  return (await openClient(url, '', { cookie }).get<Me>('/me')).body
}

test('an invited agent gets a mail, chooses a password by its link, once, and is in', async () => {
  const team = (await admin.post<{ id: string }>('/teams', { name: 'Билеты' })).body.id
  const agent = await invite({ name: 'Gleb', address: 'Gleb@Example.com', teams: [team] })
  assert.deepEqual([agent.state, agent.role, agent.address], ['invited', 'agent', 'gleb@example.com'])
  const mail = (await mailTo('gleb@example.com'))!
  assert.equal(mail.subject, 'Admin invites you to the help desk')
  assert.equal(mail.from!.address, 'support@example.com')
  assert.equal(mail.headers.find(({ key }) => key === 'auto-submitted')!.value, 'auto-generated')
  assert.ok(mail.link.startsWith(`${url}/invitation/`))
  const path = `/invitations/${mail.token}`
  assert.deepEqual((await stranger.get(path)).body, { name: 'Gleb', address: 'gleb@example.com' })
  const weak = await stranger.put<Problem>(path, { password: 'short' })
  assert.equal(weak.body.errors![0]!.text, 'Take at least 10 characters.')
  const [a, b] = await Promise.all([
    stranger.put(path, { password: 'a fine password', name: 'Gleb B.' }),
    stranger.put(path, { password: 'a fine password', name: 'Gleb B.' }),
  ])
  assert.deepEqual([a.status, b.status].sort(), [200, 404])
  const me = await signedInBy((a.status === 200 ? a : b).headers)
  assert.deepEqual([me.name, me.teams.map(({ name }) => name)], ['Gleb B.', ['Билеты']])
  assert.equal((await admin.get<Agent>(`/agents/${agent.id}`)).body.state, 'active')
  assert.equal((await stranger.get(path)).status, 404)
  assert.equal((await admin.post(`/agents/${agent.id}/invitation`)).status, 409)
})

test('an invitation is in the language of who invites, ends after seven days or when another one is sent', async () => {
  const vera = await addAgent({ name: 'Вера', address: 'vera@example.com', role: 'admin', language: 'ru' })
  const agent = (await vera.client.post<Agent>('/agents', { name: 'Дима', address: 'dima@example.com' })).body
  const first = (await mailTo('dima@example.com'))!
  assert.equal(first.subject, 'Вера зовёт вас работать с обращениями')
  assert.equal((await admin.post(`/agents/${agent.id}/invitation`)).status, 202)
  const second = (await mailTo('dima@example.com'))!
  assert.equal((await stranger.get(`/invitations/${first.token}`)).status, 404)
  assert.equal((await stranger.get(`/invitations/${second.token}`)).status, 200)
  clock.set(later(clock.now(), days(7)))
  assert.equal((await stranger.get(`/invitations/${second.token}`)).status, 404)
  assert.equal(
    (await stranger.put(`/invitations/${second.token}`, { password: 'a fine password' })).status,
    404,
  )
})

test('the same invitation sent twice with one key makes one agent and one mail', async () => {
  const options = { headers: { 'idempotency-key': 'k1' } }
  const body = { name: 'Egor', address: 'egor@example.com' }
  const answers = [
    await admin.post<Agent>('/agents', body, options),
    await admin.post<Agent>('/agents', body, options),
  ]
  assert.deepEqual(
    answers.map(({ status }) => status),
    [201, 201],
  )
  assert.equal(answers[0]!.body.id, answers[1]!.body.id)
  const mails = await house.db
    .selectFrom('outbox_mails')
    .select('id')
    .where(sql<boolean>`recipients = '{egor@example.com}'`)
    .execute()
  assert.equal(mails.length, 1)
})

test('who forgot the password gets a link that ends all sessions, and no one learns which addresses are known', async () => {
  const fay = await addAgent({ name: 'Fay', password: 'the old password' })
  const old = await stranger.post('/sign-in', { address: fay.address, password: 'the old password' })
  const known = await stranger.post('/password-resets', { address: 'Fay@example.com' })
  const unknown = await stranger.post('/password-resets', { address: 'nobody@example.com' })
  const nonsense = await stranger.post('/password-resets', { address: 'nobody' })
  assert.deepEqual([known.status, unknown.status, nonsense.status], [202, 202, 202])
  assert.deepEqual(known.body, unknown.body)
  await desk.settle()
  assert.equal(await mailTo('nobody@example.com'), null)
  const mail = (await mailTo(fay.address))!
  assert.equal(mail.kind, 'reset')
  const path = `/password-resets/${mail.token}`
  const weak = await stranger.put<Problem>(path, { password: 'fay@example.com' })
  assert.deepEqual([weak.status, weak.body.errors![0]!.field], [422, 'password'])
  const done = await stranger.put(path, { password: 'the new password' })
  assert.equal(done.status, 200)
  assert.equal((await signedInBy(done.headers)).name, 'Fay')
  assert.equal((await stranger.put(path, { password: 'yet another one' })).status, 404)
  const cookie = old.headers.getSetCookie()[0]!.split(';')[0]!
  assert.equal((await openClient(url, '', { cookie }).get('/me')).status, 401)
  const signIn = (password: string) => stranger.post('/sign-in', { address: fay.address, password })
  assert.equal((await signIn('the old password')).status, 401)
  assert.equal((await signIn('the new password')).status, 200)
})

test('a reset link ends after two hours, and lets in whoever guesses of others have kept waiting', async () => {
  const gus = await addAgent({ name: 'Gus', password: 'the old password' })
  const ask = async () => {
    await stranger.post('/password-resets', { address: gus.address })
    await desk.settle()
    return (await mailTo(gus.address))!.token
  }
  const late = await ask()
  clock.set(later(clock.now(), hours(2)))
  assert.equal((await stranger.put(`/password-resets/${late}`, { password: 'the new password' })).status, 404)
  const signIn = (password: string) => stranger.post('/sign-in', { address: gus.address, password })
  for (let i = 0; i < 10; i += 1) await signIn('guess guess')
  assert.equal((await signIn('the old password')).status, 429)
  const token = await ask()
  assert.equal(
    (await stranger.put(`/password-resets/${token}`, { password: 'the new password' })).status,
    200,
  )
  assert.equal((await signIn('the new password')).status, 200)
})

test('one changes the own password knowing the old one; other sessions end, this one goes on', async () => {
  const hers = { address: 'hana@example.com', password: 'the old password' }
  await addAgent({ name: 'Hana', password: hers.password })
  const open = async () => {
    const { headers } = await stranger.post('/sign-in', hers)
    return openClient(url, '', { cookie: headers.getSetCookie()[0]!.split(';')[0]!, origin: url })
  }
  const [here, there] = [await open(), await open()]
  const change = (current: string, next: string) => here.put<Problem>('/me/password', { current, next })
  const wrong = await change('not the old one', 'the new password')
  assert.deepEqual(
    wrong.body.errors!.map(({ field, code }) => [field, code]),
    [['current', 'password_wrong']],
  )
  const weak = await change(hers.password, 'password123')
  assert.deepEqual(
    weak.body.errors!.map(({ field, code }) => [field, code]),
    [['next', 'password_common']],
  )
  assert.equal((await change(hers.password, 'the new password')).status, 204)
  assert.equal((await here.get('/me')).status, 200)
  assert.equal((await there.get('/me')).status, 401)
  for (let i = 0; i < 10; i += 1) await change('guess guess', 'the new password')
  assert.equal((await change('the new password', 'yet another one')).status, 429)
})

test('somebody who only had an API key gets a password by a reset link', async () => {
  const ines = await addAgent({ name: 'Ines' })
  await stranger.post('/password-resets', { address: ines.address })
  await desk.settle()
  const { token } = (await mailTo(ines.address))!
  assert.equal((await stranger.put(`/password-resets/${token}`, { password: 'her first one' })).status, 200)
  assert.equal(
    (await stranger.post('/sign-in', { address: ines.address, password: 'her first one' })).status,
    200,
  )
})

test('links are kept as hashes only', async () => {
  await stranger.post('/password-resets', { address: adminAddress })
  await desk.settle()
  const { token } = (await mailTo(adminAddress))!
  const rows = await house.db.selectFrom('sign_in_links').selectAll().execute()
  assert.ok(rows.every((row) => !JSON.stringify(row).includes(token) && row.hash.length === 32))
})
