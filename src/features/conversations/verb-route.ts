// What every verb's route does besides the verb: find the conversation the caller may see, lock it, do it, answer
// with the conversation as it is now.
import type { FastifyRequest } from 'fastify'
import Type, { type Static, type TObject, type TProperties } from 'typebox'
import { type Db, inTransaction } from '#platform/db/db.ts'
import type { House } from '#platform/house.ts'
import { type App, byCaller, callerOf } from '#platform/http/http.ts'
import type { By, ConversationRow } from './change.ts'
import { Conversation } from './conversations.contract.ts'
import { findLocked } from './find.ts'
import { showConversation } from './show.ts'

export interface Writer extends By {
  /** the caller's id */
  agent: string
}
export const writerOf = (request: FastifyRequest, house: House): Writer => ({
  ...byCaller(house, request),
  agent: callerOf(request).id,
})

type Work<Input> = (tx: Db, row: ConversationRow, input: Input, by: Writer) => Promise<unknown>

/**
 * A verb as a resource: `<method> /api/v1/conversations/:number/<path>`, answering 200 with the conversation.
 * `input` is the body's schema, `params` what else stands in the path; the verb gets both as one object.
 */
export function addVerb<Body extends TProperties, Params extends TProperties>(
  app: App,
  house: House,
  method: 'PUT' | 'DELETE',
  path: string,
  summary: string,
  { input, params }: { input?: TObject<Body>; params?: TObject<Params> },
  work: Work<Static<TObject<Body>> & Static<TObject<Params>>>,
): void {
  app.route({
    method,
    url: `/api/v1/conversations/:number/${path}`,
    config: { who: 'agent' },
    schema: {
      summary,
      tags: ['Conversations'],
      params: Type.Object({
        number: Type.String({ pattern: '^[0-9]{1,18}$', description: "the conversation's number" }),
        ...params?.properties,
      }),
      ...(input ? { body: input } : {}),
      response: { 200: Conversation },
    },
    // No body is an empty one: what is missing is then named.
    preValidation: async (request) => {
      request.body ??= {}
    },
    handler: async (request) => {
      const by = writerOf(request, house)
      const { number, ...rest } = request.params as { number: string }
      const body = request.body as object
      return inTransaction(house.db, async (tx) => {
        const row = await findLocked(tx, by.agent, number)
        await work(tx, row, { ...body, ...rest } as Static<TObject<Body>> & Static<TObject<Params>>, by)
        return showConversation(tx, row.id, by.agent)
      })
    },
  })
}
