import Type, { type Static } from 'typebox'
import { inTransaction } from '#platform/db/db.ts'
import { refuse } from '#platform/errors/refuse.ts'
import type { House } from '#platform/house.ts'
import { type App, byCaller, callerOf } from '#platform/http/http.ts'
import { Id, PageQuery } from '#shared/wire.ts'
import { AbsenceInput, Agent, AgentChange, AgentPage, Me, MeChange, Work } from './agents.contract.ts'
import {
  changeAgent,
  changeSettings,
  comeBack,
  findAgent,
  findMe,
  goAway,
  pageOfAgents,
  workOf,
} from './agents.ts'

const params = Type.Object({ id: Id })
const absenceIn = ({ from, until }: Static<typeof AbsenceInput>) => ({
  from: from ? new Date(from) : null,
  until: until ? new Date(until) : null,
})
const ListQuery = Type.Object({ ...PageQuery, state: Type.Optional(Agent.properties.state) })

function addAbsenceRoutes(app: App, house: House) {
  app.put(
    '/api/v1/agents/:id/absence',
    {
      config: { who: 'admin' },
      schema: {
        summary: 'Somebody is away: ill, on holiday',
        tags: ['Agents'],
        params,
        body: AbsenceInput,
        response: { 200: Agent },
      },
    },
    (request) =>
      inTransaction(house.db, async (tx) => {
        const { id } = request.params
        await goAway(tx, byCaller(house, request), id, absenceIn(request.body))
        return (await findAgent(tx, id))!
      }),
  )
  app.delete(
    '/api/v1/agents/:id/absence',
    {
      config: { who: 'admin' },
      schema: { summary: 'Somebody is back', tags: ['Agents'], params, response: { 200: Agent } },
    },
    (request) =>
      inTransaction(house.db, async (tx) => {
        const { id } = request.params
        await comeBack(tx, byCaller(house, request), id)
        return (await findAgent(tx, id)) ?? refuse('not_found')
      }),
  )
  app.get(
    '/api/v1/agents/:id/work',
    {
      config: { who: 'admin' },
      schema: {
        summary: 'What an agent has in his hands: to be handed over when he goes',
        tags: ['Agents'],
        params,
        response: { 200: Work },
      },
    },
    (request) => workOf(house.db, request.params.id, house.clock.now()),
  )
}

/** Who is here. Inviting and removing are with sign-in, which knows their sessions. */
export function addAgentRoutes(app: App, house: House): void {
  addAbsenceRoutes(app, house)
  app.get(
    '/api/v1/agents',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'Agents by name',
        tags: ['Agents'],
        querystring: ListQuery,
        response: { 200: AgentPage },
      },
    },
    (request) => pageOfAgents(house.db, request.query),
  )
  app.get(
    '/api/v1/agents/:id',
    {
      config: { who: 'agent' },
      schema: { summary: 'One agent', tags: ['Agents'], params, response: { 200: Agent } },
    },
    async (request) => (await findAgent(house.db, request.params.id)) ?? refuse('not_found'),
  )
  app.patch(
    '/api/v1/agents/:id',
    {
      config: { who: 'admin' },
      schema: {
        summary: 'Change name, role, rights, teams or further addresses',
        tags: ['Agents'],
        params,
        body: AgentChange,
        response: { 200: Agent },
      },
    },
    (request) =>
      inTransaction(house.db, async (tx) => {
        await changeAgent(tx, byCaller(house, request), request.params.id, request.body)
        return (await findAgent(tx, request.params.id))!
      }),
  )
  app.get(
    '/api/v1/me',
    {
      config: { who: 'agent' },
      schema: { summary: 'Who I am, with my own settings', tags: ['Agents'], response: { 200: Me } },
    },
    async (request) => (await findMe(house.db, callerOf(request).id))!,
  )
  app.patch(
    '/api/v1/me',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'Change my name, settings and further addresses',
        tags: ['Agents'],
        body: MeChange,
        response: { 200: Me },
      },
    },
    (request) =>
      inTransaction(house.db, async (tx) => {
        const { id } = callerOf(request)
        const by = byCaller(house, request)
        // These and no others: role and rights are not one's own to give.
        const { settings, name, furtherAddresses } = request.body
        if (name !== undefined || furtherAddresses !== undefined)
          await changeAgent(tx, by, id, { name, furtherAddresses })
        if (settings) await changeSettings(tx, by, id, settings)
        return (await findMe(tx, id))!
      }),
  )
  app.put(
    '/api/v1/me/absence',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'I am away: from now or a time, until I come back or until a time',
        tags: ['Agents'],
        body: AbsenceInput,
        response: { 200: Me },
      },
    },
    (request) =>
      inTransaction(house.db, async (tx) => {
        const { id } = callerOf(request)
        await goAway(tx, byCaller(house, request), id, absenceIn(request.body))
        return (await findMe(tx, id))!
      }),
  )
  app.delete(
    '/api/v1/me/absence',
    {
      config: { who: 'agent' },
      schema: { summary: 'I am back', tags: ['Agents'], response: { 200: Me } },
    },
    (request) =>
      inTransaction(house.db, async (tx) => {
        const { id } = callerOf(request)
        await comeBack(tx, byCaller(house, request), id)
        return (await findMe(tx, id))!
      }),
  )
}
