// What a signed-in person does with his own access, and administrators with other people's.
import Type from 'typebox'
import { Agent, NewAgent } from '#features/agents/agents.contract.ts'
import { addAgent, findAgent, wrongNewcomer } from '#features/agents/agents.ts'
import { inTransaction } from '#platform/db/db.ts'
import type { House } from '#platform/house.ts'
import { type App, byCaller, callerOf } from '#platform/http/http.ts'
import { answerOnce } from '#platform/http/idempotency.ts'
import { Id } from '#shared/wire.ts'
import { addAddressRoutes } from './address.routes.ts'
import { apiKeysOf, createApiKey, revokeApiKey } from './api-keys.ts'
import { dismiss } from './dismiss.ts'
import { mailInvitation } from './invitations.ts'
import { changeOwnPassword } from './passwords.ts'
import { endSession, endSessions, sessionsOf } from './sessions.ts'
import {
  ApiKeyList,
  CreatedApiKey,
  IdParams,
  NewApiKey,
  PasswordChange,
  SessionList,
} from './sign-in.contract.ts'
import { addressBucket, countTry, forgetTries } from './tries.ts'

export function addAccountRoutes(app: App, house: House): void {
  addSeatRoutes(app, house)
  addSessionRoutes(app, house)
  addApiKeyRoutes(app, house)
  addAddressRoutes(app, house)
}

function addSeatRoutes(app: App, house: House) {
  app.post(
    '/api/v1/agents',
    {
      config: { who: 'admin', alsoWrong: (body) => wrongNewcomer(house.db, body) },
      schema: { summary: 'Invite an agent', tags: ['Agents'], body: NewAgent, response: { 201: Agent } },
    },
    (request, reply) =>
      answerOnce(house, request, reply, 201, async (tx) => {
        const { name, language } = callerOf(request)
        const id = await addAgent(tx, byCaller(house, request), { language, ...request.body })
        await mailInvitation(house, tx, id, name)
        return (await findAgent(tx, id))!
      }),
  )
  app.post(
    '/api/v1/agents/:id/invitation',
    {
      config: { who: 'admin' },
      schema: {
        summary: 'Send the invitation again',
        tags: ['Agents'],
        response: { 202: Type.Object({}) },
        params: IdParams,
      },
    },
    async (request, reply) => {
      const { name } = callerOf(request)
      await inTransaction(house.db, (tx) => mailInvitation(house, tx, request.params.id, name))
      return reply.code(202).send({})
    },
  )
  app.delete(
    '/api/v1/agents/:id',
    {
      config: { who: 'admin' },
      schema: {
        summary:
          'Remove an agent: he signs in no more, his words stay. His conversations go to an agent, a team, or back to their teams',
        tags: ['Agents'],
        response: { 204: Type.Null() },
        params: IdParams,
        querystring: Type.Object({ agent: Type.Optional(Id), team: Type.Optional(Id) }),
      },
    },
    async (request, reply) => {
      await inTransaction(house.db, (tx) =>
        dismiss(house, tx, byCaller(house, request), request.params.id, request.query),
      )
      return reply.code(204).send(null)
    },
  )
  app.put(
    '/api/v1/me/password',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'Change my password',
        tags: ['Agents'],
        response: { 204: Type.Null() },
        body: PasswordChange,
      },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      // A stolen key or an open browser must not become a place to guess the password.
      const bucket = addressBucket('password', caller.address)
      await countTry(house.db, house.clock.now(), [bucket])
      await changeOwnPassword(house, caller, request.body)
      await forgetTries(house.db, house.clock.now(), bucket)
      return reply.code(204).send(null)
    },
  )
}

function addSessionRoutes(app: App, house: House) {
  app.get(
    '/api/v1/sessions',
    {
      config: { who: 'agent' },
      schema: { summary: 'Where I am signed in', tags: ['Agents'], response: { 200: SessionList } },
    },
    async (request) => {
      const { id, sessionId } = callerOf(request)
      return { items: await sessionsOf(house.db, id, sessionId), nextCursor: null }
    },
  )
  app.delete(
    '/api/v1/sessions/:id',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'End one of my sessions',
        tags: ['Agents'],
        response: { 204: Type.Null() },
        params: Type.Object({ id: Type.String({ maxLength: 100 }) }),
      },
    },
    async (request, reply) => {
      const { id } = callerOf(request)
      await inTransaction(house.db, (tx) => endSession(tx, byCaller(house, request), id, request.params.id))
      return reply.code(204).send(null)
    },
  )
  app.delete(
    '/api/v1/sessions',
    {
      config: { who: 'agent' },
      schema: { summary: 'End my other sessions', tags: ['Agents'], response: { 204: Type.Null() } },
    },
    async (request, reply) => {
      const { id, sessionId } = callerOf(request)
      await inTransaction(house.db, (tx) => endSessions(tx, byCaller(house, request), id, sessionId))
      return reply.code(204).send(null)
    },
  )
}

function addApiKeyRoutes(app: App, house: House) {
  app.get(
    '/api/v1/api-keys',
    {
      config: { who: 'agent' },
      schema: { summary: 'My API keys', tags: ['Agents'], response: { 200: ApiKeyList } },
    },
    async (request) => ({ items: await apiKeysOf(house.db, callerOf(request).id), nextCursor: null }),
  )
  // Not through answerOnce: it would keep the key in the table of answers.
  app.post(
    '/api/v1/api-keys',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'Make an API key; it is shown once',
        tags: ['Agents'],
        body: NewApiKey,
        response: { 201: CreatedApiKey },
      },
    },
    async (request, reply) => {
      reply.code(201)
      return inTransaction(house.db, (tx) =>
        createApiKey(tx, byCaller(house, request), callerOf(request).id, request.body.name),
      )
    },
  )
  app.delete(
    '/api/v1/api-keys/:id',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'Revoke an API key',
        tags: ['Agents'],
        response: { 204: Type.Null() },
        params: IdParams,
      },
    },
    async (request, reply) => {
      const { id } = callerOf(request)
      await inTransaction(house.db, (tx) => revokeApiKey(tx, byCaller(house, request), id, request.params.id))
      return reply.code(204).send(null)
    },
  )
}
