import Type from 'typebox'
import { inTransaction } from '#platform/db/db.ts'
import { refuse } from '#platform/errors/refuse.ts'
import type { House } from '#platform/house.ts'
import { type App, byCaller } from '#platform/http/http.ts'
import { answerOnce } from '#platform/http/idempotency.ts'
import { Id, PageQuery } from '#shared/wire.ts'
import { Team, TeamChange, TeamInput, TeamPage } from './teams.contract.ts'
import { addTeam, changeTeam, findTeam, pageOfTeams, removeTeam } from './teams.ts'

const params = Type.Object({ id: Id })

/** Every agent sees the teams; administrators change them. */
export function addTeamRoutes(app: App, house: House): void {
  app.get(
    '/api/v1/teams',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'Teams with their members, by name',
        tags: ['Teams'],
        querystring: Type.Object(PageQuery),
        response: { 200: TeamPage },
      },
    },
    (request) => pageOfTeams(house.db, request.query),
  )
  app.get(
    '/api/v1/teams/:id',
    {
      config: { who: 'agent' },
      schema: { summary: 'One team', tags: ['Teams'], params, response: { 200: Team } },
    },
    async (request) => (await findTeam(house.db, request.params.id)) ?? refuse('not_found'),
  )
  app.post(
    '/api/v1/teams',
    {
      config: { who: 'admin' },
      schema: { summary: 'Add a team', tags: ['Teams'], body: TeamInput, response: { 201: Team } },
    },
    (request, reply) =>
      answerOnce(house, request, reply, 201, async (tx) => {
        const id = await addTeam(tx, byCaller(house, request), request.body)
        return (await findTeam(tx, id))!
      }),
  )
  app.patch(
    '/api/v1/teams/:id',
    {
      config: { who: 'admin' },
      schema: {
        summary: 'Change name or members',
        tags: ['Teams'],
        params,
        body: TeamChange,
        response: { 200: Team },
      },
    },
    (request) =>
      inTransaction(house.db, async (tx) => {
        await changeTeam(tx, byCaller(house, request), request.params.id, request.body)
        return (await findTeam(tx, request.params.id))!
      }),
  )
  app.delete(
    '/api/v1/teams/:id',
    {
      config: { who: 'admin' },
      schema: {
        summary: 'Remove a team that nothing depends on',
        tags: ['Teams'],
        response: { 204: Type.Null() },
        params,
      },
    },
    async (request, reply) => {
      await inTransaction(house.db, (tx) => removeTeam(tx, byCaller(house, request), request.params.id))
      return reply.code(204).send(null)
    },
  )
}
