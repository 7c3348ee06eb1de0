import Type from 'typebox'
import {
  Conversation,
  MergePreview,
  MergeSuggestion,
} from '#features/conversations/conversations.contract.ts'
import * as conversations from '#features/conversations/conversations.ts'
import { inTransaction, twiceOnDeadlock } from '#platform/db/db.ts'
import { refuse } from '#platform/errors/refuse.ts'
import type { House } from '#platform/house.ts'
import type { App } from '#platform/http/http.ts'
import { answerOnce } from '#platform/http/idempotency.ts'
import { Id } from '../../shared/wire.ts'
import { mergeInto, survivorFor, takeApart } from './merge.ts'
import { previewMerge } from './preview.ts'
import { suggestionsFor, tellApart } from './suggestions.ts'

const tags = ['Merging']
const params = Type.Object({
  number: Type.String({ pattern: '^[0-9]{1,18}$', description: "the conversation's number" }),
})
const into = Type.Integer({ minimum: 1, maximum: 1e15, description: 'the number of the one that goes on' })

/** Merging, its undo, and splitting, by whoever sees both conversations. */
export function addMergeRoutes(app: App, house: House): void {
  const { db } = house

  app.get(
    '/api/v1/conversations/:number/merge/preview',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'What would come of merging this conversation into another',
        tags,
        params,
        querystring: Type.Object({ into }),
        response: { 200: MergePreview },
      },
    },
    async (request) => {
      const by = conversations.writerOf(request, house)
      const { number } = request.params
      if (!(await conversations.sees(db, by.agent, number))) refuse('not_found')
      return previewMerge(db, number, await survivorFor(db, by.agent, request.query.into), by)
    },
  )

  app.get(
    '/api/v1/conversations/:number/merge/suggestions',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'Which other conversations of the customer may be the same matter, and why; nothing is done',
        description: 'Only open ones of the last week, at most three, the newest first.',
        tags,
        params,
        response: { 200: Type.Object({ items: Type.Array(MergeSuggestion) }) },
      },
    },
    async (request) => {
      const by = conversations.writerOf(request, house)
      const number = await conversations.find(db, by.agent, request.params.number)
      return { items: await suggestionsFor(db, by.agent, number, by.at) }
    },
  )

  for (const method of ['PUT', 'DELETE'] as const)
    app.route({
      method,
      url: '/api/v1/conversations/:number/merge/distinctions/:other',
      config: { who: 'agent' },
      schema: {
        summary: method === 'PUT' ? 'Not the same matter: not suggested again' : 'Suggest them again',
        tags,
        params: Type.Object({ ...params.properties, other: params.properties.number }),
        response: { 204: Type.Null() },
      },
      handler: async (request, reply) => {
        await inTransaction(db, async (tx) => {
          const by = conversations.writerOf(request, house)
          const one = await conversations.find(tx, by.agent, request.params.number)
          const other = await conversations.find(tx, by.agent, request.params.other)
          if (one !== other) await tellApart(tx, one, other, method === 'PUT' ? by : null)
        })
        return reply.code(204).send(null)
      },
    })

  app.post(
    '/api/v1/conversations/:number/merge',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'Merge this conversation into another; it can be undone at any time',
        description: `Its messages and comments go there and are shown by time; its number, links and reply tokens lead there
from now on. Named what was merged itself, it goes where that went. Answers with the one that goes on. 409
conversation_merged: it is merged already. 409 conversation_closed: the one named is locked.`,
        tags,
        params,
        body: Type.Object({ into }),
        response: { 200: Conversation },
      },
    },
    async (request, reply) =>
      twiceOnDeadlock(() =>
        answerOnce(house, request, reply, 200, async (tx) => {
          const by = conversations.writerOf(request, house)
          const id = await mergeInto(tx, by.agent, request.params.number, request.body.into, by)
          return conversations.showConversation(tx, id, by.agent)
        }),
      ),
  )

  app.delete(
    '/api/v1/conversations/:number/merge',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'Undo the merge of this conversation',
        description: `What came from it goes back, and what has since come in by its number, its reply tokens and its
Message-IDs. Fields of the one it was merged into return where nobody has changed them since. Answers with this one;
where it is not merged nothing happens.`,
        tags,
        params,
        response: { 200: Conversation },
      },
    },
    async (request) =>
      twiceOnDeadlock(() =>
        inTransaction(db, async (tx) => {
          const by = conversations.writerOf(request, house)
          await takeApart(tx, by.agent, request.params.number, by)
          return conversations.showConversation(tx, request.params.number, by.agent)
        }),
      ),
  )

  app.post(
    '/api/v1/conversations/:number/split',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'Chosen messages and comments become a new conversation, linked both ways',
        description: `At least one message is chosen and at least one stays. Its customer is the person outside who wrote
first among the chosen.`,
        tags,
        params,
        body: Type.Object({
          items: Type.Array(Id, { minItems: 1, maxItems: 500 }),
          subject: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
        }),
        response: { 201: Conversation },
      },
    },
    async (request, reply) =>
      answerOnce(house, request, reply, 201, async (tx) => {
        const by = conversations.writerOf(request, house)
        const row = await conversations.findLocked(tx, by.agent, request.params.number)
        const made = await conversations.split(tx, row, request.body, by)
        return conversations.showConversation(tx, made.id, by.agent)
      }),
  )
}
