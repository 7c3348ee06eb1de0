import Type from 'typebox'
import { inTransaction } from '#platform/db/db.ts'
import { refuse } from '#platform/errors/refuse.ts'
import type { House } from '#platform/house.ts'
import { type App, callerOf } from '#platform/http/http.ts'
import { Id, Nullable, PageQuery } from '../../shared/wire.ts'
import {
  Conversation,
  ConversationNumbers,
  ConversationPage,
  ConversationQuery,
  Fields,
  Item,
  OpenedConversation,
} from './conversations.contract.ts'
import { edit } from './edit.ts'
import { find, findLocked } from './find.ts'
import { itemsAfter, itemsAround, itemsBefore, type Timeline } from './items.ts'
import { type FromElsewhere, list, listNumbers } from './list.ts'
import { showConversation } from './show.ts'
import { writerOf } from './verb-route.ts'

export const ConversationParams = Type.Object({
  number: Type.String({ pattern: '^[0-9]{1,18}$', description: "the conversation's number" }),
})
const StretchQuery = Type.Object({
  limit: PageQuery.limit,
  before: Type.Optional(Type.String({ maxLength: 100, description: 'an olderCursor' })),
  after: Type.Optional(Type.String({ maxLength: 100, description: 'a newerCursor' })),
  around: Type.Optional(Id),
})
const cursors = {
  olderCursor: Nullable(Type.String({ description: 'pass as ?before= to go on towards the beginning' })),
  newerCursor: Nullable(Type.String({ description: 'pass as ?after= to go on towards the newest' })),
}
const tags = ['Conversations']

interface Stretch {
  limit?: number
  before?: string
  after?: string
  around?: string
}

/** Lists, opens and edits conversations; only those the caller may see are there. */
export function addConversationRoutes(app: App, house: House, elsewhere: FromElsewhere): void {
  const { db, clock } = house

  async function stretch(
    id: string,
    { limit = 50, before, after, around }: Stretch,
    language: string,
  ): Promise<Timeline> {
    if (around !== undefined)
      return (await itemsAround(db, id, around, limit, language)) ?? refuse('not_found')
    return after === undefined
      ? itemsBefore(db, id, before, limit, language)
      : itemsAfter(db, id, after, limit, language)
  }

  app.get(
    '/api/v1/conversations',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'Conversations by view, filters and order',
        description: 'Pages are stable under insertion. Spam, trash and merged ones only in their own views.',
        tags,
        querystring: ConversationQuery,
        response: { 200: ConversationPage },
      },
    },
    async (request) => list(db, callerOf(request).id, request.query, clock.now(), elsewhere),
  )

  app.get(
    '/api/v1/conversations/numbers',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'The numbers of a whole list, in its order, at most 5,000',
        tags,
        querystring: ConversationQuery,
        response: { 200: ConversationNumbers },
      },
    },
    async (request) => listNumbers(db, callerOf(request).id, request.query, clock.now(), elsewhere),
  )

  app.get(
    '/api/v1/conversations/:number',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'One conversation with its newest items, or those around one item',
        description:
          'unread: a message from outside (automatic answers and thanks apart) is newer than what you have read ' +
          'and it is not closed, or a newer comment mentions you.',
        tags,
        params: ConversationParams,
        querystring: StretchQuery,
        response: { 200: OpenedConversation },
      },
    },
    async (request) => {
      const { id: reader, language } = callerOf(request)
      const id = request.params.number
      // Read at once, answered only when he may see it.
      const [conversation, timeline] = await Promise.all([
        showConversation(db, id, reader),
        stretch(id, request.query, language),
        find(db, reader, id),
      ])
      return { ...conversation, ...timeline }
    },
  )

  app.get(
    '/api/v1/conversations/:number/items',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'A stretch of the timeline, oldest first',
        tags,
        params: ConversationParams,
        querystring: StretchQuery,
        response: { 200: Type.Object({ items: Type.Array(Item), ...cursors }) },
      },
    },
    async (request) => {
      const { id: reader, language } = callerOf(request)
      return stretch(await find(db, reader, request.params.number), request.query, language)
    },
  )

  app.patch(
    '/api/v1/conversations/:number',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'Change subject, topic or custom fields; the last writer wins, per field',
        tags,
        params: ConversationParams,
        body: Type.Object(
          {
            subject: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
            topic: Type.Optional(Nullable(Type.String({ minLength: 1, maxLength: 200 }))),
            fields: Type.Optional(Fields),
          },
          { additionalProperties: false },
        ),
        response: { 200: Conversation },
      },
    },
    async (request) =>
      inTransaction(db, async (tx) => {
        const by = writerOf(request, house)
        const row = await findLocked(tx, by.agent, request.params.number)
        await edit(tx, row, request.body, by)
        return showConversation(tx, row.id, by.agent)
      }),
  )
}
