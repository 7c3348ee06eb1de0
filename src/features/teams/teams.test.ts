import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Problem, startDesk } from '../../../test/desk.ts'
import type { Team } from './teams.contract.ts'
import { teamsOf } from './teams.ts'

test('a team has members and leads; every agent sees it, administrators change it', async () => {
  const { admin, addAgent, house } = await startDesk()
  const [anna, bob] = [await addAgent({ name: 'Anna' }), await addAgent({ name: 'Bob' })]
  assert.equal((await anna.client.post('/teams', { name: 'Billing' })).status, 403)
  const made = await admin.post<Team>('/teams', {
    name: ' Billing ',
    members: [{ agent: bob.id, lead: true }, { agent: anna.id }],
  })
  assert.equal(made.status, 201)
  assert.deepEqual(made.body.members, [
    { agent: anna.id, name: 'Anna', lead: false },
    { agent: bob.id, name: 'Bob', lead: true },
  ])
  const { id } = made.body
  assert.deepEqual((await anna.client.get<Team>(`/teams/${id}`)).body.name, 'Billing')
  const changed = await admin.patch<Team>(`/teams/${id}`, { members: [{ agent: anna.id, lead: true }] })
  assert.deepEqual(changed.body, {
    id,
    name: 'Billing',
    members: [{ agent: anna.id, name: 'Anna', lead: true }],
  })
  assert.deepEqual(await teamsOf(house.db, anna.id), [{ id, name: 'Billing' }])
  assert.deepEqual(await teamsOf(house.db, bob.id), [])
  await admin.delete(`/agents/${anna.id}`)
  assert.deepEqual((await admin.get<Team>(`/teams/${id}`)).body.members, [])
})

test('names are unique whatever their case, members are agents, and the field that is wrong is named', async () => {
  const { admin } = await startDesk()
  const wrong = async (body: object) => {
    const answer = await admin.post<Problem>('/teams', body)
    return [answer.status, answer.body.errors?.[0]?.field, answer.body.errors?.[0]?.code]
  }
  assert.deepEqual(await wrong({ name: 'SUPPORT' }), [422, 'name', 'taken'])
  assert.deepEqual(await wrong({ name: '' }), [422, 'name', 'required'])
  assert.deepEqual(await wrong({ name: '  ' }), [422, 'name', 'required'])
  assert.deepEqual(await wrong({ name: 'New', members: [{ agent: '999' }] }), [422, 'members', 'unknown'])
  assert.equal((await admin.get<{ items: Team[] }>('/teams')).body.items.length, 1, 'nothing is half made')
})

test('a team that something rests on is not removed; a removed one gives its name free', async () => {
  const { admin, team, inbox } = await startDesk()
  const refused = await admin.delete(`/teams/${team}`)
  assert.deepEqual([refused.status, refused.body.code], [409, 'in_use'])
  const other = (await admin.post<Team>('/teams', { name: 'Other' })).body.id
  await admin.patch(`/inboxes/${inbox}`, { teams: [other] })
  assert.equal((await admin.delete(`/teams/${other}`)).status, 409)
  await admin.patch(`/inboxes/${inbox}`, { teams: null })
  assert.equal((await admin.delete(`/teams/${other}`)).status, 204)
  assert.equal((await admin.get(`/teams/${other}`)).status, 404)
  assert.equal((await admin.post('/teams', { name: 'Other' })).status, 201)
})
