import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Agent, Work } from '#features/agents/agents.contract.ts'
import { type Problem, startDesk } from '#test/desk.ts'
import { mailIn } from '#test/post.ts'
import { until } from '#test/until.ts'

const desk = await startDesk()
const { admin } = desk
interface Seen {
  assignee: { id: string } | null
  team: { id: string } | null
}
const seen = async (number: number) => (await admin.get<Seen>(`/conversations/${number}`)).body
async function holding(agent: string, status: string | null) {
  const { number } = await mailIn(desk, { subject: `${status}` })
  await admin.put(`/conversations/${number}/assignee`, { agent })
  if (status) await admin.put(`/conversations/${number}/status`, { status })
  return number
}

test('who goes leaves his work to a colleague; solved ones have nobody', async () => {
  const anna = await desk.addAgent({ name: 'Anna' })
  const boris = await desk.addAgent({ name: 'Boris' })
  const [open, pending, solved] = [
    await holding(anna.id, null),
    await holding(anna.id, 'pending'),
    await holding(anna.id, 'solved'),
  ]
  const work = (await admin.get<Work>(`/agents/${anna.id}/work`)).body
  assert.deepEqual(work, { open: 1, pending: 1, snoozed: 0, drafts: 0, scheduled: 0 })
  assert.equal((await boris.client.get(`/agents/${anna.id}/work`)).status, 403)
  const refused = async (query: string) => (await admin.delete<Problem>(`/agents/${anna.id}?${query}`)).status
  assert.deepEqual(
    [await refused(`agent=${anna.id}`), await refused('agent=99999'), await refused('team=99999')],
    [422, 422, 422],
  )
  assert.equal((await admin.delete(`/agents/${anna.id}?agent=${boris.id}`)).status, 204)
  for (const number of [open, pending])
    await until(async () => (await seen(number)).assignee?.id === boris.id)
  await until(async () => (await seen(solved)).assignee === null)
})

test('or to a team', async () => {
  const clara = await desk.addAgent({ name: 'Clara' })
  const number = await holding(clara.id, null)
  const team = (await admin.post<{ id: string }>('/teams', { name: 'Second line', members: [] })).body.id
  assert.equal((await admin.delete(`/agents/${clara.id}?team=${team}`)).status, 204)
  await until(async () => (await seen(number)).team?.id === team && (await seen(number)).assignee === null)
})

test('an administrator says from when to when somebody is away', async () => {
  const dora = await desk.addAgent({ name: 'Dora' })
  const days = { from: '2199-01-01T00:00:00.000Z', until: '2199-01-08T00:00:00.000Z' }
  const away = (body: object) => admin.put<Agent & Problem>(`/agents/${dora.id}/absence`, body)
  const { body } = await away(days)
  assert.deepEqual([body.awayFrom, body.awayUntil], [days.from, days.until])
  assert.equal((await away({ from: days.until, until: days.from })).body.errors?.[0]?.field, 'until')
  assert.equal((await dora.client.put(`/agents/${dora.id}/absence`, days)).status, 403)
  assert.equal((await admin.delete<Agent>(`/agents/${dora.id}/absence`)).body.awayFrom, null)
})
