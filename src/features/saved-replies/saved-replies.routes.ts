import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import { inTransaction } from '#platform/db/db.ts'
import type { House } from '#platform/house.ts'
import { type App, byCaller, callerOf } from '#platform/http/http.ts'
import { answerOnce } from '#platform/http/idempotency.ts'
import { Id, PageQuery } from '../../shared/wire.ts'
import { SavedReply, SavedReplyInput, SavedReplyPage } from './saved-replies.contract.ts'
import * as savedReplies from './saved-replies.ts'

const params = Type.Object({ id: Id })
const tags = ['Saved replies']

export function addSavedReplyRoutes(app: App, house: House): void {
  const { db } = house
  const readerOf = (request: FastifyRequest) => {
    const { id, role } = callerOf(request)
    return { id, admin: role === 'admin' }
  }

  app.get(
    '/api/v1/saved-replies',
    {
      config: { who: 'agent' },
      schema: {
        summary: "Your own, your teams' and everybody's, by name",
        tags,
        querystring: Type.Object({
          ...PageQuery,
          every: Type.Optional(
            Type.Boolean({ description: "administrators: those of other people's teams, too" }),
          ),
        }),
        response: { 200: SavedReplyPage },
      },
    },
    async (request) => {
      const { limit = 50, cursor, every = false } = request.query
      return savedReplies.list(db, readerOf(request), { limit, cursor, every })
    },
  )

  app.post(
    '/api/v1/saved-replies',
    {
      config: { who: 'agent' },
      schema: { summary: 'Add a saved reply', tags, body: SavedReplyInput, response: { 201: SavedReply } },
    },
    async (request, reply) =>
      answerOnce(house, request, reply, 201, (tx) =>
        savedReplies.add(tx, readerOf(request), request.body, byCaller(house, request)),
      ),
  )

  app.patch(
    '/api/v1/saved-replies/:id',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'Change one: its author, or an administrator',
        tags,
        params,
        body: Type.Partial(SavedReplyInput),
        response: { 200: SavedReply },
      },
    },
    async (request) =>
      inTransaction(db, (tx) =>
        savedReplies.change(tx, readerOf(request), request.params.id, request.body, byCaller(house, request)),
      ),
  )

  app.delete(
    '/api/v1/saved-replies/:id',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'Remove one: its author, or an administrator',
        tags,
        params,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await inTransaction(db, (tx) =>
        savedReplies.remove(tx, readerOf(request), request.params.id, byCaller(house, request)),
      )
      return reply.code(204).send(null)
    },
  )
}
